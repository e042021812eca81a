/** What the system's reasons mean to people. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EISDIR: 'it is a directory',
  ELOOP: 'links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'it is not there',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'what should be a directory is a file',
  EPERM: 'permission is denied',
  EROFS: 'the disk can only be read',
};

/** Why the disk refused something, in words: what could not be done, the reason, and what to do. */
export function diskError(what: string, error: unknown, remedy: string): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = (code !== undefined && REASONS[code]) || message;
  return new Error(`cannot ${what}: ${reason}; ${remedy}`);
}
