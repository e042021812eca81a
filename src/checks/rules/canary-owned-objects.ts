import { isOpaque, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { apexOf, CANARY_EXAMPLE, CANARY_TYPE, TARGET_EXAMPLE, untouchedBy } from '../canaries';
import { addTo } from '../../vocabulary/grouped';
import { ObjectCheck, Problem } from '../check';
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
  types: [
    '/Service',
    'apps/Deployment',
    'apps/DaemonSet',
    'autoscaling/HorizontalPodAutoscaler',
    CANARY_TYPE,
  ],
  needs: 'cluster',
  bad: CANARY_EXAMPLE + TARGET_EXAMPLE + SERVICE,
  good: CANARY_EXAMPLE + TARGET_EXAMPLE,
  *examine({ manifest }, cluster) {
    if (typeOf(manifest) === CANARY_TYPE) {
      yield* sharedWithOthers(manifest, cluster);
      return;
    }
    const [canary] =
      cluster.once(madeByFlagger).get(keyOf(typeOf(manifest), manifest.metadata)) ?? [];
    if (canary !== undefined && !untouchedBy(manifest)) {
      yield {
        message: `must not be in Git: Flagger makes it for Canary '${canary.metadata.name}'`,
        pointer: '/metadata/name',
      };
    }
  },
};

/** Services that Flagger makes for another Canary, too. That two have the same target, `canary-target-shared` tells. */
function* sharedWithOthers(canary: any, cluster: ClusterView): Generator<Problem> {
  const target = textAt(canary, 'spec', 'targetRef', 'name');
  for (const [type, name] of madeFor(canary).filter(([of]) => of === '/Service')) {
    const other = cluster
      .once(madeByFlagger)
      .get(keyOf(type, { ...canary.metadata, name }))
      ?.find((one) => textAt(one, 'spec', 'targetRef', 'name') !== target);
    if (other) {
      yield {
        message: `must not share Service '${name}', which Flagger makes, with Canary '${other.metadata.name}'; give one of them another name`,
        pointer: '/spec/targetRef/name',
      };
    }
  }
}

/** The Canaries that Flagger makes objects for, by these. */
function madeByFlagger(cluster: ClusterView): ReadonlyMap<string, any[]> {
  const made = new Map<string, any[]>();
  for (const { manifest } of cluster.ofType(CANARY_TYPE)) {
    const { namespace } = manifest.metadata;
    for (const [type, of] of madeFor(manifest)) {
      addTo(made, keyOf(type, { name: of, namespace }), manifest);
    }
  }
  return made;
}

/** What Flagger makes for a Canary, each by `group/Kind` and name. */
function madeFor(canary: unknown): [type: string, name: string][] {
  const { kind, name } = mapAt(canary, 'spec', 'targetRef');
  const apex = apexOf(canary);
  const scaler = textAt(canary, 'spec', 'autoscalerRef', 'name');
  const isMade = (kind === 'Deployment' || kind === 'DaemonSet') && typeof name === 'string';
  return isMade && !isOpaque(name) && !isOpaque(apex)
    ? [
        ['/Service', apex],
        ['/Service', `${apex}-primary`],
        ['/Service', `${apex}-canary`],
        [`apps/${kind}`, `${name}-primary`],
        ['autoscaling/HorizontalPodAutoscaler', `${scaler}-primary`],
      ]
    : [];
}

function keyOf(type: string, { name, namespace }: { name: string; namespace?: unknown }): string {
  return JSON.stringify([type, namespace, name]);
}
