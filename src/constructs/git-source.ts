import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { GitRepository } from '../imports/source.toolkit.fluxcd.io';
import { holdsOnly } from '../vocabulary/artifact-content';
import { allowSource } from '../vocabulary/allowed-sources';
import { patchInEnvironment } from '../vocabulary/environment-patch';
import { fluxInterval } from '../vocabulary/flux-duration';
import { DURATION, TEXT, listOf, madeBy, optional, requireProps } from '../vocabulary/form';
import { GitAccess } from '../vocabulary/git-access';
import { GitRevision } from '../vocabulary/git-revision';
import { GitVerification } from '../vocabulary/git-verification';
import { requireObjectName } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { ISource, tenantOf } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { plainDirectory } from '../vocabulary/relative-path';
import { requireGitUrl } from '../vocabulary/url';
import { warn } from '../vocabulary/warning';

/** Where manifests in Git come from. */
export interface GitSourceProps {
  /** URL of the repository: `https://…` or `ssh://…`, without password. */
  readonly url: string;
  /** Which commit is taken. */
  readonly revision: GitRevision;
  /**
   * Who Flux is to the host.
   *
   * @default GitAccess.anonymous() - the repository is public
   */
  readonly access?: GitAccess;
  /**
   * What must be signed, and by whom.
   *
   * @default - signatures are not looked at, of which the strict profile tells
   */
  readonly verification?: GitVerification;
  /**
   * Directories that are fetched; files that lie beside them, or in the root, are not.
   *
   * @default - the whole repository
   */
  readonly sparseCheckout?: string[];
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
 * Throws when the url is not one that Flux clones over an encrypted transport, or not one for its access; when a directory
 * leaves the repository; or when a tag is to be verified where none is taken. Synthesis fails where a cluster may not use the
 * identity of a cloud.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export class GitSource extends Construct implements ISource {
  public readonly sourceKind = 'GitRepository';
  public readonly sourceName: string;
  public readonly sourceNamespace: string;
  /** The object itself, for what the props do not reach. */
  public readonly repository: GitRepository;
  private readonly verification?: GitVerification;

  public constructor(scope: Construct, id: string, props: GitSourceProps) {
    super(scope, id);
    requireProps(`source '${id}'`, props, {
      url: TEXT,
      revision: REVISION,
      access: optional(madeBy(GitAccess, "https(SecretRef.named('git-auth'))")),
      verification: optional(madeBy(GitVerification, "commit(SecretRef.named('signers'))")),
      sparseCheckout: optional(listOf(TEXT)),
      interval: optional(DURATION),
    });
    const tenant = tenantOf(this);
    this.sourceName = requireObjectName('source', id);
    this.sourceNamespace = tenant.homeNamespace;

    const url = requireGitUrl('url', props.url);
    const access = props.access ?? GitAccess.anonymous();
    const doubt = access._doubt(url);
    if (doubt !== undefined) {
      warn(this, doubt);
    }
    this.verification = props.verification;
    this.verification?._requireSigned(props.revision);
    allowSource(tenant, 'git', url);
    place(this, { file: 'sources' });
    const sparseCheckout = props.sparseCheckout && directories(props.sparseCheckout);
    if (sparseCheckout) {
      holdsOnly(this, sparseCheckout);
    }
    this.repository = new GitRepository(this, 'repository', {
      metadata: { name: id, namespace: tenant.homeNamespace },
      spec: {
        interval: fluxInterval('interval', props.interval ?? Duration.minutes(5)),
        ref: props.revision._ref,
        ...access._from(tenant.homeNamespace, url),
        ...(sparseCheckout && { sparseCheckout }),
        url,
        ...(this.verification && { verify: this.verification._in(tenant.homeNamespace) }),
      },
    });
    this.node.defaultChild = this.repository;
  }

  /** Takes another commit in one environment. Throws when the tenant has no cluster in it. */
  public inEnvironment(environment: string, overrides: GitSourceOverrides): void {
    requireProps(`override of source '${this.node.id}'`, overrides, { revision: REVISION });
    this.verification?._requireSigned(overrides.revision);
    patchInEnvironment(this.repository, environment, [
      { op: 'replace', path: '/spec/ref', value: overrides.revision._ref },
    ]);
  }
}

function directories(paths: string[]): string[] {
  if (paths.length === 0) {
    throw new Error(
      'sparse checkout must name a directory; leave it out to fetch the whole repository',
    );
  }
  return paths.map((path) => {
    const directory = plainDirectory('directory of a sparse checkout', path);
    if (directory === '') {
      throw new Error(`directory of a sparse checkout must be below the root, got ${quoted(path)}`);
    }
    return directory;
  });
}
