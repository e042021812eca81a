import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { allowSources } from '../vocabulary/allowed-sources';
import { AddressRange, contains, requireCidr } from '../vocabulary/cidr';
import { TEXT, listOf, optional, requireProps } from '../vocabulary/form';
import { NAMESPACE_NAME_LABEL, PRUNE_DISABLED, TENANT_LABEL } from '../vocabulary/labels';
import { requireDnsLabel } from '../vocabulary/names';
import { ITenant } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { warn } from '../vocabulary/warning';
import { kubernetesObject } from './kubernetes-object';

/**
 * Who pods of a tenant may talk to, and answer for, beside each other and the cluster's DNS. It takes a network plugin that
 * enforces NetworkPolicies.
 */
export interface TenantNetwork {
  /**
   * Namespaces whose pods may connect to the tenant's: the ingress controller or mesh gateway, Prometheus, Flagger.
   *
   * @default - none
   */
  readonly ingressFromNamespaces?: string[];
  /**
   * Namespaces whose pods the tenant's may connect to.
   *
   * @default - none
   */
  readonly egressToNamespaces?: string[];
  /**
   * Address ranges outside the cluster that the tenant's pods may connect to, such as `203.0.113.0/24`. The
   * addresses at which clouds hand out credentials are left out of wide ranges, and refused by themselves.
   *
   * @default - none
   */
  readonly egressToCidrs?: string[];
  /**
   * Hosts that its own Ingresses, routes and canaries may answer for: a name such as `shop.example.com` stands for itself alone,
   * `*.shop.example.com` for all below it. The hosts of the program's `CanaryApp`s are allowed besides.
   *
   * No other tenant of the fleet may have them, on whichever clusters: synthesis fails when one lists the same, or one below.
   *
   * @default - none
   */
  readonly hosts?: string[];
  /**
   * Hosts like `hosts`, that other tenants may have, too, when they say so themselves: for teams behind one name, each below a path.
   * Nothing keeps their paths apart: each of them can take the traffic of all. The plan warns of it.
   *
   * @default - none
   */
  readonly sharedHosts?: string[];
  /**
   * Gateways of the platform that its own canaries and routes may be attached to, as `<namespace>/<name>`: those of the Gateway API,
   * and Istio's. Those in its own namespaces, and those of the program's `CanaryApp`s, are allowed besides.
   *
   * @default - none
   */
  readonly gateways?: string[];
}

/** Throws when a prop is of another form than it has to be. */
export function requireNetwork(tenant: string, network: TenantNetwork): void {
  requireProps(`network of tenant '${tenant}'`, network, {
    ingressFromNamespaces: optional(listOf(TEXT)),
    egressToNamespaces: optional(listOf(TEXT)),
    egressToCidrs: optional(listOf(TEXT)),
    hosts: optional(listOf(TEXT)),
    sharedHosts: optional(listOf(TEXT)),
    gateways: optional(listOf(TEXT)),
  });
}

/** Lets a tenant answer for its hosts, at the gateways that it may be attached to. Throws when one is none. */
export function allowTraffic(
  tenant: Construct & ITenant,
  { hosts, sharedHosts, gateways }: TenantNetwork,
): void {
  allowSources(tenant, { hosts, 'shared-hosts': sharedHosts, gateways });
  if (sharedHosts && sharedHosts.length > 0) {
    warn(
      tenant,
      `tenant '${tenant.tenantName}' shares ${sharedHosts.map(quoted).join(', ')}: ` +
        'each tenant that shares a host can take all its traffic',
    );
  }
}

/** The policies of a tenant that let others connect to its pods. */
export const ALLOW_OWN = 'allow-own-namespaces';
export const ALLOW_INGRESS = 'allow-ingress';

/** NetworkPolicies of one namespace: everything is denied but what is named. Throws when a name or a range is none. */
export function tenantNetworkPolicies(
  scope: Construct,
  namespace: string,
  tenant: string,
  network: TenantNetwork,
): void {
  const policy = (
    name: string,
    spec: Record<string, unknown>,
    annotations?: ApiObjectMetadata['annotations'],
  ) =>
    kubernetesObject(
      scope,
      `${namespace}-${name}`,
      'networking.k8s.io/v1',
      'NetworkPolicy',
      { name, namespace, annotations },
      { spec: { podSelector: {}, ...spec } },
    );
  const ownPods = [{ namespaceSelector: { matchLabels: { [TENANT_LABEL]: tenant } } }];
  const ingress = (network.ingressFromNamespaces ?? []).map(namespacePeer);
  const egress = [
    ...(network.egressToNamespaces ?? []).map(namespacePeer),
    ...(network.egressToCidrs ?? []).map(ipBlock),
  ];

  policy('default-deny', { policyTypes: ['Ingress', 'Egress'] }, PRUNE_DISABLED);
  policy(ALLOW_OWN, {
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: ownPods }],
    egress: [{ to: ownPods }],
  });
  policy('allow-dns', {
    policyTypes: ['Egress'],
    egress: [
      {
        to: [
          {
            ...namespacePeer('kube-system'),
            podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          },
        ],
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 53, protocol: 'TCP' },
        ],
      },
    ],
  });
  if (ingress.length > 0) {
    policy(ALLOW_INGRESS, { policyTypes: ['Ingress'], ingress: [{ from: ingress }] });
  }
  if (egress.length > 0) {
    policy('allow-egress', { policyTypes: ['Egress'], egress: [{ to: egress }] });
  }
}

/** The pods of a namespace. Throws when its name is none. */
export function namespacePeer(namespace: string) {
  return {
    namespaceSelector: {
      matchLabels: { [NAMESPACE_NAME_LABEL]: requireDnsLabel('namespace', namespace) },
    },
  };
}

/** Addresses at which clouds hand out the credentials of a node. */
const METADATA = [
  '169.254.0.0/16',
  '::ffff:169.254.0.0/112',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
];

/** What a wide range leaves out: those, and what is local to a node. */
const LEFT_OUT = [...METADATA, 'fe80::/10'];

function ipBlock(cidr: string) {
  const opened = requireCidr(cidr);
  const closed = METADATA.find((metadata) => contains(requireCidr(metadata), opened));
  if (closed !== undefined) {
    throw new Error(
      `address range must not be within '${closed}', where clouds hand out the credentials of a node, got '${cidr}'`,
    );
  }
  const except = LEFT_OUT.filter((local) => isBelow(requireCidr(local), opened));
  return { ipBlock: { cidr, ...(except.length > 0 && { except }) } };
}

/** Whether `inner` is part of `outer`, but not all of it: what the API server takes for an exception. */
function isBelow(inner: AddressRange, outer: AddressRange): boolean {
  return contains(outer, inner) && outer.prefix < inner.prefix;
}
