import { BOOLEAN, TEXT, optional, requireProps } from './form';
import { requireHost } from './host';
import { quoted } from './quoted';
import { requireGitName } from './git-name';
import { requireGitUrl } from './url';

/** Where on GitHub or GitLab a repository lies. */
export interface HostedRepository {
  /** User, organization or group. */
  readonly owner: string;
  /** Whether the owner is a user. @default false */
  readonly personal?: boolean;
  /** @default 'main' */
  readonly branch?: string;
  /** Host name of a private installation. @default - the public one */
  readonly hostname?: string;
}

/** The Git host of the fleet repository: what `flux bootstrap` needs to know. */
export class GitHost {
  /** @see https://fluxcd.io/flux/installation/bootstrap/github/ */
  public static github(repository: HostedRepository): GitHost {
    return GitHost.hosted('github', repository);
  }

  /** @see https://fluxcd.io/flux/installation/bootstrap/gitlab/ */
  public static gitlab(repository: HostedRepository): GitHost {
    return GitHost.hosted('gitlab', repository);
  }

  /**
   * Any Git server.
   *
   * @param url of the repository; throws when it is neither https nor ssh
   * @param branch that Flux follows. Default: main
   * @see https://fluxcd.io/flux/installation/bootstrap/generic-git-server/
   */
  public static generic(url: string, branch: string = 'main'): GitHost {
    return new GitHost(
      'git',
      () => [
        `--url=${requireShellWord('url', requireGitUrl('url', url))}`,
        `--branch=${requireGitName('branch', branch)}`,
      ],
      () => url,
    );
  }

  private static hosted(command: string, options: HostedRepository): GitHost {
    requireProps(`GitHost.${command}`, options, {
      owner: TEXT,
      personal: optional(BOOLEAN),
      branch: optional(TEXT),
      hostname: optional(TEXT),
    });
    const { branch = 'main', hostname, owner, personal } = options;
    return new GitHost(
      command,
      (repository) => [
        ...(hostname ? [`--hostname=${requireHost('hostname', hostname, { port: true })}`] : []),
        `--owner=${requireShellWord('owner', owner)}`,
        `--repository=${requireShellWord('repository', repository)}`,
        `--branch=${requireGitName('branch', branch)}`,
        ...(personal ? ['--personal=true'] : []),
      ],
      (repository) => `https://${hostname ?? `${command}.com`}/${owner}/${repository}`,
    );
  }

  private constructor(
    /** @internal */
    readonly _command: string,
    /** @internal */
    readonly _flags: (repository: string) => string[],
    /** @internal */
    readonly _url: (repository: string) => string,
  ) {
    _flags('repository');
  }
}

/** Returns `value` when a shell takes it for one word; throws otherwise. */
function requireShellWord(what: string, value: string): string {
  if (!/^[A-Za-z0-9_.][A-Za-z0-9@:/._-]*$/.test(value)) {
    throw new Error(`${what} must be letters, digits, '.', '_', '/' and '-', got ${quoted(value)}`);
  }
  return value;
}
