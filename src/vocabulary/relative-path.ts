import { quoted } from './quoted';

const SEGMENT = '[A-Za-z0-9_-][A-Za-z0-9._-]*';
const RELATIVE = new RegExp(`^(?:\\./)?(?:${SEGMENT}(?:/${SEGMENT})*/?)?$`);

/**
 * Returns `path` when it is a directory at or below the one it is relative to, with or without './' in front, and
 * passes through nothing hidden; throws otherwise.
 */
export function requireRelativePath(what: string, path: string): string {
  if (path === '' || path.length > 1024 || !RELATIVE.test(path)) {
    throw new Error(
      `${what} must be a relative directory such as './apps/team-a', got ${quoted(path)}`,
    );
  }
  return path;
}

/** `path` without what its start and end may add to it; empty for the directory that it is relative to. */
export function bareDirectory(path: string): string {
  return path.replace(/^\.\/|\/$/g, '');
}

/** The bare directory of `path`. Throws as `requireRelativePath` does. */
export function plainDirectory(what: string, path: string): string {
  return bareDirectory(requireRelativePath(what, path));
}

/** Whether `path` is `directory`, or lies below it, where '' is what both are relative to. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}
