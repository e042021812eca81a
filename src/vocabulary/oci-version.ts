import type { OCIRepositorySpecRef } from '../imports/source.toolkit.fluxcd.io';
import { quoted } from './quoted';
import { SemverRange } from './semver-range';

/**
 * Which version of an OCI artifact Flux takes.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#reference
 */
export class OciVersion {
  /**
   * The highest semantic version within a range, such as `>=1.0.0 <2.0.0`: tags must be of the form `1.2.3`.
   *
   * Throws when the range holds anything but versions and comparisons.
   */
  public static semver(versions: string): OciVersion {
    return new OciVersion({ semver: requireSemverRange(versions) });
  }

  /**
   * Exactly one artifact, which nobody can replace.
   *
   * @param digest `sha256:` and 64 hexadecimal digits; throws on anything else
   */
  public static digest(digest: string): OciVersion {
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
      throw new Error(`digest must be 'sha256:' and 64 hexadecimal digits, got ${quoted(digest)}`);
    }
    return new OciVersion({ digest });
  }

  /**
   * Whatever artifact carries a tag at the moment. Whoever can push to the registry decides what that is,
   * within what the signature allows: prefer `semver` or `digest`.
   */
  public static mutableTag(tag: string): OciVersion {
    if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(tag)) {
      throw new Error(`tag must be letters, digits, '.', '_' and '-', got ${quoted(tag)}`);
    }
    return new OciVersion({ tag });
  }

  private constructor(
    /** @internal */
    readonly _ref: OCIRepositorySpecRef,
  ) {}
}

/** Returns `versions` when it is a semantic version range that Flux takes; throws otherwise. */
export function requireSemverRange(versions: string): string {
  new SemverRange(versions);
  return versions;
}
