import { App, AppProps } from 'cdk8s';
import type { AccessReview } from '../access/access-review';
import type { AuditReport } from '../report/audit-report';
import { fleetOf } from '../vocabulary/fleet-ports';
import {
  BOOLEAN,
  CONSTRUCT,
  listOf,
  MAP,
  NUMBER,
  oneOf,
  optional,
  requireForm,
  requireProps,
  TEXT,
} from '../vocabulary/form';
import { ICluster, isTenant, ITenant } from '../vocabulary/ports';
import { CheckProfile } from '../vocabulary/suppression';
import type { JudgedFleet } from './judged-fleet';
import type { TenantPreview } from './tenant-preview';

/** How a program is judged, beside what every cdk8s App says. */
export interface FleetProps extends AppProps {
  /**
   * The checks that must not find an error.
   *
   * @default CheckProfile.RECOMMENDED
   */
  readonly checkProfile?: CheckProfile;
}

/**
 * A cdk8s App whose output is Git repositories: each `FleetRepo` and `AppRepo` below it is one.
 *
 * `synth` writes each into a directory of its own below `outdir`; `repository.write` writes one into a clone.
 * Objects must be created inside repositories, and `yamlOutputType` has no effect. Throws when a prop is unknown, or of another
 * form.
 */
export class Fleet extends App {
  private readonly checkProfile: CheckProfile;

  public constructor(props: FleetProps = {}) {
    super(props);
    requireProps('fleet program', props, {
      checkProfile: optional(oneOf(CheckProfile)),
      outdir: optional(TEXT),
      outputFileExtension: optional(TEXT),
      yamlOutputType: optional(NUMBER),
      recordConstructMetadata: optional(BOOLEAN),
      resolvers: optional(listOf(MAP)),
    });
    this.checkProfile = props.checkProfile ?? CheckProfile.RECOMMENDED;
  }

  /**
   * Writes every repository to `<outdir>/<repository id>`, where `outdir` is the one given, `CDK8S_OUTDIR` or `dist`.
   *
   * The cdk8s CLI empties that directory first: never point it at a Git clone, use `repository.write` for one.
   *
   * Throws, before anything is written, every error of the program in one list. Prints its warnings.
   */
  public synth(): void {
    for (const { warnings } of this.judge()._writeAll(this.outdir)) {
      warnings.forEach((warning) => process.stderr.write(`warning ${warning}\n`));
    }
  }

  /**
   * Judges the program as it is at this moment. `repository.plan` and `repository.write` do so each time; whoever plans or writes several
   * repositories, or plans before writing, takes this, and waits once.
   *
   * Throws every error of the program in one list.
   */
  public judge(): JudgedFleet {
    return synthesis().judge(this, this.checkProfile);
  }

  /**
   * Who may do what on a cluster, as this program has it at this moment: for tests of what must never be allowed.
   *
   * Throws the errors of the whole program, and when the cluster is another program's.
   */
  public reviewAccess(cluster: ICluster): AccessReview {
    requireForm('cluster', cluster, CONSTRUCT);
    // Of anything else nothing would be known, and nothing is what a test of a guarantee hopes for.
    if (cluster.node.root !== this || !fleetOf(cluster).clusters.includes(cluster)) {
      throw new Error(`cluster '${cluster.node.path}' is not part of this Fleet`);
    }
    return synthesis().reviewAccess(this, cluster);
  }

  /**
   * The files of some tenants, at the cost of those tenants: for what a pull request changes for them.
   *
   * Throws what is wrong with their own objects. What takes the rest of the program to judge is not judged: checks of clusters, objects and
   * files that another tenant has, too, and lists of sources, hosts and repositories that overlap with those of others. Nor is it said how the
   * cluster's list of tenants changes.
   *
   * Throws when one is no tenant of this program.
   */
  public preview(tenants: ITenant[]): TenantPreview {
    requireForm('tenants to preview', tenants, listOf(CONSTRUCT));
    if (tenants.length === 0) {
      throw new Error('tenants to preview must be one or more, got none');
    }
    for (const tenant of tenants) {
      if (!isTenant(tenant) || tenant.node.root !== this) {
        throw new Error(
          `'${tenant.node.path}' is no tenant of this Fleet, and cannot be previewed`,
        );
      }
    }
    return synthesis().preview(this, tenants);
  }

  /**
   * What the checks say of everything that the program writes, whether `synth` would refuse it or not.
   *
   * Throws the errors of the program that are no matter of checks.
   */
  public audit(): AuditReport {
    return synthesis().audit(this, this.checkProfile);
  }
}

/**
 * What judges and writes is most of this package. It is loaded when first asked for, so that a program that only declares constructs does not
 * wait for it.
 */
function synthesis(): typeof import('./synthesis') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` would load it with this file
  return (loaded ??= require('./synthesis'));
}

let loaded: typeof import('./synthesis') | undefined;

// Jest gives each test modules of its own, if it is told to; what judges a Fleet must be of those that the Fleet is of.
if (process.env.JEST_WORKER_ID !== undefined) {
  synthesis();
}
