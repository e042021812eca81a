import { SECRET_REF, TEXT, optional, requireForm, requireProps } from './form';
import { isPrintable } from './printable';
import { quoted } from './quoted';
import { SecretRef } from './secret-ref';

/** Who the commits of image automation are from. */
export interface CommitAuthor {
  /** @default 'fluxcdbot' */
  readonly name?: string;
  /** An address that the Git host accepts. */
  readonly email: string;
}

/** What image automation signs its commits with. */
export class CommitSigning {
  /** A Secret whose key `git.asc` holds an armored PGP key, and `passphrase` what unlocks it. */
  public static gpg(key: SecretRef): CommitSigning {
    return new CommitSigning('gpg', key);
  }

  /** A Secret whose key `identity` holds an OpenSSH key, and `password` what unlocks it. */
  public static ssh(key: SecretRef): CommitSigning {
    return new CommitSigning('ssh', key);
  }

  private constructor(
    /** @internal */
    readonly _type: 'gpg' | 'ssh',
    /** @internal */
    readonly _key: SecretRef,
  ) {
    requireForm('secret with a signing key', _key, SECRET_REF);
  }
}

/** Throws on what would end the line of a commit's header that holds the author, or Git would leave out. */
export function requireAuthor(author: CommitAuthor): void {
  requireProps('author of commits', author, { name: optional(TEXT), email: TEXT });
  const { email } = author;
  const name = author.name ?? 'fluxcdbot';
  if (!isPrintable(name) || /[<>]/.test(name) || !/[\p{L}\p{N}]/u.test(name)) {
    throw new Error(
      `author name must be a text of one line without '<' and '>', got ${quoted(name)}`,
    );
  }
  const [local, domain, ...more] = email.split('@');
  const isAddress =
    isPrintable(email) &&
    email.length <= 254 &&
    !/[\s<>]/.test(email) &&
    local !== '' &&
    more.length === 0 &&
    domain?.includes('.') &&
    !domain.split('.').includes('');
  if (!isAddress) {
    throw new Error(`author email must be an address, got ${quoted(email)}`);
  }
}
