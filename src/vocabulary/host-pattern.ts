import { isAddressOrLocalhost, isHost } from './host';
import { quoted } from './quoted';

/**
 * A host name as objects have it, or all below one: a regular expression for both JavaScript and CEL. What is spelled otherwise, with a
 * port, a capital or a dot at the end, controllers read in more ways than one.
 */
export const HOST_PATTERN =
  '([*][.])?[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*';

/** Annotations that ExternalDNS writes into the DNS, whatever `spec` says: hosts with commas between. */
export const DNS_ANNOTATION = '^external-dns[.]alpha[.]kubernetes[.]io/(internal-)?hostname$';

/** Annotations of an Ingress or a Service that write configuration of a controller that all share. */
export const CONFIGURATION_ANNOTATION =
  '/(([a-z-]+-)?snippets?|config-(backend|tcp-service)(-early|-late)?|route-acl)$|^getambassador[.]io/config$';

/** Annotations by which an Ingress answers for more than its rules say. */
export const ALIAS_ANNOTATION =
  '/(server-alias(-regex)?|host-alias(es)?(-regex)?|hostname-extension|redirect-from(-regex)?|' +
  'from-to-www-redirect|skipper-routes|router[.]pathmatcher)$';

/** Annotations with conditions of AWS for the rules of an Ingress: hosts among them are added to that of the rule. */
export const CONDITIONS_ANNOTATION = '/conditions[.]';

/**
 * The path of an Ingress: what Traefik puts between backticks in the rule that has it answer for a host, so that one in the path would
 * end it and let another host follow.
 */
export const PATH_PATTERN = '^[!-_a-~]*$';

/** What stands in such conditions that name hosts, or may be spelled in another way by an escape of JSON. */
export const HOST_CONDITIONS: readonly string[] = ['host-header', '\\'];

const SPELLED = new RegExp(`^${HOST_PATTERN}$`);

/** Services of any namespace, whose traffic a mesh would turn over, and names that mean what a search path makes of them. */
const IN_CLUSTER = /^[^.]+$|\.(?:svc|local)$|\.svc\./;

/** Whether who may answer for `listed` may answer for `host`: for exactly that one, or for all below where `*.` stands before it. */
export function coversHost(listed: string, host: unknown): boolean {
  return (
    typeof host === 'string' &&
    SPELLED.test(host) &&
    (host === listed || (listed.startsWith('*.') && host.endsWith(listed.slice(1))))
  );
}

/** Returns `pattern` when it is a host name outside of the cluster, or `*.` and one; throws otherwise. */
export function requireHostPattern(what: string, pattern: string): string {
  const host = typeof pattern === 'string' ? pattern.replace(/^\*\./, '') : pattern;
  if (!isHost(host) || isAddressOrLocalhost(host) || IN_CLUSTER.test(host)) {
    throw new Error(
      `${what} must be a lowercase DNS name outside of the cluster, with '*.' before it for all below, got ${quoted(pattern)}` +
        (/[^\0-\x7f]/.test(String(pattern))
          ? '; other letters than ASCII are written as xn--…'
          : ''),
    );
  }
  return pattern;
}
