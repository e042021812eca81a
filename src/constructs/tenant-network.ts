import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { PRUNE_DISABLED, TENANT_LABEL } from '../vocabulary/labels';
import { requireDnsLabel } from '../vocabulary/names';
import { kubernetesObject } from './kubernetes-object';

/**
 * Who pods of a tenant may talk to beside each other and the cluster's DNS. It takes a network plugin that
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
   * Address ranges outside the cluster that the tenant's pods may connect to, such as `203.0.113.0/24`.
   *
   * @default - none
   */
  readonly egressToCidrs?: string[];
}

/** NetworkPolicies of one namespace: everything is denied but what is named. Throws when a name or a range is none. */
export function tenantNetworkPolicies(
  scope: Construct,
  id: string,
  metadata: Omit<ApiObjectMetadata, 'name'>,
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
      `${id}-${name}`,
      'networking.k8s.io/v1',
      'NetworkPolicy',
      { ...metadata, name, annotations },
      { spec: { podSelector: {}, ...spec } },
    );
  const ownPods = [{ namespaceSelector: { matchLabels: { [TENANT_LABEL]: tenant } } }];
  const ingress = (network.ingressFromNamespaces ?? []).map(namespacePeer);
  const egress = [
    ...(network.egressToNamespaces ?? []).map(namespacePeer),
    ...(network.egressToCidrs ?? []).map((cidr) => ({ ipBlock: { cidr: requireCidr(cidr) } })),
  ];

  policy('default-deny', { policyTypes: ['Ingress', 'Egress'] }, PRUNE_DISABLED);
  policy('allow-own-namespaces', {
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
    policy('allow-ingress', { policyTypes: ['Ingress'], ingress: [{ from: ingress }] });
  }
  if (egress.length > 0) {
    policy('allow-egress', { policyTypes: ['Egress'], egress: [{ to: egress }] });
  }
}

function namespacePeer(namespace: string) {
  return {
    namespaceSelector: {
      matchLabels: { 'kubernetes.io/metadata.name': requireDnsLabel('namespace', namespace) },
    },
  };
}

function requireCidr(cidr: string): string {
  const v4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!\/)|(?=\/))){4}\/(?:[0-9]|[12][0-9]|3[0-2])$/;
  const v6 = /^[0-9a-f:]*:[0-9a-f:]*\/(?:[0-9]|[1-9][0-9]|1[01][0-9]|12[0-8])$/;
  if (!v4.test(cidr) && !v6.test(cidr)) {
    throw new Error(`address range must be such as '203.0.113.0/24', got '${cidr}'`);
  }
  return cidr;
}
