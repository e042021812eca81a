import { RE2JS } from 're2js';
import { goRegex } from './go-regex';
import { quoted } from './quoted';

/** What Flux leaves out by itself, signatures; a list of one's own replaces it. */
const SIGNATURES = '^.*\\.sig$';

/** As many as an ImageRepository takes. */
const MOST_PATTERNS = 25;

/** The tags that an ImageRepository leaves out when it scans. */
export class ExcludedTags {
  private readonly regexes = new Map<string, RE2JS>();

  /** Throws when there are too many patterns, or Flux could not use one. */
  constructor(patterns: readonly string[]) {
    const all = new Set([SIGNATURES, ...patterns]);
    if (all.size > MOST_PATTERNS) {
      throw new Error(
        `excluded tags must be at most ${MOST_PATTERNS - 1} patterns, got ${patterns.length}`,
      );
    }
    for (const pattern of all) {
      const regex = goRegex('excluded tag', pattern);
      if (regex.matcher('').find()) {
        throw new Error(
          `excluded tag must not match the empty text, and so any tag, got ${quoted(pattern)}`,
        );
      }
      this.regexes.set(pattern, regex);
    }
  }

  /** The `exclusionList` of an ImageRepository. */
  public get list(): string[] {
    return [...this.regexes.keys()];
  }

  /** Whether the scan leaves `tag` out. */
  public has(tag: string): boolean {
    return [...this.regexes.values()].some((regex) => regex.matcher(tag).find());
  }
}
