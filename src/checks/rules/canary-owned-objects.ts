import { isOpaque, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { CANARY_EXAMPLE, CANARY_TYPE, TARGET_EXAMPLE, untouchedBy } from '../canaries';
import { ObjectCheck } from '../check';
import { mapAt, textAt } from '../manifest-fields';

const SERVICE = `---
apiVersion: v1
kind: Service
metadata:
  name: podinfo
  namespace: apps
spec:
  selector:
    app: podinfo
  ports:
    - port: 9898
`;

export const canaryOwnedObjects: ObjectCheck = {
  id: 'canary-owned-objects',
  // Nothing breaks as long as Flagger was there first.
  severity: 'warning',
  profile: 'recommended',
  summary: 'what Flagger makes for a Canary must not be in Git, too',
  why: 'Flagger makes the Services of a Canary and the copies of its target and autoscaler. It takes over what has their names and marks it for Flux to leave alone, so that what is in Git is not what is in the cluster; until then both write the same fields.',
  remedy:
    'remove the object; what Services need besides their port, the Canary says in spec.service',
  links: ['https://docs.flagger.app/usage/how-it-works'],
  types: ['/Service', 'apps/Deployment', 'apps/DaemonSet', 'autoscaling/HorizontalPodAutoscaler'],
  needs: 'cluster',
  bad: CANARY_EXAMPLE + TARGET_EXAMPLE + SERVICE,
  good: CANARY_EXAMPLE + TARGET_EXAMPLE,
  *examine({ manifest }, cluster) {
    const canary = cluster.once(madeByFlagger).get(keyOf(typeOf(manifest), manifest.metadata));
    if (canary !== undefined && !untouchedBy(manifest)) {
      yield {
        message: `must not be in Git: Flagger makes it for Canary '${canary}'`,
        pointer: '/metadata/name',
      };
    }
  },
};

/** The names of the Canaries that Flagger makes objects for, by these. */
function madeByFlagger(cluster: ClusterView): ReadonlyMap<string, string> {
  const made = new Map<string, string>();
  for (const { manifest } of cluster.ofType(CANARY_TYPE)) {
    const { namespace } = manifest.metadata;
    const { kind, name } = mapAt(manifest, 'spec', 'targetRef');
    const apex = textAt(manifest, 'spec', 'service', 'name') || name;
    const scaler = textAt(manifest, 'spec', 'autoscalerRef', 'name');
    const isMade = (kind === 'Deployment' || kind === 'DaemonSet') && typeof name === 'string';
    if (isMade && !isOpaque(name) && !isOpaque(apex)) {
      for (const [type, of] of [
        ['/Service', apex],
        ['/Service', `${apex}-primary`],
        ['/Service', `${apex}-canary`],
        [`apps/${kind}`, `${name}-primary`],
        ['autoscaling/HorizontalPodAutoscaler', `${scaler}-primary`],
      ]) {
        made.set(keyOf(type, { name: of, namespace }), manifest.metadata.name);
      }
    }
  }
  return made;
}

function keyOf(type: string, { name, namespace }: { name: string; namespace?: unknown }): string {
  return JSON.stringify([type, namespace, name]);
}
