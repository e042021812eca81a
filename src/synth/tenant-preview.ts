import { SUPPRESSION_FILE } from '../checks/listed-suppressions';
import { FilePlan, planFiles } from '../repo/plan-files';
import { fleetOf, isFleetRepo } from '../vocabulary/fleet-ports';
import { tenantOfPath } from '../vocabulary/placement';
import { ITenant } from '../vocabulary/ports';
import { Repository, requireWrite } from '../vocabulary/repository';
import { RepositoryPlan } from '../vocabulary/repository-plan';
import { contentOf, Rendered } from './render-program';

/**
 * The files of some tenants: what lies in their directories of the fleet's repository, and in repositories of their own. They are the same
 * bytes that `Fleet.synth` would write. It writes nothing itself.
 *
 * `Fleet.preview` makes one.
 */
export class TenantPreview {
  /** @internal */
  public static _of(tenants: readonly ITenant[], rendered: Rendered): TenantPreview {
    return new TenantPreview(tenants, rendered);
  }

  /** The fleet's repository and the tenants' own. */
  public readonly repositories: Repository[];

  private constructor(
    private readonly tenants: readonly ITenant[],
    private readonly rendered: Rendered,
  ) {
    this.repositories = [...rendered.repositories.keys()];
  }

  /**
   * What the tenants' files of a repository change in a clone: files of theirs that would be created, updated or removed, and tags that Flux
   * committed to them. Of everything else in the clone it says nothing.
   *
   * Throws the errors of writing those files, and when the repository is none of `repositories`.
   *
   * @param root a clone of the repository, or an empty or missing directory
   */
  public plan(repository: Repository, root: string): RepositoryPlan {
    return this.planned(repository, root).plan;
  }

  /**
   * The texts of the tenants' files in a repository, by their paths from its root: as a write into that clone would leave them, with the
   * tags that Flux committed there.
   *
   * Throws what `plan` throws.
   *
   * @param root a clone of the repository, or an empty or missing directory
   */
  public texts(repository: Repository, root: string): { [path: string]: string } {
    const texts = [...this.planned(repository, root).texts];
    return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private planned(repository: Repository, root: string): FilePlan {
    const { repositories } = this.rendered;
    const { files, warnings } = contentOf(repositories, repository, "the previewed tenants'");
    requireWrite(root);
    // Another fleet may have tenants of the same names.
    const own = this.tenants.filter((tenant) => fleetOf(tenant).node === repository.node);
    const names = new Set(own.map(({ tenantName }) => tenantName));
    const isGiven = isFleetRepo(repository)
      ? (path: string) => names.has(tenantOfPath(path) ?? '')
      : (path: string) => path !== SUPPRESSION_FILE; // which is what checks of the whole program accept
    const given = files.filter(({ path }) => isGiven(path));
    return planFiles(repository.node.id, given, root, {}, { warnings, isGiven });
  }
}
