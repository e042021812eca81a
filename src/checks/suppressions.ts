import { AppliedObject } from '../clusters/applied-object';
import { FleetView } from '../clusters/view-clusters';
import { addTo } from '../vocabulary/grouped';
import { annotatedSuppressions } from './annotated-suppressions';
import { ENGINE_CHECKS } from './engine-checks';
import { SuppressedBy } from './finding';
import { listedSuppressions } from './listed-suppressions';
import { PlacedSuppression } from './placed-suppression';

/** What a suppression is asked for. */
export interface Suppressible {
  readonly check: { readonly id: string };
  readonly repository: { readonly name: string };
  readonly path: string;
  readonly object?: string;
  readonly identity?: string;
  readonly construct?: string;
}

/** What nobody can accept: that a check could not judge, and what is wrong with suppressions. */
const NEVER: ReadonlySet<string> = new Set(ENGINE_CHECKS.map(({ id }) => id));

/** All suppressions, and which of them were of use. */
export class Suppressions {
  public readonly all: readonly PlacedSuppression[];
  private readonly annotated: ReadonlyMap<AppliedObject, readonly PlacedSuppression[]>;
  private readonly byKey = new Map<string, PlacedSuppression[]>();
  private readonly used = new Set<PlacedSuppression>();
  private readonly nearest = new Map<PlacedSuppression, string>();

  /** @param programs what programs say; the rest is written in the repositories */
  public constructor(fleet: FleetView, programs: readonly PlacedSuppression[]) {
    this.annotated = annotatedSuppressions(fleet);
    const listed = listedSuppressions(fleet);
    this.all = [...programs, ...new Set([...this.annotated.values()].flat()), ...listed];
    for (const one of [...programs, ...listed].filter(({ malformed }) => !malformed)) {
      const place = one.construct ?? [one.place!.repository.name, one.path, one.object];
      addTo(this.byKey, keyOf(one.check, place), one);
    }
  }

  /**
   * What suppresses a finding: what is said nearest to it.
   *
   * @param object what it was found of, as one cluster gets it
   */
  public of(
    { check: { id }, repository: { name }, path, object, identity, construct }: Suppressible,
    applied?: AppliedObject,
  ): SuppressedBy | undefined {
    if (NEVER.has(id)) {
      return undefined;
    }
    const places = [
      ...(identity === undefined ? [] : [[name, path, identity]]),
      [name, path, undefined],
      ...(construct === undefined ? [] : pathsUpwards(construct)),
    ];
    const annotated = (applied && this.annotated.get(applied)) ?? [];
    const found =
      annotated.find(({ check, malformed }) => check === id && !malformed) ??
      places.flatMap((place) => this.byKey.get(keyOf(id, place)) ?? [])[0];
    if (found) {
      this.used.add(found);
    }
    if (object !== identity) {
      const without = this.byKey.get(keyOf(id, [name, path, object])) ?? [];
      without.forEach((one) => this.nearest.set(one, identity!));
    }
    return found && { reason: found.reason, owner: found.owner, where: found.where, by: found.by };
  }

  /** Those that nothing was found for. */
  public get unused(): PlacedSuppression[] {
    return this.all.filter((one) => !this.used.has(one) && !one.malformed);
  }

  /** The object that an unused one seems to mean, and names without its group; undefined where there is none. */
  public meantBy(unused: PlacedSuppression): string | undefined {
    return this.nearest.get(unused);
  }
}

function keyOf(check: string, place: unknown): string {
  return JSON.stringify([check, place]);
}

/** A construct path and all above it, the nearest first and that of the App, '', last. */
function pathsUpwards(path: string): string[] {
  const paths: string[] = [];
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    paths.push(path.slice(0, end));
  }
  return [...paths, ''];
}
