import type { RE2JS } from 're2js';
import { quoted } from './quoted';
import { remembering } from './remembering';

const compiled = remembering((pattern) => re2js().RE2JS.compile(pattern));

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

/** Loaded with the first expression, which few programs have: it is the largest single file of all. */
function re2js(): typeof import('re2js') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` would load it with this file
  return require('re2js');
}
