import { HookedCanary, HookMetadata } from './canary-hook';
import { NUMBER, TEXT, optional, requireProps } from './form';
import { isHost } from './host';
import { quoted } from './quoted';
import { requireUrlPath } from './url';
import { requireWholeNumber } from './whole-number';

/** Requests that a load tester sends to a new version. */
export interface LoadTestOptions {
  /** All of them together. @default 10 */
  readonly requestsPerSecond?: number;
  /** Letters, digits and `.`, `_`, `~`, `-` and `/`. @default '/' */
  readonly path?: string;
  /**
   * Where requests come in that an ingress controller or Gateway measures: `http://<service>.<namespace>`. The tenant's `network` must
   * let the load tester reach it, by `egressToNamespaces`.
   *
   * @default - the Service of the new version itself, as meshes measure
   */
  readonly through?: string;
  /**
   * Host that requests which come `through` something are for.
   *
   * @default - the first one that the provider was given
   */
  readonly host?: string;
}

const CONNECTIONS = 2;

/**
 * What has Flagger's load tester send requests to a canary. Throws when an option is out of range, or could be read as part of a
 * command.
 */
export function loadTest(options: LoadTestOptions): HookMetadata {
  requireProps('load test', options, {
    requestsPerSecond: optional(NUMBER),
    path: optional(TEXT),
    through: optional(TEXT),
    host: optional(TEXT),
  });
  const { requestsPerSecond = 10, path = '/', through, host } = options;
  requireWholeNumber('requestsPerSecond', requestsPerSecond, 1, 10000);
  requireUrlPath('path of a load test', path);
  if (through !== undefined && !isPlainUrl(through)) {
    throw new Error(
      `load test must go through 'http://<service>.<namespace>' or the like, without a path, got ${quoted(through)}`,
    );
  }
  if (host !== undefined && !isHost(host)) {
    throw new Error(`host of a load test must be a host name in lowercase, got ${quoted(host)}`);
  }
  return (canary) => ({
    type: 'cmd',
    cmd: [
      `hey -z ${canary.interval}s -q ${requestsPerSecond / CONNECTIONS} -c ${CONNECTIONS}`,
      ...(through === undefined ? [] : [`-host ${hostOf(canary, host)}`]),
      ...(canary.header === undefined ? [] : [`-H '${canary.header}'`]),
      `${through ?? `http://${canary.service}-canary.${canary.namespace}.svc:${canary.port}`}${path}`,
    ].join(' '),
  });
}

function isPlainUrl(url: string): boolean {
  const [, place] = /^https?:\/\/([^/]+)$/.exec(url) ?? [];
  return isHost(place, { port: true });
}

function hostOf(canary: HookedCanary, given: string | undefined): string {
  const host = given ?? canary.host;
  if (host === undefined || host.startsWith('*.')) {
    throw new Error(
      `load test of '${canary.service}' must have a host, which its provider was not given: load({ host: '…' })`,
    );
  }
  return host;
}
