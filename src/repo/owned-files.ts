/** Name of the list, in the root of a repository, of the files that this library wrote and may remove. */
export const OWNED_FILES = '.files-owned-by-cdk8s-flux-tenants';

const HEADER = [
  '# Files that cdk8s-flux-tenants writes. It removes those that the program no longer asks for,',
  '# and never touches a file that is not listed here. Commit this list together with them.',
];

/** The list as text. */
export function formatOwnedFiles(paths: Iterable<string>): string {
  return [...HEADER, ...[...paths].sort(), ''].join('\n');
}

/**
 * The paths in the text of a list. It may have been edited by anyone who can write to the repository, so that
 * every line is refused, with a reason, that could name something outside it.
 */
export function parseOwnedFiles(text: string): Set<string> {
  const paths = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    if (line !== '' && !line.startsWith('#')) {
      const reason = whyUnsafe(line);
      if (reason) {
        throw new Error(
          `not deleting '${line}' from ${OWNED_FILES}, because ${reason}; remove the line to go on`,
        );
      }
      paths.add(line);
    }
  }
  return paths;
}

/** Why a path could leave the repository or reach what no construct writes; `undefined` when it cannot. */
export function whyUnsafe(path: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) {
    return 'it is an absolute path';
  }
  if (/[\\\u0000-\u001f\u007f]/.test(path)) {
    return 'it has a backslash or a control character';
  }
  const parts = path.split('/');
  if (parts.includes('..')) {
    return 'it is outside the repository';
  }
  if (parts.includes('') || parts.includes('.')) {
    return 'it is not a plain path';
  }
  if (parts[0].toLowerCase() === '.git') {
    return "it is Git's own";
  }
  return undefined;
}
