/** Name of the list, in the root of a repository, of the files that this library wrote and may remove. */
export const OWNED_FILES = '.files-owned-by-cdk8s-flux-tenants';

/** Name of the one file, in the root of a repository, that a text stands in until it takes its place: one a process. */
export const STAGED_FILE = `.cdk8s-flux-tenants.${process.pid}.tmp`;

/** Whether a file in the root is one that some process staged. */
export function isStaged(name: string): boolean {
  return /^\.cdk8s-flux-tenants\.[0-9]+\.tmp$/.test(name);
}

const HEADER = [
  '# Files that cdk8s-flux-tenants writes. It removes those that the program no longer asks for,',
  '# and never touches a file that is not listed here. Commit this list together with them.',
];

/** `.git`, and the names that Windows takes for it. */
const GIT = /^(?:\.git|git~1)[. ]*$/i;

const REPOSITORY = '# repository: ';

/** The list as text. */
export function formatOwnedFiles(repository: string, paths: Iterable<string>): string {
  return [...HEADER, REPOSITORY + repository, ...[...paths].sort(), ''].join('\n');
}

/** Throws when the text of a list says that it belongs to another repository, whose files would all be removed. */
export function requireRepository(repository: string, root: string, text: string): void {
  const line = text.split(/\r?\n/).find((one) => one.startsWith(REPOSITORY));
  const other = line?.slice(REPOSITORY.length);
  if (other !== undefined && other !== repository) {
    throw new Error(
      `'${root}' holds repository '${other}', not '${repository}'; ` +
        `if it was renamed, change the name in ${OWNED_FILES}`,
    );
  }
}

/**
 * The paths in the text of a list. It may have been edited by anyone who can write to the repository, so that
 * every line is refused, with a reason, that could name something outside it.
 */
export function parseOwnedFiles(text: string): Set<string> {
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const refused = lines.flatMap((line) => {
    const reason = whyUnsafe(line);
    const shown = line.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
    return reason
      ? `not deleting '${shown}' from ${OWNED_FILES}, because ${reason}; remove the line to go on`
      : [];
  });
  if (refused.length > 0) {
    throw new Error(refused.join('\n'));
  }
  return new Set(lines);
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
  if (parts.some((part) => GIT.test(part))) {
    return "it is Git's own";
  }
  if (path === OWNED_FILES || isStaged(path)) {
    return "it is this library's own";
  }
  return undefined;
}
