import { quoted } from './quoted';

/** Returns `name` when it can be (the start of) a branch or tag; throws otherwise. */
export function requireGitName(what: string, name: string): string {
  const isWrong =
    typeof name !== 'string' ||
    !/^[A-Za-z0-9][A-Za-z0-9._/-]{0,243}$/.test(name) ||
    /\.\.|\/\/|\/$|\.lock(?:\/|$)|\/\./.test(name);
  if (isWrong) {
    throw new Error(`${what} must be letters, digits, '.', '_', '/' and '-', got ${quoted(name)}`);
  }
  return name;
}
