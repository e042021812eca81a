/** The name grammar of the OCI distribution specification; it leaves no room for '..', '//', '@' or '?'. */
const OCI_PATH = '(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)+';
const HOST = '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?';
const OCI_REPOSITORY = new RegExp(`^(${HOST})${OCI_PATH}$`);
const GIT_URL = new RegExp(
  `^(?:https://${HOST}|ssh://(?:[A-Za-z0-9._-]+@)?${HOST})(?:/[A-Za-z0-9._~-]+)+/?$`,
);
const HTTPS_URL = new RegExp(`^https://${HOST}(?:/[A-Za-z0-9._~-]+)*/?$`);

/**
 * Returns `repository`, an image or artifact name with neither scheme nor tag, when its host is one and its path
 * is in canonical form; throws otherwise.
 */
export function requireOciRepository(what: string, repository: string): string {
  const host = OCI_REPOSITORY.exec(repository)?.[1];
  if (host === undefined || repository.length > 255) {
    throw new Error(
      `${what} must be '<host>/<path>' in lowercase, without scheme, tag or digest, got '${repository}'`,
    );
  }
  if (!/[.:]/.test(host)) {
    throw new Error(
      `${what} must start with a host that has a dot or a port, or it means Docker Hub, got '${repository}'`,
    );
  }
  return repository;
}

/** Returns `url` without 'oci://' when what follows is an OCI repository; throws otherwise. */
export function requireOciUrl(what: string, url: string): string {
  if (!url.startsWith('oci://')) {
    throw new Error(`${what} must start with 'oci://', got '${url}'`);
  }
  requireOciRepository(what, url.slice('oci://'.length));
  return url;
}

/** Returns `url` when Flux can clone it over an encrypted transport and it carries no password; throws otherwise. */
export function requireGitUrl(what: string, url: string): string {
  if (!GIT_URL.test(url) || hasDotSegment(url)) {
    throw new Error(
      `${what} must be 'https://<host>/<path>' or 'ssh://<user>@<host>/<path>', without password, got '${url}'`,
    );
  }
  return url;
}

/** Returns `url` when it is an encrypted one without credentials; throws otherwise. */
export function requireHttpsUrl(what: string, url: string): string {
  if (!HTTPS_URL.test(url) || hasDotSegment(url)) {
    throw new Error(`${what} must be 'https://<host>/<path>', got '${url}'`);
  }
  return url;
}

function hasDotSegment(url: string): boolean {
  return url.split('/').some((part) => part === '.' || part === '..');
}
