import type { OCIRepositorySpecVerify } from '../imports/source.toolkit.fluxcd.io';
import { SECRET_REF, TEXT, madeBy, optional, requireForm, requireProps } from './form';
import { quoted } from './quoted';
import { SecretRef } from './secret-ref';

/** The commits from which a workflow may sign. */
export class WorkflowRef {
  /** Commits on one branch. */
  public static branch(name: string): WorkflowRef {
    return new WorkflowRef(`refs/heads/${escapeRegex(requireGitName('branch', name))}`);
  }

  /**
   * Tags that start with `prefix`.
   *
   * @param prefix such as `v`; the rest of the tag may be anything without '/'
   */
  public static tags(prefix: string): WorkflowRef {
    return new WorkflowRef(`refs/tags/${escapeRegex(requireGitName('tag prefix', prefix))}[^/@]+`);
  }

  private constructor(
    /** @internal */
    readonly _pattern: string,
  ) {}
}

/** The GitHub Actions workflow that signs. */
export interface GithubActionsSigner {
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

/** Whoever an OIDC issuer calls by a name. */
export interface KeylessSigner {
  /** The issuer's URL, exactly. */
  readonly issuer: string;
  /** The subject of the certificate, exactly. */
  readonly subject: string;
}

/**
 * Who must have signed an artifact before Flux applies it.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#verification
 */
export class Signature {
  /**
   * Keyless, by one workflow of one GitHub repository: repository, file and ref are all pinned. Of a workflow
   * that others call (`workflow_call`), the called one is the identity: every repository that may call it carries it.
   *
   * Throws when one of them is not a name that GitHub gives.
   */
  public static githubActions(signer: GithubActionsSigner): Signature {
    requireProps('signer', signer, {
      repository: TEXT,
      workflow: TEXT,
      ref: optional(madeBy(WorkflowRef, "branch('main')")),
    });
    const { repository, workflow, ref = WorkflowRef.branch('main') } = signer;
    if (!/^[A-Za-z0-9_-]+\/[A-Za-z0-9._-]+$/.test(repository)) {
      throw new Error(`repository must be 'owner/name', got ${quoted(repository)}`);
    }
    if (!/^[A-Za-z0-9._-]+\.ya?ml$/.test(workflow)) {
      throw new Error(
        `workflow must be a file name such as 'publish.yaml', got ${quoted(workflow)}`,
      );
    }
    const file = `https://github.com/${repository}/.github/workflows/${workflow}@`;
    return Signature.oneIdentity(
      escapeRegex('https://token.actions.githubusercontent.com'),
      escapeRegex(file) + ref._pattern,
    );
  }

  /** Keyless, by exactly one identity of an OIDC issuer; both are taken literally. */
  public static keyless(signer: KeylessSigner): Signature {
    requireProps('signer', signer, { issuer: TEXT, subject: TEXT });
    if (!/^https:\/\/[\x21-\x7e]+$/.test(signer.issuer)) {
      throw new Error(`issuer must start with 'https://', got ${quoted(signer.issuer)}`);
    }
    if (!/^[\x21-\x7e]+$/.test(signer.subject)) {
      throw new Error(
        `subject must be printable characters without spaces, got ${quoted(signer.subject)}`,
      );
    }
    return Signature.oneIdentity(escapeRegex(signer.issuer), escapeRegex(signer.subject));
  }

  /**
   * By the holder of a cosign key.
   *
   * @param publicKeys a Secret whose keys end in `.pub`; a signature by any one of them will do
   */
  public static cosignKey(publicKeys: SecretRef): Signature {
    requireForm('secret with public keys', publicKeys, SECRET_REF);
    return new Signature({ provider: 'cosign' }, publicKeys);
  }

  /** Flux accepts any signer without an identity and fails with two, so that there is always one. */
  private static oneIdentity(issuer: string, subject: string): Signature {
    return new Signature({
      provider: 'cosign',
      matchOIDCIdentity: [{ issuer: `^${issuer}$`, subject: `^${subject}$` }],
    });
  }

  private constructor(
    private readonly verify: OCIRepositorySpecVerify,
    private readonly publicKeys?: SecretRef,
  ) {}

  /** `spec.verify` of an OCIRepository in `namespace`. @internal */
  public _verifyIn(namespace: string): OCIRepositorySpecVerify {
    return {
      ...this.verify,
      ...(this.publicKeys && { secretRef: this.publicKeys._from(namespace) }),
    };
  }
}

/** `text` as a regular expression of Go that matches just it. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Returns `name` when it can be (the start of) a branch or tag; throws otherwise. */
export function requireGitName(what: string, name: string): string {
  const isWrong =
    !/^[A-Za-z0-9][A-Za-z0-9._/-]{0,243}$/.test(name) ||
    /\.\.|\/\/|\/$|\.lock(?:\/|$)|\/\./.test(name);
  if (isWrong) {
    throw new Error(`${what} must be letters, digits, '.', '_', '/' and '-', got ${quoted(name)}`);
  }
  return name;
}
