import { quoted } from './quoted';

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Longest name whose object still gets Flux's owner labels, which carry it as a label value. */
const LABEL_VALUE_LENGTH = 63;

export function isDnsLabel(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LABEL_VALUE_LENGTH && DNS_LABEL.test(value);
}

export function isObjectName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 253 && DNS_SUBDOMAIN.test(value);
}

/** Returns `value` when it is a DNS label, as names of namespaces and of appliers must be; throws otherwise. */
export function requireDnsLabel(what: string, value: string): string {
  if (!isDnsLabel(value)) {
    throw new Error(
      `${what} must be lowercase letters, digits and '-', at most 63 characters, got ${quoted(value)}`,
    );
  }
  return value;
}

/** Returns `value` when it is a DNS subdomain, as most object names must be; throws otherwise. */
export function requireObjectName(what: string, value: string): string {
  if (!isObjectName(value)) {
    throw new Error(
      `${what} must be lowercase letters, digits, '-' and '.', at most 253 characters, got ${quoted(value)}`,
    );
  }
  return value;
}

/** Namespaces that belong to Kubernetes or to Flux and can be nobody's tenant. */
export function isReservedNamespace(name: string): boolean {
  return name === 'flux-system' || name === 'default' || name.startsWith('kube-');
}
