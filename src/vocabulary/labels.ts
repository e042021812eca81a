/** Labels and annotations with a meaning to Flux, Kubernetes or this library. */

/** Says whose a namespace (and what is in it) is; the label that `flux create tenant` writes, too. */
export const TENANT_LABEL = 'toolkit.fluxcd.io/tenant';

/** Says how a namespace is called; Kubernetes sees to it. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** Ties an ImagePolicy to the one ImageUpdateAutomation that may apply it. */
export const AUTOMATION_LABEL = 'cdk8s-flux-tenants/image-automation';

/** Says which shard of the Flux controllers reconciles an object. */
export const SHARD_LABEL = 'sharding.fluxcd.io/key';

/** Keeps an object in the cluster when it disappears from the repository. */
export const PRUNE_DISABLED = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

/** The namespace of the Flux controllers and of everything that the platform team reconciles. */
export const FLUX_NAMESPACE = 'flux-system';
