import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { GitRepository } from '../imports/source.toolkit.fluxcd.io';
import { allowSource } from '../vocabulary/allowed-sources';
import { patchInEnvironment } from '../vocabulary/environment-patch';
import { fluxInterval } from '../vocabulary/flux-duration';
import { DURATION, SECRET_REF, TEXT, madeBy, optional, requireProps } from '../vocabulary/form';
import { GitRevision } from '../vocabulary/git-revision';
import { requireObjectName } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { ISource, tenantOf } from '../vocabulary/ports';
import { SecretRef } from '../vocabulary/secret-ref';
import { requireGitUrl } from '../vocabulary/url';

/** Where manifests in Git come from. */
export interface GitSourceProps {
  /** URL of the repository: `https://…` or `ssh://…`, without password. */
  readonly url: string;
  /** Which commit is taken. */
  readonly revision: GitRevision;
  /**
   * Secret to read the repository with.
   *
   * @default - none: the repository is public
   */
  readonly credentials?: SecretRef;
  /**
   * Secret with the public keys (`*.asc`, `*.sshpub`) of those who may sign the commit.
   *
   * @default - signatures are not looked at
   */
  readonly signers?: SecretRef;
  /**
   * How often the repository is asked for a new commit.
   *
   * @default Duration.minutes(5)
   */
  readonly interval?: Duration;
}

const REVISION = madeBy(GitRevision, "branch('main')");

/** How a source differs in one environment. */
export interface GitSourceOverrides {
  /** Which commit is taken there. */
  readonly revision: GitRevision;
}

/**
 * A GitRepository of a tenant; submodules, which could fetch from anywhere, are not followed.
 *
 * Throws when the url is not one that Flux clones over an encrypted transport.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export class GitSource extends Construct implements ISource {
  public readonly sourceKind = 'GitRepository';
  public readonly sourceName: string;
  public readonly sourceNamespace: string;
  /** The object itself, for what the props do not reach. */
  public readonly repository: GitRepository;

  public constructor(scope: Construct, id: string, props: GitSourceProps) {
    super(scope, id);
    requireProps(`source '${id}'`, props, {
      url: TEXT,
      revision: REVISION,
      credentials: optional(SECRET_REF),
      signers: optional(SECRET_REF),
      interval: optional(DURATION),
    });
    const tenant = tenantOf(this);
    this.sourceName = requireObjectName('source', id);
    this.sourceNamespace = tenant.homeNamespace;

    const url = requireGitUrl('url', props.url);
    allowSource(tenant, 'git', url);
    place(this, { file: 'sources' });
    this.repository = new GitRepository(this, 'repository', {
      metadata: { name: id, namespace: tenant.homeNamespace },
      spec: {
        interval: fluxInterval('interval', props.interval ?? Duration.minutes(5)),
        ref: props.revision._ref,
        ...(props.credentials && {
          secretRef: props.credentials._from(tenant.homeNamespace),
        }),
        url,
        ...(props.signers && {
          verify: {
            mode: 'HEAD' as const,
            secretRef: props.signers._from(tenant.homeNamespace),
          },
        }),
      },
    });
    this.node.defaultChild = this.repository;
  }

  /** Takes another commit in one environment. Throws when the tenant has no cluster in it. */
  public inEnvironment(environment: string, overrides: GitSourceOverrides): void {
    requireProps(`override of source '${this.node.id}'`, overrides, { revision: REVISION });
    patchInEnvironment(this.repository, environment, [
      { op: 'replace', path: '/spec/ref', value: overrides.revision._ref },
    ]);
  }
}
