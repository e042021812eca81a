import { isOpaque } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { dnsEgress, DNS_PODS, policyOfAllPods } from '../example-bounds';
import { valueAt } from '../manifest-fields';
import {
  denialsIn,
  hasOtherPolicies,
  isForeignPeer,
  NETWORK_POLICY,
  networkRules,
} from '../network-policies';
import { mayHoldUnreadPolicies } from '../unread-policies';

/** Where cluster DNS listens: 5353 is that of OpenShift's pods. */
const DNS_PORTS = [53, 5353];

/** The NetworkPolicies of tenant `team-a`, one of which allows a port of kube-system. */
function example(port: number): string {
  return `# with: tenant team-a
# file: tenants/base/team-a/network-policies.yaml
${policyOfAllPods('default-deny', 'team-a', ['Ingress', 'Egress'])}---
${policyOfAllPods('allow-dns', 'team-a', ['Egress'], dnsEgress(port) + DNS_PODS)}`;
}

export const networkPolicyDns: ObjectCheck = {
  id: 'network-policy-dns',
  severity: 'warning',
  profile: 'strict',
  summary: 'where egress is denied, DNS must be allowed',
  why:
    'Pods look up every name, that of a Service in their own namespace included, at the DNS of the cluster, which runs in another namespace. Without an egress rule for port 53 each ' +
    'connection by name fails, after a wait.',
  remedy:
    'allow egress to port 53 by UDP and TCP, to the pods of the cluster DNS, which are labelled k8s-app: kube-dns in kube-system',
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
    'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  ],
  types: [NETWORK_POLICY],
  needs: 'cluster',
  bad: example(54),
  good: example(53),
  *examine(object, cluster) {
    const namespace = String(object.manifest.metadata.namespace);
    const isDenial = denialsIn(cluster, namespace).get('Egress') === object;
    if (
      isDenial &&
      !cluster.once(namespacesWithDns).has(namespace) &&
      !cluster.once(hasOtherPolicies) &&
      !mayHoldUnreadPolicies(cluster, namespace)
    ) {
      yield {
        message: `denies all pods egress, and no NetworkPolicy in namespace '${namespace}' allows DNS: port 53 by UDP, outside of the namespace`,
        pointer: '/spec',
      };
    }
  },
};

function namespacesWithDns(view: ClusterView): Set<string> {
  return new Set(
    view
      .ofType(NETWORK_POLICY)
      .filter(({ manifest }) => allowsDns(manifest, view))
      .map(({ manifest }) => String(manifest.metadata.namespace)),
  );
}

function allowsDns(manifest: any, view: ClusterView): boolean {
  const { namespace } = manifest.metadata;
  return networkRules(manifest, 'Egress').some(
    ({ peers, ports }) =>
      (peers.length === 0 || peers.some(({ value }) => isForeignPeer(value, namespace, view))) &&
      (ports.length === 0 || ports.some(({ value }) => isDnsPort(value))),
  );
}

function isDnsPort(port: unknown): boolean {
  const [from, protocol] = [valueAt(port, 'port'), valueAt(port, 'protocol') ?? 'TCP'];
  const to = valueAt(port, 'endPort') ?? from;
  const isPort =
    from === undefined ||
    from === null ||
    isOpaque(from) ||
    (typeof from === 'string' && /dns|domain/.test(from)) ||
    DNS_PORTS.some((dns) => Number(from) <= dns && dns <= Number(to));
  return isPort && (protocol === 'UDP' || isOpaque(protocol));
}
