import { goRegex } from './go-regex';
import { quoted } from './quoted';

/** What Flux leaves out by itself, signatures; a list of one's own replaces it. */
const SIGNATURES = '^.*\\.sig$';

/** As many as an ImageRepository takes. */
const MOST_PATTERNS = 25;

/** The `exclusionList` of an ImageRepository. Throws when it is too long, or Flux could not use a pattern. */
export function exclusionList(patterns: readonly string[]): string[] {
  const all = [...new Set([SIGNATURES, ...patterns])];
  if (all.length > MOST_PATTERNS) {
    throw new Error(
      `excluded tags must be at most ${MOST_PATTERNS - 1} patterns, got ${patterns.length}`,
    );
  }
  for (const pattern of all) {
    if (goRegex('excluded tag', pattern).matcher('').find()) {
      throw new Error(
        `excluded tag must not match the empty text, and so any tag, got ${quoted(pattern)}`,
      );
    }
  }
  return all;
}

/** Whether the scan leaves `tag` out. */
export function isExcluded(tag: string, patterns: readonly string[] = []): boolean {
  return exclusionList(patterns).some((pattern) =>
    goRegex('excluded tag', pattern).matcher(tag).find(),
  );
}
