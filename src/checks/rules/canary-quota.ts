import { ClusterView } from '../../clusters/cluster-view';
import { CANARY_EXAMPLE, CANARY_TYPE, numberOf, TARGET_EXAMPLE } from '../canaries';
import { ObjectCheck } from '../check';
import { mapAt, textAt, valueAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

const SCALED = `${CANARY_EXAMPLE.replace(
  '  service:',
  `  autoscalerRef:
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    name: podinfo
  service:`,
)}${TARGET_EXAMPLE}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: podinfo
  namespace: apps
spec:
  minReplicas: 2
  maxReplicas: 4
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: podinfo
---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: pods
  namespace: apps
spec:
  hard:
    pods: "6"
`;

export const canaryQuota: ObjectCheck = {
  id: 'canary-quota',
  severity: 'warning',
  profile: 'strict',
  summary: 'the quota of a namespace must leave room for a Canary and its copy',
  why: 'During an analysis both versions run, each with as many pods as the autoscaler asks for. Those beyond the quota are not made, and the analysis fails when the app needs them most.',
  remedy: 'allow twice the maxReplicas of the autoscaler, or lower these',
  links: [
    'https://docs.flagger.app/usage/how-it-works',
    'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  ],
  types: [CANARY_TYPE],
  needs: 'cluster',
  bad: SCALED,
  good: SCALED.replace('pods: "6"', 'pods: "8"'),
  *examine({ manifest }, cluster) {
    const { namespace } = manifest.metadata;
    const { kind, name } = mapAt(manifest, 'spec', 'autoscalerRef');
    const most =
      kind === 'HorizontalPodAutoscaler'
        ? cluster.find('autoscaling/HorizontalPodAutoscaler', namespace, name)
        : undefined;
    const pods = numberOf(valueAt(most?.manifest, 'spec', 'maxReplicas'));
    const quota = cluster.once(podQuotas).get(String(namespace));
    if (pods !== undefined && quota !== undefined && quota < 2 * pods) {
      yield {
        message: `may have ${2 * pods} pods with its copy, but namespace '${namespace}' has a quota of ${quota}`,
        pointer: '/spec/autoscalerRef/name',
      };
    }
  },
};

/** The fewest pods that a quota without scope allows, by namespace. */
function podQuotas(cluster: ClusterView): ReadonlyMap<string, number> {
  const quotas = new Map<string, number>();
  for (const { manifest } of cluster.ofType('/ResourceQuota')) {
    const namespace = textAt(manifest, 'metadata', 'namespace') ?? '';
    const hard = mapAt(manifest, 'spec', 'hard');
    const isScoped = isMap(manifest.spec?.scopeSelector) || Array.isArray(manifest.spec?.scopes);
    for (const pods of isScoped ? [] : [numberOf(hard.pods), numberOf(hard['count/pods'])]) {
      if (pods !== undefined) {
        quotas.set(namespace, Math.min(pods, quotas.get(namespace) ?? pods));
      }
    }
  }
  return quotas;
}
