import { isAddressOrLocalhost, isHost } from './host';
import { quoted } from './quoted';

/** The name grammar of the OCI distribution specification; it leaves no room for '..', '//', '@' or '?'. */
const OCI_PATH =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const URL_SEGMENT = /^[A-Za-z0-9._~-]+$/;
const SSH_USER = /^[A-Za-z0-9_][A-Za-z0-9._-]*@/;
const LONGEST_URL = 2048;

/**
 * Returns `repository`, an image or artifact name with neither scheme nor tag, when its host is one that clients
 * talk TLS to and its path is in canonical form; throws otherwise.
 */
export function requireOciRepository(what: string, repository: string): string {
  return requireOciPlace(what, repository, '');
}

/** Throws of `repository` as it was written, with `scheme` before it. */
function requireOciPlace(what: string, repository: string, scheme: string): string {
  const got = `got ${quoted(`${scheme}${repository}`)}`;
  const host = String(repository).split('/', 1)[0];
  const path = String(repository).slice(host.length + 1);
  if (repository.length > 255 || !isHost(host, { port: true }) || !OCI_PATH.test(path)) {
    throw new Error(
      `${what} must be '${scheme}<host>/<path>' in lowercase, without ${scheme === '' ? 'scheme, ' : ''}tag or digest, ${got}`,
    );
  }
  if (isAddressOrLocalhost(host)) {
    throw new Error(
      `${what} must not be at an IP address or localhost, which is talked to without TLS, ${got}`,
    );
  }
  if (!/[.:]/.test(host)) {
    throw new Error(
      `${what} must start with a host that has a dot or a port, or it means Docker Hub, ${got}`,
    );
  }
  return repository;
}

const OCI = 'oci://';

/** Returns `url` when what follows 'oci://' is an OCI repository; throws otherwise. */
export function requireOciUrl(what: string, url: string): string {
  if (!url.startsWith(OCI)) {
    throw new Error(`${what} must start with '${OCI}', got ${quoted(url)}`);
  }
  requireOciPlace(what, url.slice(OCI.length), OCI);
  return url;
}

/** Returns `url` when Flux can clone it over an encrypted transport and it carries no password; throws otherwise. */
export function requireGitUrl(what: string, url: string): string {
  const [, scheme, rest] = /^(https|ssh):\/\/([^]+)$/.exec(url) ?? [];
  const place = scheme === 'ssh' ? rest.replace(SSH_USER, '') : rest;
  if (place === undefined || !isPlace(place, 1)) {
    throw new Error(
      `${what} must be 'https://<host>/<path>' or 'ssh://<user>@<host>/<path>', without password and '/' at the end, ` +
        `got ${quoted(url)}`,
    );
  }
  return url;
}

/**
 * What tells the Git repository at `url` from others, by whichever transport and in whichever spelling: its host and path.
 */
export function gitPlace(url: string): string {
  if (url.length > LONGEST_URL) {
    return url; // of nobody's repository, and slow to take apart
  }
  const place = url
    .toLowerCase()
    .replace(/^[a-z+]+:\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?/, '$1')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return GIT_ALIASES.reduce((known, [alias, name]) => known.replace(alias, name), place);
}

/** What tells what a source fetches from `url` from what others do: a Git repository, or one of OCI artifacts. */
export function sourcePlace(url: string): string {
  return url.startsWith('oci://') && url.length <= LONGEST_URL
    ? url.toLowerCase().replace(/\/+$/, '')
    : gitPlace(url);
}

/** Other names of Git hosts, and how each spells a repository over https and over ssh. */
const GIT_ALIASES: [alias: RegExp, name: string][] = [
  [/^(?:www|ssh)\.github\.com\//, 'github.com/'],
  [/^(?:www|altssh)\.gitlab\.com\//, 'gitlab.com/'],
  [/^(?:www|altssh)\.bitbucket\.org\//, 'bitbucket.org/'],
  [/^(?:ssh\.dev\.azure\.com|vs-ssh\.visualstudio\.com)\/v3\//, 'dev.azure.com/'],
  [/^([^./]+)\.visualstudio\.com\/(?:defaultcollection\/)?/, 'dev.azure.com/$1/'],
  [/^(dev\.azure\.com\/.*)\/_git\//, '$1/'],
  [/^([^/]+)\/scm\//, '$1/'],
];

/** Returns `url` when it is an encrypted one without credentials; throws otherwise. */
export function requireHttpsUrl(what: string, url: string): string {
  if (!url.startsWith('https://') || !isPlace(url.slice('https://'.length), 0)) {
    throw new Error(
      `${what} must be 'https://<host>/<path>', without '/' at the end, got ${quoted(url)}`,
    );
  }
  return url;
}

/** URLs of repositories of most hosts of Git, and that in words. */
export const OWNER_AND_NAME: readonly [RegExp, string] = [
  /^https:\/\/[^/]+\/[^/]+\/[^/]+$/,
  "'https://<host>/<owner>/<name>'",
];

/** `http` to a Service by its full name, which nobody outside of the cluster can answer for: for both JavaScript and CEL. */
export const SERVICE_URL =
  'http://[a-z0-9]([a-z0-9-]*[a-z0-9])?[.][a-z0-9]([a-z0-9-]*[a-z0-9])?[.]svc([.]cluster[.]local)?(:[0-9]{1,5})?';

/** Returns `url` when it is an encrypted one without credentials, or that of a Service of the cluster; throws otherwise. */
export function requireEndpoint(what: string, url: string): string {
  if (!String(url).startsWith('http://')) {
    return requireHttpsUrl(what, url);
  }
  const place = url.slice('http://'.length);
  if (!new RegExp(`^${SERVICE_URL}(/|$)`).test(url) || !isPlace(place, 0)) {
    throw new Error(
      `${what} must be 'https://<host>/<path>', or 'http://<service>.<namespace>.svc:<port>' in the cluster, got ${quoted(url)}`,
    );
  }
  return url;
}

/** Throws when `path` is none that goes behind a host as it is. */
export function requireUrlPath(what: string, path: string): void {
  if (!/^\/[A-Za-z0-9._~/-]*$/.test(path)) {
    throw new Error(
      `${what} must start with '/' and be letters, digits, '.', '_', '~', '-' and '/', got ${quoted(path)}`,
    );
  }
}

/** Returns `name` when it can be that of a bucket; throws otherwise. */
export function requireBucketName(what: string, name: string): string {
  if (!/^[a-z0-9](?:[a-z0-9._-]{0,220}[a-z0-9])?$/.test(name)) {
    throw new Error(
      `${what} must be lowercase letters, digits, '.', '_' and '-', got ${quoted(name)}`,
    );
  }
  return name;
}

/** Returns `place` when it is `<endpoint>/<bucket>`; throws otherwise. */
export function requireBucketPlace(what: string, place: string): string {
  const [endpoint, bucket, ...more] = place.split('/');
  if (!isHost(endpoint, { port: true }) || bucket === undefined || more.length > 0) {
    throw new Error(`${what} must be '<endpoint>/<bucket>', got ${quoted(place)}`);
  }
  requireBucketName(what, bucket);
  return place;
}

/** Whether `place` is a host and a path of at least so many segments, none of which leads elsewhere. */
function isPlace(place: string, segments: number): boolean {
  const [host, ...path] = place.split('/');
  return (
    place.length <= LONGEST_URL &&
    isHost(host, { port: true }) &&
    path.length >= segments &&
    path.every((part) => URL_SEGMENT.test(part) && part !== '.' && part !== '..')
  );
}
