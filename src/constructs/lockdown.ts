import { ControllerArgument } from '../vocabulary/fleet-ports';
import { APPLIERS, CLOUD_CLIENTS } from '../vocabulary/flux-controllers';
import { FLUX_RELEASE, FluxRelease } from '../vocabulary/flux-release';
import { FluxInstanceCluster } from './flux-instance-spec';

/** An argument, which is fatal to controllers that do not know it. */
export interface LockingArgument extends ControllerArgument {
  /** The fields of a FluxInstance with which Flux Operator sets it. */
  readonly instance: Partial<FluxInstanceCluster>;
}

/** How the controllers of one release of Flux are kept from serving one tenant with what is another's, or their own. */
export interface Lockdown {
  readonly controllerArguments: readonly LockingArgument[];
  /** The rule by which controllers that are no cluster administrators create tokens of any service account. */
  readonly tokenRule: { readonly clusterRole: string; readonly index: number; readonly rule: any };
  /** Controllers that can be told which objects are theirs, and of which a shard therefore has its own. */
  readonly sharded: readonly string[];
}

/** The account that no tenant and no cloud gives rights to. */
const WITHOUT_RIGHTS = 'default';

const LOCKDOWNS: { readonly [release in FluxRelease]: Lockdown } = {
  '2.9': {
    controllerArguments: [
      {
        // The objects of source-controller refer to none of another namespace.
        controllers: [...APPLIERS, ...CLOUD_CLIENTS.slice(1), 'source-watcher'],
        value: '--no-cross-namespace-refs=true',
        instance: { multitenant: true },
      },
      {
        controllers: ['kustomize-controller'],
        value: '--no-remote-bases=true',
        instance: { multitenant: true },
      },
      {
        // Without the gate, a fetcher with a default account does not start.
        controllers: [...APPLIERS, ...CLOUD_CLIENTS],
        value: '--feature-gates=ObjectLevelWorkloadIdentity=true',
        instance: { objectLevelWorkloadIdentity: true },
      },
      {
        // To an applier, whom it is to Kubernetes; to a fetcher, whom it is to a cloud.
        controllers: [...APPLIERS, ...CLOUD_CLIENTS],
        value: `--default-service-account=${WITHOUT_RIGHTS}`,
        instance: {
          multitenant: true,
          multitenantWorkloadIdentity: true,
          tenantDefaultServiceAccount: WITHOUT_RIGHTS,
        },
      },
      {
        controllers: ['kustomize-controller'],
        value: `--default-decryption-service-account=${WITHOUT_RIGHTS}`,
        instance: {
          multitenantWorkloadIdentity: true,
          tenantDefaultDecryptionServiceAccount: WITHOUT_RIGHTS,
        },
      },
      {
        controllers: APPLIERS,
        value: `--default-kubeconfig-service-account=${WITHOUT_RIGHTS}`,
        instance: {
          multitenantWorkloadIdentity: true,
          tenantDefaultKubeConfigServiceAccount: WITHOUT_RIGHTS,
        },
      },
    ],
    tokenRule: {
      clusterRole: 'crd-controller-flux-system',
      index: 11,
      rule: { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] },
    },
    sharded: ['source-controller', ...APPLIERS],
  },
};

/** The identity of everything that the platform team reconciles. */
export const PLATFORM_SERVICE_ACCOUNT = 'kustomize-controller';

/**
 * The lockdown of the release that this library writes for. `flux bootstrap` takes it as kustomize patches, Flux Operator
 * as fields of a FluxInstance.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 * @see https://fluxcd.io/flux/installation/configuration/workload-identity/
 */
export const LOCKDOWN = LOCKDOWNS[FLUX_RELEASE];
