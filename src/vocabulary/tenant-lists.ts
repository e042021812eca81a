import { createHash } from 'crypto';
import { requireWholeNumber } from './whole-number';

/** More would be a long list of lists, and three digits name them. */
const MOST_PARTS = 999;

/**
 * How a cluster lists its tenants: in one file that the root of the cluster applies, or in parts of which each is a Flux
 * Kustomization of its own.
 *
 * Flux needs time with the square of the objects of one build, so that above some five hundred tenants one list delays everything else
 * that the root applies. Which part a tenant is in depends on its name and on the number of parts alone: no other tenant that comes or goes
 * ever moves it. Another number of parts, and the change from one list to parts, does move tenants, and Flux removes what is gone
 * from one list before it appears in another, with all that the team runs: `movable` is what prevents it.
 */
export class TenantLists {
  /** All in `clusters/<cluster>/tenants.yaml`. */
  public static single(): TenantLists {
    return new TenantLists(undefined, false);
  }

  /**
   * In `tenants/lists/<cluster>/part-<number>/`, each applied by a Flux Kustomization `tenants-part-<number>`. Parts without tenants
   * are not written.
   *
   * @param parts how many, such that each keeps below some two hundred tenants; throws when it is no whole number from 2 to 999
   */
  public static inParts(parts: number): TenantLists {
    return new TenantLists(requireWholeNumber('number of parts', parts, 2, MOST_PARTS), false);
  }

  private constructor(
    private readonly parts: number | undefined,
    /** Whether a list leaves in the cluster what disappears from it. @internal */
    readonly _isMovable: boolean,
  ) {}

  /**
   * The same lists, from which tenants can move to others: Flux leaves in the cluster what disappears from one of them. Write, push
   * and let every cluster reconcile this before you write other lists, without `movable`.
   *
   * Meanwhile a tenant that the program gives up stays in the cluster, of which synthesis warns.
   */
  public movable(): TenantLists {
    return new TenantLists(this.parts, true);
  }

  /** The part that a tenant is in; undefined where there is one list. @internal */
  public _partOf(tenant: string): string | undefined {
    if (this.parts === undefined) {
      return undefined;
    }
    const hash = createHash('sha256').update(tenant).digest().readUIntBE(0, 6);
    return `part-${String(hash % this.parts).padStart(3, '0')}`;
  }

  /** Whether a Flux Kustomization `name` would be, or could become, that of a part. @internal */
  public _isTaken(name: string): boolean {
    return this.parts !== undefined && /^tenants-part-[0-9]{3}$/.test(name);
  }
}
