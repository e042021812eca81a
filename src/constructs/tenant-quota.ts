import { Construct } from 'constructs';
import { NUMBER, TEXT, optional, requireProps } from '../vocabulary/form';
import { PRUNE_DISABLED } from '../vocabulary/labels';
import { requireQuantity } from '../vocabulary/quantity';
import { kubernetesObject } from './kubernetes-object';

/** What all pods and objects of one namespace of a tenant may take together. */
export interface TenantQuota {
  /** CPU that pods may ask for. A canary runs twice as many pods during its analysis. @default '4' */
  readonly cpuRequests?: string;
  /** Memory that pods may ask for. @default '8Gi' */
  readonly memoryRequests?: string;
  /** Memory that pods may use. @default '16Gi' */
  readonly memoryLimits?: string;
  /** Number of pods. @default 50 */
  readonly pods?: number;
  /** Number of persistent volume claims. @default 10 */
  readonly volumeClaims?: number;
  /** Storage that volume claims may ask for. @default '100Gi' */
  readonly storageRequests?: string;
  /** Memory that a container may use which does not say so itself, and must not ask for more. @default '512Mi' */
  readonly containerMemory?: string;
  /** Number of objects of each Flux kind, which bounds the load on controllers that all tenants share. @default 20 */
  readonly objectsPerFluxKind?: number;
}

/** Throws when a prop is of another form than it has to be. */
export function requireQuota(tenant: string, quota: TenantQuota): void {
  requireProps(`quota of tenant '${tenant}'`, quota, {
    cpuRequests: optional(TEXT),
    memoryRequests: optional(TEXT),
    memoryLimits: optional(TEXT),
    pods: optional(NUMBER),
    volumeClaims: optional(NUMBER),
    storageRequests: optional(TEXT),
    containerMemory: optional(TEXT),
    objectsPerFluxKind: optional(NUMBER),
  });
}

const FLUX_KINDS = [
  'alerts.notification.toolkit.fluxcd.io',
  'buckets.source.toolkit.fluxcd.io',
  'gitrepositories.source.toolkit.fluxcd.io',
  'helmcharts.source.toolkit.fluxcd.io',
  'helmreleases.helm.toolkit.fluxcd.io',
  'helmrepositories.source.toolkit.fluxcd.io',
  'imagepolicies.image.toolkit.fluxcd.io',
  'imagerepositories.image.toolkit.fluxcd.io',
  'imageupdateautomations.image.toolkit.fluxcd.io',
  'kustomizations.kustomize.toolkit.fluxcd.io',
  'ocirepositories.source.toolkit.fluxcd.io',
  'providers.notification.toolkit.fluxcd.io',
  'receivers.notification.toolkit.fluxcd.io',
];

/**
 * A ResourceQuota, and a LimitRange without which it would refuse every pod that says nothing of its resources.
 * Throws when a value is no quantity.
 */
export function tenantQuota(
  scope: Construct,
  namespace: string,
  name: string,
  quota: TenantQuota,
): void {
  const kept = { name, namespace, annotations: PRUNE_DISABLED };
  const perKind = String(requireCount('objectsPerFluxKind', quota.objectsPerFluxKind ?? 20));
  kubernetesObject(scope, `${namespace}-quota`, 'v1', 'ResourceQuota', kept, {
    spec: {
      hard: {
        ...Object.fromEntries(FLUX_KINDS.map((kind) => [`count/${kind}`, perKind])),
        'limits.memory': requireQuantity('memoryLimits', quota.memoryLimits ?? '16Gi'),
        persistentvolumeclaims: String(requireCount('volumeClaims', quota.volumeClaims ?? 10)),
        pods: String(requireCount('pods', quota.pods ?? 50)),
        'requests.cpu': requireQuantity('cpuRequests', quota.cpuRequests ?? '4'),
        'requests.memory': requireQuantity('memoryRequests', quota.memoryRequests ?? '8Gi'),
        'requests.storage': requireQuantity('storageRequests', quota.storageRequests ?? '100Gi'),
        'services.loadbalancers': '0',
        'services.nodeports': '0',
      },
    },
  });
  // Any pod may otherwise name these classes, and preempt those of other tenants.
  kubernetesObject(
    scope,
    `${namespace}-priority`,
    'v1',
    'ResourceQuota',
    { name: `${name}-no-system-priority`, namespace, annotations: PRUNE_DISABLED },
    {
      spec: {
        hard: { pods: '0' },
        scopeSelector: {
          matchExpressions: [
            {
              operator: 'In',
              scopeName: 'PriorityClass',
              values: ['system-cluster-critical', 'system-node-critical'],
            },
          ],
        },
      },
    },
  );
  kubernetesObject(scope, `${namespace}-limits`, 'v1', 'LimitRange', kept, {
    spec: {
      limits: [
        {
          type: 'Container',
          // No CPU limit: it would bind containers that ask for more than it.
          default: { memory: requireQuantity('containerMemory', quota.containerMemory ?? '512Mi') },
          defaultRequest: { cpu: '100m', memory: '128Mi' },
        },
      ],
    },
  });
}

function requireCount(what: string, value: number): number {
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`${what} must be a whole number from 0, got ${value}`);
  }
  return value;
}
