import { AppliedObject } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { FleetView } from '../clusters/view-clusters';
import { titleOf } from './finding';
import { mapAt, pointerOf } from './manifest-fields';
import { isAppliedByPlatform } from './of-platform';
import { Malformed, PlacedSuppression } from './placed-suppression';
import { isMap } from '../vocabulary/is-map';

/** The annotation that suppresses one check of an object: `checks.cdk8s-flux-tenants/<id>: '<owner>: <reason>'`. */
const SUPPRESSION_PREFIX = 'checks.cdk8s-flux-tenants/';

/** What objects say of themselves, as each cluster gets them; what is written once is one suppression, wherever it gets to. */
export function annotatedSuppressions(
  fleet: FleetView,
): ReadonlyMap<AppliedObject, readonly PlacedSuppression[]> {
  const written = new Map<string, PlacedSuppression>();
  const found = new Map<AppliedObject, PlacedSuppression[]>();
  for (const view of [...fleet.clusters, ...fleet.rest]) {
    for (const object of view.objects) {
      if (!isMap(object.manifest.metadata.annotations)) {
        continue;
      }
      const own = annotationsOf(object, view).map((one) => {
        const { repository, ...place } = one.place!;
        const key = JSON.stringify({ ...one, place, repository: repository.name });
        const known = written.get(key) ?? one;
        written.set(key, known);
        return known;
      });
      if (own.length > 0) {
        found.set(object, own);
      }
    }
  }
  return found;
}

function annotationsOf(object: AppliedObject, view: ClusterView): PlacedSuppression[] {
  const { manifest, document, repository, within = '' } = object;
  const { path, index } = document;
  return Object.entries(mapAt(manifest, 'metadata', 'annotations'))
    .filter(([key]) => key.startsWith(SUPPRESSION_PREFIX))
    .map(([key, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const [, owner = '', reason = ''] = /^([^:]+):\s+(\S[^]*)$/.exec(text) ?? [];
      const pointer = within + pointerOf('metadata', 'annotations', key);
      return {
        by: 'annotation' as const,
        check: key.slice(SUPPRESSION_PREFIX.length),
        owner: owner.trim(),
        reason: reason.trim(),
        where: path,
        place: { repository, path, index, pointer },
        path,
        object: titleOf(manifest),
        malformed: !isAppliedByPlatform(object, view)
          ? OF_TENANT
          : owner.trim() === '' || reason === ''
            ? withoutOwner(key, text)
            : undefined,
      };
    });
}

const OF_TENANT: Malformed = {
  message: 'is applied by a tenant, whose annotations accept nothing',
  remedy: "remove the annotation; the platform's repository accepts findings, in '.flux-checks'",
};

function withoutOwner(key: string, text: string): Malformed {
  return {
    message: `must have annotation '${key}' as '<owner>: <reason>', got '${text}'`,
    remedy: `write who answers for it and why, such as 'platform team: until the migration in May'`,
  };
}
