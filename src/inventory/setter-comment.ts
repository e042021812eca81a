import { Scalar } from 'yaml';

/** Flux's own test of whether a file is worth parsing. */
export const MARKER_KEY = '"$imagepolicy"';

/** A comment behind a value or behind the header of a block, with its '#'. */
const BEHIND = /(?:[|>][-+\d]*|[ \t]*,)?[ \t]+(#[^\n]*)/y;

/** A line that holds a comment alone, or behind the dash of an item. */
const COMMENT_LINE = /^[ \t]*(-[ \t]+)?(#.*)$/;

/**
 * The setter that Flux would take the comment of a value for, such as `team-a:podinfo:tag`. Like Flux, it looks at the
 * comment behind the value, and only where there is none at the one above an item or a value on a line of its own.
 *
 * The text is read rather than the parser's comments: those join lines that Flux tells apart.
 *
 * @param above what the parser found above the value; without it, a line that looks like a comment is none
 */
export function setterAt(
  text: string,
  scalar: Scalar,
  above: string | null | undefined,
): string | undefined {
  const [start, end] = scalar.range!;
  BEHIND.lastIndex = scalar.type?.startsWith('BLOCK') ? start : end;
  const behind = BEHIND.exec(text)?.[1];
  if (behind !== undefined) {
    return setterIn(behind);
  }
  const head = above ? commentAbove(text, start) : undefined;
  return head && setterIn(head);
}

/** What Flux does: a JSON object of strings behind any number of '#'. */
function setterIn(comment: string): string | undefined {
  try {
    const found = JSON.parse(comment.replace(/^#+/, ''));
    const values = Object.values(found ?? {});
    const isStrings = values.every((value) => value === null || typeof value === 'string');
    return isStrings ? found?.$imagepolicy || undefined : undefined;
  } catch {
    return undefined; // a comment of people
  }
}

/** The one line of comment above the line that a value begins; two lines are no marker to Flux. */
function commentAbove(text: string, start: number): string | undefined {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  if (!/^[ \t]*(?:-[ \t]+)?$/.test(text.slice(line, start))) {
    return undefined;
  }
  const above = lineBefore(text, line);
  const [, dash, comment] = COMMENT_LINE.exec(above.text) ?? [];
  const isSecond = !dash && COMMENT_LINE.test(lineBefore(text, above.start).text);
  return isSecond ? undefined : comment;
}

/** The last line before `end` that is not blank. */
function lineBefore(text: string, end: number): { readonly text: string; readonly start: number } {
  let start = end;
  let line = '';
  while (start > 0 && line === '') {
    const stop = start - 1;
    start = stop === 0 ? 0 : text.lastIndexOf('\n', stop - 1) + 1;
    line = text.slice(start, stop).trimEnd();
  }
  return { text: line, start };
}
