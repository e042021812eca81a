import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CommitStatusRepository } from '../vocabulary/commit-status-repository';
import { CONSTRUCT, listOf, madeBy, optional, requireProps } from '../vocabulary/form';
import { requireObjectName } from '../vocabulary/names';
import { belongingsOf, ITenant, requireOwn } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { addAlert, notificationHome } from './notification';
import { Sync } from './sync';

/** Which syncs report to their commits, and where those are. */
export interface CommitStatusProps {
  /** The repository with the commits. */
  readonly repository: CommitStatusRepository;
  /**
   * Syncs of the tenant whose manifests come from the repository.
   *
   * @default - none in a tenant, which must name some; in a `PlatformComponent`, all that are applied from the fleet's repository
   */
  readonly syncs?: Sync[];
}

/**
 * Marks commits as applied, or as failed, by a status `kustomization/<sync>/<part of a uid>`: each cluster has its own. In
 * a `PlatformComponent`, commits of the fleet's repository.
 *
 * Commits are known of a GitSource. Those of a SignedOciSource are known when its artifact says which it was made of, as
 * `flux push artifact --revision=<branch>@sha1:<commit>` has it; of one that does not, no status is written. What is in a bucket has
 * no commit.
 *
 * Throws when a sync is another tenant's, of a bucket, or of another repository; and without syncs in a tenant, or with some in a
 * component.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/#git-commit-status-updates
 */
export class CommitStatus extends Construct {
  public constructor(scope: Construct, id: string, props: CommitStatusProps) {
    super(scope, id);
    requireProps(`commit status '${id}'`, props, {
      repository: madeBy(CommitStatusRepository, "github('https://github.com/acme/team-a', …)"),
      syncs: optional(listOf(CONSTRUCT)),
    });
    const name = requireObjectName('commit status', id);
    const { repository } = props;
    const syncs = props.syncs ?? [];
    const home = notificationHome(this);
    const { tenant } = home;
    if (tenant && syncs.length === 0) {
      throw new Error(`commit status '${this.node.path}' must have syncs that it is of, got none`);
    }
    if (!tenant && syncs.length > 0) {
      throw new Error(
        `commit status '${this.node.path}' must have no syncs in a component: they are all of the fleet's repository`,
      );
    }
    for (const sync of syncs) {
      this.requireCommits(tenant!, sync, repository);
    }

    const names = tenant ? [...new Set(syncs.map((sync) => sync.node.id))] : ['*'];
    addAlert(this, name, home, repository, {
      eventSeverity: 'info',
      eventSources: names.map((one) => ({ kind: 'Kustomization', name: one })),
    });
  }

  /** Throws where no status could be written: Flux would drop the events, or ask for commits that are not there. */
  private requireCommits(tenant: ITenant, sync: Sync, repository: CommitStatusRepository): void {
    const whose = `commit status '${this.node.path}' must not be of sync`;
    requireOwn(tenant, whose, [sync]);
    const what = `${whose} '${sync.node.path}'`;
    const { kind, name } = sync.kustomization.toJson().spec.sourceRef;
    if (kind === 'Bucket') {
      throw new Error(`${what}, whose manifests come from a bucket and have no commit`);
    }
    const url = kind === 'GitRepository' ? gitUrl(tenant, name) : undefined;
    if (url !== undefined && !repository._mayHoldCommitsOf(url)) {
      throw new Error(
        `${what}, whose commits are in ${quoted(url)}, not in ${quoted(repository._url)}`,
      );
    }
  }
}

function gitUrl(tenant: ITenant, name: string): string | undefined {
  return belongingsOf(tenant)
    .filter((one): one is ApiObject => ApiObject.isApiObject(one) && one.kind === 'GitRepository')
    .map((one) => one.toJson())
    .find(({ metadata }) => metadata.name === name)?.spec.url;
}
