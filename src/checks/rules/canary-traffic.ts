import { isOpaque, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { CANARY_EXAMPLE, CANARY_TYPE, TARGET_EXAMPLE } from '../canaries';
import { ObjectCheck } from '../check';
import { policyOfAllPods } from '../example-bounds';
import { itemsAt, mapAt, textAt } from '../manifest-fields';
import {
  denialsIn,
  hasOtherPolicies,
  isForeignPeer,
  NETWORK_POLICY,
  networkRules,
} from '../network-policies';
import { mayHoldUnreadPolicies } from '../unread-policies';

/** Providers whose requests come through the controller of an Ingress, which runs in a namespace of its own. */
const OF_INGRESS = ['contour', 'nginx', 'traefik'];

export const canaryTraffic: ObjectCheck = {
  id: 'canary-traffic',
  severity: 'warning',
  profile: 'recommended',
  summary: 'network policies must let requests reach a Canary',
  why: 'Requests from outside come through the pods of an ingress controller or Gateway in another namespace. Where the network policies of the Canary keep these out, nobody reaches the app, nothing is measured, and each new version is rolled back.',
  remedy:
    "allow ingress from the namespace of the ingress controller, or of the Gateway's pods: ingressFromNamespaces in the network of a Tenant",
  links: [
    'https://docs.flagger.app/usage/how-it-works',
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  ],
  types: [CANARY_TYPE],
  needs: 'cluster',
  bad: example('apps'),
  good: example('ingress-nginx'),
  *examine({ manifest }, cluster) {
    const namespace = String(manifest.metadata.namespace);
    if (
      comesFromElsewhere(manifest, cluster) &&
      denialsIn(cluster, namespace).has('Ingress') &&
      !isLetIn(manifest, namespace, cluster) &&
      !cluster.once(hasOtherPolicies) &&
      !mayHoldUnreadPolicies(cluster, namespace)
    ) {
      yield {
        message: `must be reached from outside of the tenant, but no NetworkPolicy in namespace '${namespace}' lets anybody else connect to its pods`,
        pointer: '/spec/provider',
      };
    }
  },
};

function comesFromElsewhere(manifest: any, view: ClusterView): boolean {
  const provider = textAt(manifest, 'spec', 'provider') ?? '';
  const { namespace } = manifest.metadata;
  const own = view.tenants.ownerOf(String(namespace));
  return (
    OF_INGRESS.includes(provider) ||
    (provider.startsWith('gatewayapi:') &&
      itemsAt(manifest, 'spec', 'service', 'gatewayRefs').some(({ value }) => {
        const other = textAt(value, 'namespace') ?? namespace;
        const isOwn = own !== undefined && view.tenants.ownerOf(other) === own;
        return other !== namespace && !isOwn && !isOpaque(other);
      }))
  );
}

function isLetIn(manifest: any, namespace: string, view: ClusterView): boolean {
  const { kind, name } = mapAt(manifest, 'spec', 'targetRef');
  const target = view.find(`apps/${kind}`, namespace, name)?.manifest;
  const labels = target && mapAt(target, 'spec', 'template', 'metadata', 'labels');
  return view
    .inNamespace(namespace)
    .some(
      (policy) =>
        typeOf(policy.manifest) === NETWORK_POLICY &&
        maySelect(policy.manifest, labels) &&
        networkRules(policy.manifest, 'Ingress').some(
          ({ peers }) =>
            peers.length === 0 || peers.some(({ value }) => isForeignPeer(value, namespace, view)),
        ),
    );
}

/** Whether a policy may be about pods with these labels, one of which Flagger gives another value in its copy. */
function maySelect(policy: any, labels: Record<string, unknown> | undefined): boolean {
  const wanted = Object.entries(mapAt(policy, 'spec', 'podSelector', 'matchLabels'));
  return (
    labels === undefined ||
    wanted.every(
      ([key, value]) =>
        isOpaque(value) || value === labels[key] || value === `${labels[key]}-primary`,
    )
  );
}

function example(from: string): string {
  const rules = `  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ${from}
`;
  return `${CANARY_EXAMPLE.replace('provider: istio', 'provider: nginx').replace('  service:', '  ingressRef:\n    apiVersion: networking.k8s.io/v1\n    kind: Ingress\n    name: podinfo\n  service:')}${TARGET_EXAMPLE}---
${policyOfAllPods('default-deny', 'apps', ['Ingress'])}---
${policyOfAllPods('allow-ingress', 'apps', ['Ingress'], rules)}`;
}
