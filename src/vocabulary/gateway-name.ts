import { isDnsLabel, isObjectName } from './names';
import { quoted } from './quoted';

/** `<namespace>/<name>` as objects have it: a regular expression for both JavaScript and CEL. */
export const GATEWAY_PATTERN = '[a-z0-9-]+/[a-z0-9.-]+';

const SPELLED = new RegExp(`^${GATEWAY_PATTERN}$`);

/** Returns `gateway` when it is `<namespace>/<name>`; throws otherwise. */
export function requireGateway(what: string, gateway: string): string {
  const [namespace, name, ...more] = String(gateway).split('/');
  if (!isDnsLabel(namespace) || !isObjectName(name) || more.length > 0) {
    throw new Error(`${what} must be '<namespace>/<name>', got ${quoted(gateway)}`);
  }
  return gateway;
}

/** The namespace of `gateway`; undefined when it is not `<namespace>/<name>`. */
export function gatewayNamespace(gateway: unknown): string | undefined {
  return typeof gateway === 'string' && SPELLED.test(gateway) ? gateway.split('/')[0] : undefined;
}
