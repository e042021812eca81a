import { SECRET_REF, TEXT, madeBy, optional, requireProps } from './form';
import { GITHUB_ISSUER, requireGithubRepository } from './github';
import { requireHost } from './host';
import { quoted } from './quoted';
import { SecretRef } from './secret-ref';
import { escapeRegex, WorkflowRef } from './workflow-ref';

const PATH_SEGMENT = '[A-Za-z0-9_][A-Za-z0-9._-]*';
const GITLAB_PROJECT = new RegExp(`^${PATH_SEGMENT}(?:/${PATH_SEGMENT})+$`);
const GITLAB_FILE = new RegExp(`^(?:${PATH_SEGMENT}/)*[A-Za-z0-9._-]+\\.ya?ml$`);
const WORKFLOW_REF = madeBy(WorkflowRef, "branch('main')");

/** Whom certificates of a keyless signature are taken from. */
export interface KeylessTrust {
  /**
   * Secret with a key `trusted_root.json`: the certificate authority and the logs of a Sigstore of your own, as
   * `cosign trusted-root create` writes it.
   *
   * @default - those of the public Sigstore
   * @see https://fluxcd.io/flux/components/source/ocirepositories/#custom-sigstore-infrastructure-self-hosted-rekor--fulcio
   */
  readonly trustedRoot?: SecretRef;
}

/** The GitHub Actions workflow that signs. */
export interface GithubActionsSigner extends KeylessTrust {
  /** `owner/name`. */
  readonly repository: string;
  /** File name of the workflow below `.github/workflows`, such as `publish.yaml`. */
  readonly workflow: string;
  /**
   * The commits it may sign from.
   *
   * @default WorkflowRef.branch('main')
   */
  readonly ref?: WorkflowRef;
}

/** The GitLab CI pipeline that signs. */
export interface GitlabCiSigner extends KeylessTrust {
  /** `group/project`, with all groups. */
  readonly project: string;
  /**
   * The commits it may sign from.
   *
   * @default WorkflowRef.branch('main')
   */
  readonly ref?: WorkflowRef;
  /**
   * The file of the pipeline, from the root of the project.
   *
   * @default '.gitlab-ci.yml'
   */
  readonly configFile?: string;
  /**
   * Host of the GitLab instance. The public Sigstore knows gitlab.com and few others: one of your own needs a
   * `trustedRoot`, too.
   *
   * @default 'gitlab.com'
   */
  readonly host?: string;
}

/** Whoever an OIDC issuer calls by a name. */
export interface KeylessSigner extends KeylessTrust {
  /** The issuer's URL, exactly. */
  readonly issuer: string;
  /** The subject of the certificate, exactly. */
  readonly subject: string;
}

/** Where a workflow that signs lies, and when it runs. */
export interface SigningWorkflow {
  readonly host: 'github' | 'gitlab';
  /** As the host calls it: `owner/name`, `group/project`. */
  readonly repository: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly ref: WorkflowRef;
}

/** Whom a certificate is issued to, as regular expressions that match it as a whole. */
export interface SignerIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** None for whom only the issuer knows. */
  readonly workflow?: SigningWorkflow;
}

/** Throws when one of the names is none that GitHub gives. */
export function githubIdentity(signer: GithubActionsSigner): SignerIdentity {
  requireProps('signer', signer, {
    repository: TEXT,
    workflow: TEXT,
    ref: optional(WORKFLOW_REF),
    trustedRoot: optional(SECRET_REF),
  });
  const { repository, workflow, ref = WorkflowRef.branch('main') } = signer;
  requireGithubRepository(repository);
  if (!/^[A-Za-z0-9._-]+\.ya?ml$/.test(workflow)) {
    throw new Error(`workflow must be a file name such as 'publish.yaml', got ${quoted(workflow)}`);
  }
  const file = `.github/workflows/${workflow}`;
  return {
    issuer: whole(escapeRegex(GITHUB_ISSUER)),
    subject: whole(escapeRegex(`https://github.com/${repository}/${file}@`) + ref._pattern),
    workflow: { host: 'github', repository, file, ref },
  };
}

/** Throws when one of the names is none that GitLab gives. */
export function gitlabIdentity(signer: GitlabCiSigner): SignerIdentity {
  requireProps('signer', signer, {
    project: TEXT,
    ref: optional(WORKFLOW_REF),
    configFile: optional(TEXT),
    host: optional(TEXT),
    trustedRoot: optional(SECRET_REF),
  });
  const { project, ref = WorkflowRef.branch('main'), configFile: file = '.gitlab-ci.yml' } = signer;
  const host = requireHost('host', signer.host ?? 'gitlab.com');
  if (!GITLAB_PROJECT.test(project)) {
    throw new Error(`project must be 'group/project', got ${quoted(project)}`);
  }
  if (!GITLAB_FILE.test(file) || file.includes('..')) {
    throw new Error(`config file must be a path such as '.gitlab-ci.yml', got ${quoted(file)}`);
  }
  return {
    issuer: whole(escapeRegex(`https://${host}`)),
    // GitLab's claim `ci_config_ref_uri`, of which Fulcio makes the name in the certificate, has two slashes there.
    subject: whole(escapeRegex(`https://${host}/${project}//${file}@`) + ref._pattern),
    workflow: { host: 'gitlab', repository: project, file, ref },
  };
}

/** Throws when the issuer is no https URL, or the subject not printable. */
export function literalIdentity(signer: KeylessSigner): SignerIdentity {
  requireProps('signer', signer, {
    issuer: TEXT,
    subject: TEXT,
    trustedRoot: optional(SECRET_REF),
  });
  if (!/^https:\/\/[\x21-\x7e]+$/.test(signer.issuer)) {
    throw new Error(`issuer must start with 'https://', got ${quoted(signer.issuer)}`);
  }
  if (!/^[\x21-\x7e]+$/.test(signer.subject)) {
    throw new Error(
      `subject must be printable characters without spaces, got ${quoted(signer.subject)}`,
    );
  }
  return {
    issuer: whole(escapeRegex(signer.issuer)),
    subject: whole(escapeRegex(signer.subject)),
  };
}

/** Flux looks for patterns anywhere in a name. */
function whole(pattern: string): string {
  return `^${pattern}$`;
}
