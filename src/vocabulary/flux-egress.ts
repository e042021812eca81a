import { SECRET_REF, TEXT, listOf, optional, requireForm, requireProps } from './form';
import { isHost } from './host';
import { quoted } from './quoted';
import { SecretRef } from './secret-ref';

/** How the controllers of Flux reach what is outside of the cluster. */
export interface FluxEgress {
  /**
   * Address of the proxy, `http://…` or `https://…`, without password: it stands in Git. The API server, and services that are
   * asked by their names in the cluster, are reached without it.
   *
   * @default - none: controllers reach registries and Git hosts directly
   * @see https://fluxcd.io/flux/installation/configuration/proxy-setting/
   */
  readonly proxy?: string;
  /**
   * Hosts, domains (`.acme.example`) and ranges of addresses (`10.0.0.0/8`) that are reached without the proxy, too.
   *
   * @default - none
   */
  readonly noProxy?: string[];
  /**
   * Secret in `flux-system` with the certificates of authorities that controllers trust besides the public ones: each of its
   * keys is a file in PEM. Controllers do not start without it: create it before they ask for it.
   *
   * @default - none
   */
  readonly authorities?: SecretRef;
}

const REACHED = /^\.?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5}|\/[0-9]{1,3})?$/;

/** Returns `egress` when controllers understand all of it; throws otherwise. */
export function requireEgress(egress: FluxEgress): FluxEgress {
  requireProps("'egress'", egress, {
    proxy: optional(TEXT),
    noProxy: optional(listOf(TEXT)),
    authorities: optional(SECRET_REF),
  });
  const { proxy, noProxy = [] } = egress;
  requireForm("'proxy' of 'egress'", proxy, noProxy.length > 0 ? TEXT : optional(TEXT));
  const host = proxy === undefined ? undefined : /^https?:\/\/([^/]+)$/.exec(proxy)?.[1];
  if (proxy !== undefined && !isHost(host, { port: true })) {
    throw new Error(
      `proxy must be 'http://<host>:<port>' or 'https://…', without user and path, got ${quoted(proxy)}`,
    );
  }
  for (const one of noProxy) {
    if (!REACHED.test(one)) {
      throw new Error(
        `noProxy must be hosts, domains such as '.acme.example' or ranges such as '10.0.0.0/8', got ${quoted(one)}`,
      );
    }
  }
  return egress;
}
