import { AppliedObject } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { platformSync, settingsFile } from '../example-parts';
import { applierOf, earlierApplied } from '../double-appliers';

export const overlappingSyncs: ObjectCheck = {
  id: 'overlapping-syncs',
  severity: 'error',
  profile: 'recommended',
  summary: 'two Kustomizations must not apply the same files',
  why: 'Both own every object in them, overwrite what the other one changes in it, and the one that is removed deletes all of it.',
  remedy:
    'give them directories of which none is in another, or add a kustomization file to the outer one that leaves out the inner',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources',
  ],
  types: ['kustomize.toolkit.fluxcd.io/Kustomization'],
  needs: 'cluster',
  bad: `${platformSync('apps', 'wait: true')}---
${platformSync('podinfo', 'path: ./apps/podinfo', 'wait: true')}${settingsFile('apps/podinfo')}`,
  good: `${platformSync('apps', 'wait: true')}${settingsFile('apps/podinfo')}`,
  *examine(object, cluster) {
    for (const { first, second, count } of cluster.once(overlaps).get(object)?.values() ?? []) {
      const { kind, metadata } = second.manifest;
      const more = count > 1 ? ` and ${count - 1} more` : '';
      yield {
        message: `must have a path of its own, but ${applierOf(first)} applies the same files, with ${kind} '${metadata.name}'${more}`,
        pointer: '/spec/path',
      };
    }
  },
};

interface Overlap {
  readonly first: AppliedObject;
  readonly second: AppliedObject;
  count: number;
}

/** Of each sync: what it applies out of files that another one applies, too, by that. */
function overlaps(
  cluster: ClusterView,
): ReadonlyMap<AppliedObject, ReadonlyMap<AppliedObject | undefined, Overlap>> {
  const found = new Map<AppliedObject, Map<AppliedObject | undefined, Overlap>>();
  for (const second of cluster.objects) {
    const first = second.sync && earlierApplied(second, cluster);
    if (first && first.document === second.document) {
      const known = found.get(second.sync!) ?? new Map<AppliedObject | undefined, Overlap>();
      found.set(second.sync!, known);
      const overlap = known.get(first.sync) ?? { first, second, count: 0 };
      known.set(first.sync, overlap);
      overlap.count++;
    }
  }
  return found;
}
