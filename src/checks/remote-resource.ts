/** Forms of a Git repository that need no scheme of the web. */
const GIT = /^(?:git::|git:\/\/|ssh:\/\/|[^/@:]+@[^/:]+[:/]|github\.com[:/][^/]+\/|gh:[^/]+\/)/i;

/** What marks a Git repository in an address of the web: its name, a path in it or a revision. */
const GIT_ON_WEB = /\.git(?:$|[/?])|\/_git\/|^https?:\/\/[^?]*[^:]\/\/|[?&](?:ref|version)=/i;

/** What a kustomization file has fetched; undefined for a path, and for what may be either. */
export function remoteResource(resource: unknown): 'git' | 'file' | undefined {
  if (typeof resource !== 'string') {
    return undefined;
  }
  const isOnWeb = /^https?:\/\//i.test(resource);
  const isGit = isOnWeb ? GIT_ON_WEB.test(resource) : GIT.test(resource);
  if (isGit) {
    return 'git';
  }
  return isOnWeb && /^[^?#]+\.(?:ya?ml|json)(?:[?#].*)?$/i.test(resource) ? 'file' : undefined;
}
