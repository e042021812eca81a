import { MAP, TEXT, listOf, madeBy, optional, requireForm, requireProps } from './form';
import { OciVersion } from './oci-version';
import { requirePrintable } from './printable';
import { quoted } from './quoted';
import { plainDirectory } from './relative-path';
import { Signature } from './signature';
import { requireOciUrl } from './url';
import { SigningWorkflow } from './workflow-signer';

/** The variables of CI that hold what a registry is logged in to with. Their names, never their values. */
export interface RegistryLogin {
  /** Such as `REGISTRY_USERNAME`. */
  readonly usernameVariable: string;
  /** Such as `REGISTRY_PASSWORD`; throws when it is the name of the user's, too. */
  readonly passwordVariable: string;
}

/** What a workflow publishes, and where. */
export interface PublishOptions {
  /** `oci://<host>/<path>`: what the SignedOciSource has as its `url`. */
  readonly url: string;
  /** The directory that is published, such as `./apps/team-a`. Its files are committed: what was reviewed is what is signed. */
  readonly path: string;
  /**
   * Commands that install what the program needs and have it write into the checkout, one a line.
   *
   * @default ['npm ci', 'npm run synth']
   */
  readonly synth?: string[];
  /**
   * The first two numbers of versions from a branch, such as `1.4`; the number of the run is the third. Let it only grow. Throws
   * where tags are published: they carry versions.
   *
   * @default - none: required for a branch
   */
  readonly series?: string;
  /**
   * Tags that mean the version that was published last, such as `production` for a `FleetSource.signedOci`. A pre-release such as
   * `1.2.3-rc.1` does not move them; a fix of an older version does. A run that is started again does not move them back.
   *
   * @default - none
   */
  readonly movingTags?: string[];
  /**
   * What the registry is logged in to with.
   *
   * @default - the token of the run, for the registry that belongs to the Git host; required for others
   */
  readonly login?: RegistryLogin;
}

const OPTIONS = {
  url: TEXT,
  path: TEXT,
  synth: optional(listOf(TEXT)),
  series: optional(TEXT),
  movingTags: optional(listOf(TEXT)),
  login: optional(MAP),
};

/** What is to be published, by whom, in a form that a workflow can be written of. */
export interface Publishing {
  readonly workflow: SigningWorkflow;
  /** Regular expressions of who signs, as Flux has them. */
  readonly issuer: string;
  readonly subject: string;
  /** `<host>/<path>`. */
  readonly artifact: string;
  readonly registry: string;
  /** With './' in front. */
  readonly directory: string;
  readonly synth: readonly string[];
  readonly series?: string;
  readonly movingTags: readonly string[];
  readonly login?: RegistryLogin;
}

/** Throws when `signature` is not one of a workflow at `host`, or one of the options would not do. */
export function publishing(
  host: SigningWorkflow['host'],
  signature: Signature,
  options: PublishOptions,
): Publishing {
  requireForm('signature', signature, madeBy(Signature, 'githubActions({ … })'));
  requireProps('publish workflow', options, OPTIONS);
  const identity = signature._identity;
  const workflow = identity?.workflow;
  if (identity === undefined || workflow?.host !== host) {
    const maker = host === 'github' ? 'Signature.githubActions' : 'Signature.gitlabCi';
    throw new Error(
      `signature must be made by ${maker}, which says who the workflow signs as, got one ` +
        (workflow === undefined ? 'of no workflow' : `of a workflow at ${workflow.host}`),
    );
  }
  if (signature._verifyIn('any').trustedRootSecretRef !== undefined) {
    throw new Error(
      'signature must be one of the public Sigstore: the workflow knows no authority of your own to sign with',
    );
  }
  const { series, movingTags = [], login, synth = ['npm ci', 'npm run synth'] } = options;
  movingTags.forEach((tag) => OciVersion.mutableTag(tag));
  const artifact = requireOciUrl('url', options.url).slice('oci://'.length);
  return {
    workflow,
    issuer: identity.issuer,
    subject: identity.subject,
    artifact,
    registry: artifact.split('/', 1)[0],
    directory: `./${plainDirectory('path', options.path)}`,
    synth: requireCommands(synth),
    ...requireSeries(workflow, series),
    movingTags,
    ...(login && { login: requireLogin(login) }),
  };
}

function requireCommands(commands: readonly string[]): readonly string[] {
  if (commands.length === 0) {
    throw new Error('synth must be at least one command');
  }
  for (const command of commands) {
    requirePrintable('command of synth', command);
    if (command !== command.trim() || command === '' || command.includes('${{')) {
      throw new Error(
        `command of synth must be a line without '\${{' and without spaces around it, got ${quoted(command)}`,
      );
    }
  }
  return commands;
}

function requireSeries(workflow: SigningWorkflow, series?: string): { readonly series?: string } {
  const { _kind: kind, _name: name } = workflow.ref;
  if (kind === 'tags') {
    if (series !== undefined) {
      throw new Error(`series must be left out: versions are what is behind '${name}' in tags`);
    }
    return {};
  }
  if (series === undefined || !/^(?:0|[1-9][0-9]{0,8})\.(?:0|[1-9][0-9]{0,8})$/.test(series)) {
    throw new Error(
      `series must be two numbers such as '1.4' where branch '${name}' is published, got ${series === undefined ? 'none' : quoted(series)}`,
    );
  }
  return { series };
}

function requireLogin(login: RegistryLogin): RegistryLogin {
  requireProps('login', login, { usernameVariable: TEXT, passwordVariable: TEXT });
  for (const name of [login.usernameVariable, login.passwordVariable]) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name) || name.startsWith('GITHUB_')) {
      throw new Error(
        `variable of a login must be capitals, digits and '_', and not start with 'GITHUB_', got ${quoted(name)}`,
      );
    }
  }
  if (login.usernameVariable === login.passwordVariable) {
    throw new Error(
      `variables of a login must differ, got ${quoted(login.usernameVariable)} twice`,
    );
  }
  return login;
}
