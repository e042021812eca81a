/** What kustomize fetches rather than reads: a URL, or one of the short forms of a Git repository. */
const REMOTE =
  /^(?:https?:|(?:git::)?(?:(?:ssh|file|https?):\/\/|[^/@]+@[^/]+[:/]|github\.com[:/][^/]+\/|gh:[^/]+\/))/i;

export function isRemote(path: string): boolean {
  return REMOTE.test(path);
}

/** Whether kustomize fetches a file from there: a patch, or what a generator puts into an object. */
export function isUrl(path: string): boolean {
  return /^https?:/i.test(path);
}

/** `relative` seen from `directory`; undefined where that is outside of the repository. The root is ''. */
export function localPath(directory: string, relative: string): string | undefined {
  if (relative.startsWith('/')) {
    return undefined;
  }
  const parts = directory === '' ? [] : directory.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) {
        return undefined;
      }
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.join('/');
}
