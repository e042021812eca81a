/** A patch of Flux's own manifests; its target has no namespace, Flux Operator adds it. */
export interface FluxInstancePatch {
  readonly target: {
    readonly kind: string;
    readonly name?: string;
    readonly labelSelector?: string;
  };
  readonly patch: string;
}

/** `spec.cluster` of a FluxInstance, as far as the lockdown goes. */
export interface FluxInstanceCluster {
  /** References to other namespaces and remote bases are refused, appliers have a default account, the root sync its own. */
  readonly multitenant: boolean;
  readonly tenantDefaultServiceAccount: string;
  /** The feature gate of that name. Without it, Flux Operator removes the right to create tokens, too. */
  readonly objectLevelWorkloadIdentity: boolean;
  /** Fetchers, decryption and kubeconfigs have a default account. */
  readonly multitenantWorkloadIdentity: boolean;
  readonly tenantDefaultDecryptionServiceAccount: string;
  readonly tenantDefaultKubeConfigServiceAccount: string;
  /** Only Flux itself reaches the artifacts in `flux-system`. */
  readonly networkPolicy: boolean;
}

/**
 * `spec` of a FluxInstance, version `fluxcd.controlplane.io/v1`, as far as this library writes it.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export interface FluxInstanceSpec {
  readonly distribution: { readonly version: string; readonly registry: string };
  readonly components: string[];
  readonly cluster: FluxInstanceCluster;
  readonly sharding?: { readonly key: string; readonly shards: string[] };
  readonly kustomize?: { readonly patches: FluxInstancePatch[] };
  readonly sync: {
    readonly kind: 'GitRepository' | 'OCIRepository';
    readonly url: string;
    /** `refs/heads/<branch>` in Git, a tag in a registry. */
    readonly ref: string;
    readonly path: string;
    /** Name of a Secret beside the FluxInstance. */
    readonly pullSecret?: string;
  };
}
