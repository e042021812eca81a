import { RE2JS } from 're2js';
import { quoted } from './quoted';
import { remembering } from './remembering';

const compiled = remembering((pattern) => RE2JS.compile(pattern));

/** `pattern` as the regular expressions of Go, which Flux uses, understand it. Throws when they do not. */
export function goRegex(what: string, pattern: string): RE2JS {
  try {
    return compiled(pattern);
  } catch (error) {
    throw new Error(
      `${what} must be a regular expression of Go (RE2: no look-around, no back-references), ` +
        `got ${quoted(pattern)}: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
