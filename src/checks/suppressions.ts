import { AppliedObject } from '../clusters/applied-object';
import { FleetView } from '../clusters/view-clusters';
import { SourceFile } from '../inventory/source-file';
import { Suppression } from '../vocabulary/suppression';
import { SuppressedBy, titleOf } from './finding';
import { itemsAt, mapAt, textAt, valueAt } from './manifest-fields';
import { addTo } from '../vocabulary/grouped';
import { isMap } from '../vocabulary/is-map';

/** The annotation that suppresses one check of an object: `checks.cdk8s-flux-tenants/<id>: '<owner>: <reason>'`. */
export const SUPPRESSION_PREFIX = 'checks.cdk8s-flux-tenants/';

/** The file at the root of a repository that lists suppressions, for what cannot carry an annotation. No '.yaml': Flux would apply it. */
export const SUPPRESSION_FILE = '.flux-checks';

/** One suppression, and what it is said of. */
export interface PlacedSuppression extends Suppression {
  /** A construct path, a file, or an object in a file: where people find it. */
  readonly where: string;
  /** Name of the repository that says so. @default - the program does */
  readonly repository?: string;
  /** Path of the construct it holds for, with everything below. */
  readonly construct?: string;
  /** Path of the file it holds for. */
  readonly path?: string;
  /** The object it holds for, as findings call it: `Kind namespace/name`. */
  readonly object?: string;
  /** Why it is none. */
  readonly malformed?: string;
}

/** What a suppression is asked for. */
export interface Suppressible {
  readonly check: string;
  readonly repository: string;
  readonly path: string;
  readonly object?: string;
  readonly construct?: string;
}

/** All suppressions, and which of them were of use. */
export class Suppressions {
  private readonly byKey = new Map<string, PlacedSuppression[]>();
  private readonly used = new Set<PlacedSuppression>();

  public constructor(public readonly all: readonly PlacedSuppression[]) {
    for (const one of all.filter(({ malformed }) => !malformed)) {
      const key = keyOf(one.check, one.repository, one.construct ?? one.object ?? one.path ?? '');
      addTo(this.byKey, key, one);
    }
  }

  /** What suppresses a finding: what is said nearest to it. */
  public of({
    check,
    repository,
    path,
    object,
    construct,
  }: Suppressible): SuppressedBy | undefined {
    const keys = [
      ...(object === undefined ? [] : [keyOf(check, repository, object)]),
      keyOf(check, repository, path),
      ...(construct === undefined ? [] : pathsUpwards(construct)).map((above) =>
        keyOf(check, undefined, above),
      ),
    ];
    const found = keys
      .flatMap((key) => this.byKey.get(key) ?? [])
      .find(
        (one) =>
          one.construct !== undefined ||
          ((one.path === undefined || one.path === path) &&
            (one.object === undefined || one.object === object)),
      );
    if (found) {
      this.used.add(found);
    }
    return found && { reason: found.reason, owner: found.owner, where: found.where };
  }

  /** Those that nothing was found for. */
  public get unused(): PlacedSuppression[] {
    return this.all.filter((one) => !this.used.has(one) && !one.malformed);
  }
}

/** The suppressions that an object carries. */
function annotatedSuppressions({
  manifest,
  document,
  repository,
}: AppliedObject): PlacedSuppression[] {
  return Object.entries(mapAt(manifest, 'metadata', 'annotations'))
    .filter(([key]) => key.startsWith(SUPPRESSION_PREFIX))
    .map(([key, value]) => {
      const [, owner, reason] = /^([^:]+):\s+(\S[^]*)$/.exec(String(value)) ?? [];
      return {
        check: key.slice(SUPPRESSION_PREFIX.length),
        owner: (owner ?? '').trim(),
        reason: (reason ?? '').trim(),
        where: document.path,
        repository: repository.name,
        path: document.path,
        object: titleOf(manifest),
        ...(reason === undefined && {
          malformed: `annotation '${key}' must be '<owner>: <reason>', got '${value}'`,
        }),
      };
    });
}

/** The suppressions that the file of a repository lists. */
function listedSuppressions(file: SourceFile, repository: string): PlacedSuppression[] {
  const isList = file.documents.every(({ manifest }) =>
    Array.isArray(valueAt(manifest, 'suppressions')),
  );
  if (file.problems.length > 0 || !isList) {
    const malformed = "must be YAML with a list 'suppressions'";
    return [{ check: '', owner: '', reason: '', where: file.path, repository, malformed }];
  }
  return file.documents.flatMap(({ manifest }) =>
    itemsAt(manifest, 'suppressions').map(({ value, pointer }) => {
      const [check, owner, reason] = ['check', 'owner', 'reason'].map((key) => textAt(value, key));
      const [path, object] = ['path', 'object'].map((key) => textAt(value, key));
      const isWhole =
        isMap(value) && check && owner && reason && (path !== undefined || object !== undefined);
      return {
        check: check ?? '',
        owner: owner ?? '',
        reason: reason ?? '',
        where: file.path,
        repository,
        path,
        object,
        ...(!isWhole && {
          malformed: `${pointer} must have 'check', 'owner', 'reason', and 'object' or 'path'`,
        }),
      };
    }),
  );
}

/** All suppressions that the repositories of a fleet hold. */
export function writtenSuppressions(fleet: FleetView): PlacedSuppression[] {
  const found = new Map<string, PlacedSuppression>();
  for (const view of [...fleet.clusters, ...fleet.rest]) {
    for (const object of view.objects) {
      for (const one of annotatedSuppressions(object)) {
        const isTenants = object.sync !== undefined && view.tenantOf(object.sync) !== undefined;
        const malformed = 'cannot be accepted by what a tenant applies itself';
        const placed = isTenants ? { ...one, malformed } : one;
        found.set(JSON.stringify(placed), placed);
      }
    }
  }
  // A repository that only a tenant's sync fetches accepts nothing in the name of the platform.
  const ofPlatform = new Set(fleet.clusters.map(({ repository }) => repository));
  const listed = fleet.repositories.flatMap((repository) => {
    const file = repository.tree.file(SUPPRESSION_FILE);
    const counts = ofPlatform.size === 0 || ofPlatform.has(repository);
    return file && counts ? listedSuppressions(file, repository.name) : [];
  });
  return [...found.values(), ...listed];
}

function keyOf(check: string, repository: string | undefined, place: string): string {
  return JSON.stringify([check, repository, place]);
}

/** A construct path and all above it, the nearest first and that of the App, '', last. */
function pathsUpwards(path: string): string[] {
  const paths: string[] = [];
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    paths.push(path.slice(0, end));
  }
  return [...paths, ''];
}
