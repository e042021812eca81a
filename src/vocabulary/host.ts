import { quoted } from './quoted';

/** What a host may be besides a name. */
export interface HostForm {
  /** Whether a port may follow it. @default false */
  readonly port?: boolean;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** A last label that makes URL parsers read the whole host as one IPv4 address, however it is spelled. */
const NUMBER = /(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\.(?!$)|$)){4}$/;
const PORT = /^[1-9][0-9]{0,4}$/;

/** Whether `value` is a lowercase host name, or an IPv4 address, which looks like one. */
export function isHost(value: unknown, { port = false }: HostForm = {}): value is string {
  if (typeof value !== 'string') {
    return false;
  }
  const colon = port ? value.indexOf(':') : -1;
  const name = colon < 0 ? value : value.slice(0, colon);
  const number = colon < 0 ? '443' : value.slice(colon + 1);
  return (
    name.length <= 253 &&
    name.split('.').every((label) => LABEL.test(label)) &&
    (!NUMBER.test(name) || IPV4.test(name)) &&
    PORT.test(number) &&
    Number(number) <= 65535
  );
}

/** Returns `value` when it is a lowercase host name; throws otherwise. */
export function requireHost(what: string, value: string, form: HostForm = {}): string {
  if (!isHost(value, form)) {
    throw new Error(
      `${what} must be a host name in lowercase${form.port ? ', with or without a port' : ''}, got ${quoted(value)}`,
    );
  }
  return value;
}

/** Whether a host is an address or this machine, which registry clients take for one without TLS. */
export function isAddressOrLocalhost(host: string): boolean {
  const name = host.replace(/:[0-9]+$/, '');
  // No top-level domain is a number.
  return /(?:^|\.)[0-9]+$/.test(name) || /(?:^|\.)localhost$/.test(name);
}
