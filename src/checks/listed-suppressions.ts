import { FleetView } from '../clusters/view-clusters';
import { SourceFile, SourceRepository } from '../inventory/source-file';
import { isMap } from '../vocabulary/is-map';
import { quoted } from '../vocabulary/quoted';
import { nearestWord } from '../vocabulary/nearest-word';
import { itemsAt, textAt, valueAt } from './manifest-fields';
import { PlacedSuppression } from './placed-suppression';

/** The file at the root of a repository that lists suppressions, for what cannot carry an annotation. No '.yaml': Flux would apply it. */
export const SUPPRESSION_FILE = '.flux-checks';

const REQUIRED = ['check', 'path', 'owner', 'reason'];
const FIELDS = [...REQUIRED, 'object'];

/** An object of the core group, or of another: `Kind name`, `Kind namespace/name`, `group/Kind namespace/name`. */
const OBJECT = /^(?:[^\s/]+\/)?[^\s/]+ (?:[^\s/]+\/)?[^\s/]+$/;

const REMEDY =
  "write a list 'suppressions', each entry with 'check', 'path' of the file, 'owner', 'reason' and, for one object of the file, " +
  "'object' as 'group/Kind namespace/name'";

/** What the repositories of a fleet list. */
export function listedSuppressions(fleet: FleetView): PlacedSuppression[] {
  // A repository that only a tenant's sync fetches accepts nothing in the name of the platform.
  const ofPlatform = new Set(fleet.clusters.map(({ repository }) => repository));
  return fleet.repositories.flatMap((repository) => {
    const file = repository.tree.file(SUPPRESSION_FILE);
    const counts = ofPlatform.size === 0 || ofPlatform.has(repository);
    return file && counts ? entriesOf(file, repository) : [];
  });
}

function entriesOf(file: SourceFile, repository: SourceRepository): PlacedSuppression[] {
  const isList = file.documents.every(({ manifest }) =>
    Array.isArray(valueAt(manifest, 'suppressions')),
  );
  if (file.problems.length > 0 || !isList) {
    const message = "must be YAML with a list 'suppressions'";
    return [placed({}, repository, 0, '', message)];
  }
  return file.documents.flatMap(({ manifest, index }) =>
    itemsAt(manifest, 'suppressions').map(({ value, pointer }) =>
      placed(value, repository, index, pointer, whyNone(value)),
    ),
  );
}

function placed(
  entry: unknown,
  repository: SourceRepository,
  index: number,
  pointer: string,
  message: string | undefined,
): PlacedSuppression {
  return {
    by: 'entry',
    check: textAt(entry, 'check') ?? '',
    owner: textAt(entry, 'owner') ?? '',
    reason: textAt(entry, 'reason') ?? '',
    where: SUPPRESSION_FILE,
    place: { repository, path: SUPPRESSION_FILE, index, pointer },
    path: textAt(entry, 'path'),
    object: textAt(entry, 'object'),
    malformed: message === undefined ? undefined : { message, remedy: REMEDY },
  };
}

/** Why an entry accepts nothing: one that says less, or something else than it seems to, would accept too much. */
function whyNone(entry: unknown): string | undefined {
  if (!isMap(entry)) {
    return `must be a map with ${REQUIRED.map(quoted).join(', ')}, got ${JSON.stringify(entry)}`;
  }
  const unknown = Object.keys(entry).find((key) => !FIELDS.includes(key));
  if (unknown !== undefined) {
    const meant = nearestWord(unknown, FIELDS);
    return `has an unknown field '${unknown}'${meant === undefined ? '' : `; did you mean '${meant}'?`}`;
  }
  const missing = REQUIRED.filter((key) => (textAt(entry, key) ?? '').trim() === '');
  if (missing.length > 0) {
    return `must have ${missing.map(quoted).join(' and ')} as text, and not empty`;
  }
  const { object } = entry;
  return object === undefined || (typeof object === 'string' && OBJECT.test(object))
    ? undefined
    : `must have an object as 'group/Kind namespace/name', got ${JSON.stringify(object)}`;
}
