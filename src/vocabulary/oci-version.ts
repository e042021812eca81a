import type { OCIRepositorySpecRef } from '../imports/source.toolkit.fluxcd.io';
import { TEXT, optional, requireForm, requireProps } from './form';
import { quoted } from './quoted';
import { SemverRange } from './semver-range';
import { wholeTag } from './tag-filter';

/** Which tags count as versions. */
export interface SemverOptions {
  /**
   * Regular expression of Go (RE2) that a tag must match as a whole: it starts with `^` and ends with `$`. For a repository
   * whose tags carry more than versions, such as `^[0-9.]+-edge$`.
   *
   * @default - all tags that are semantic versions
   */
  readonly filter?: string;
}

/**
 * Which version of an OCI artifact Flux takes.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#reference
 */
export class OciVersion {
  /**
   * The highest semantic version within a range, such as `>=1.0.0 <2.0.0`: tags must be of the form `1.2.3`.
   *
   * Throws when the range holds anything but versions and comparisons, or Flux could not use the filter.
   */
  public static semver(versions: string, options: SemverOptions = {}): OciVersion {
    requireForm('semver range', versions, TEXT);
    requireProps('OciVersion.semver', options, { filter: optional(TEXT) });
    const semver = requireSemverRange(versions);
    const { filter } = options;
    return new OciVersion(
      filter === undefined ? { semver } : { semver, semverFilter: wholeTag('filter', filter) },
    );
  }

  /**
   * Exactly one artifact, which nobody can replace.
   *
   * @param digest `sha256:` and 64 hexadecimal digits; throws on anything else
   */
  public static digest(digest: string): OciVersion {
    if (typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest)) {
      throw new Error(`digest must be 'sha256:' and 64 hexadecimal digits, got ${quoted(digest)}`);
    }
    return new OciVersion({ digest });
  }

  /**
   * Whatever artifact carries a tag at the moment. Whoever can push to the registry decides what that is,
   * within what the signature allows: prefer `semver` or `digest`.
   */
  public static mutableTag(tag: string): OciVersion {
    if (typeof tag !== 'string' || !/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(tag)) {
      throw new Error(`tag must be letters, digits, '.', '_' and '-', got ${quoted(tag)}`);
    }
    return new OciVersion({ tag }, `takes whatever carries the tag '${tag}' at the moment`);
  }

  private constructor(
    /** @internal */
    readonly _ref: OCIRepositorySpecRef,
    /**
     * Why it is hardly a version.
     *
     * @internal
     */
    readonly _doubt?: string,
  ) {}
}

/** Returns `versions` when it is a semantic version range that Flux takes; throws otherwise. */
export function requireSemverRange(versions: string): string {
  new SemverRange(versions);
  return versions;
}
