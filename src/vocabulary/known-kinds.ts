/** Kinds of Kubernetes 1.36, Flux 2.9 and what Flux's fleets commonly run beside it, by API group. */
const KINDS: Readonly<Record<string, string>> = {
  '':
    'Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim ' +
    'Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  'admissionregistration.k8s.io':
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ' +
    'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  'apiextensions.k8s.io': 'CustomResourceDefinition',
  'apiregistration.k8s.io': 'APIService',
  apps: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'authentication.k8s.io': 'SelfSubjectReview TokenReview',
  'authorization.k8s.io':
    'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  autoscaling: 'HorizontalPodAutoscaler',
  batch: 'CronJob Job',
  'certificates.k8s.io': 'CertificateSigningRequest ClusterTrustBundle PodCertificateRequest',
  'coordination.k8s.io': 'Lease LeaseCandidate',
  'discovery.k8s.io': 'EndpointSlice',
  'events.k8s.io': 'Event',
  'flagger.app': 'AlertProvider Canary MetricTemplate',
  'flowcontrol.apiserver.k8s.io': 'FlowSchema PriorityLevelConfiguration',
  'fluxcd.controlplane.io': 'FluxInstance FluxReport ResourceSet ResourceSetInputProvider',
  'helm.toolkit.fluxcd.io': 'HelmRelease',
  'image.toolkit.fluxcd.io': 'ImagePolicy ImageRepository ImageUpdateAutomation',
  'internal.apiserver.k8s.io': 'StorageVersion',
  'kustomize.toolkit.fluxcd.io': 'Kustomization',
  'kyverno.io':
    'CleanupPolicy ClusterCleanupPolicy ClusterPolicy GlobalContextEntry Policy PolicyException UpdateRequest',
  'networking.k8s.io': 'IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR',
  'node.k8s.io': 'RuntimeClass',
  'notification.toolkit.fluxcd.io': 'Alert Provider Receiver',
  'policies.kyverno.io':
    'DeletingPolicy GeneratingPolicy ImageValidatingPolicy MutatingPolicy ValidatingPolicy NamespacedDeletingPolicy ' +
    'NamespacedGeneratingPolicy NamespacedImageValidatingPolicy NamespacedMutatingPolicy NamespacedValidatingPolicy ' +
    'PolicyException',
  policy: 'PodDisruptionBudget',
  'rbac.authorization.k8s.io': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'resource.k8s.io':
    'DeviceClass DeviceTaintRule ResourceClaim ResourceClaimTemplate ResourcePoolStatusRequest ResourceSlice',
  'scheduling.k8s.io': 'PodGroup PriorityClass Workload',
  'source.extensions.fluxcd.io': 'ArtifactGenerator',
  'source.toolkit.fluxcd.io':
    'Bucket ExternalArtifact GitRepository HelmChart HelmRepository OCIRepository',
  'storage.k8s.io':
    'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass',
  'storagemigration.k8s.io': 'StorageVersionMigration',
};

const BY_GROUP = new Map(
  Object.entries(KINDS).map(([group, kinds]) => [group, new Set(kinds.split(' '))] as const),
);

/** Whether the plural of a kind is known, and not only how it would be made. */
export function isKnownKind(group: string, kind: string): boolean {
  return BY_GROUP.get(group)?.has(kind) ?? false;
}

/**
 * The resource of a kind, as URLs and rules of RBAC name it: that of each known kind, and of nearly all others, whose
 * CustomResourceDefinitions are free to name it otherwise.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/master/pkg/api/meta/restmapper.go `UnsafeGuessKindToResource`
 */
export function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular.endsWith('endpoints')) {
    return singular;
  }
  return singular.endsWith('s')
    ? `${singular}es`
    : singular.endsWith('y')
      ? `${singular.slice(0, -1)}ies`
      : `${singular}s`;
}

/** The resources of all known kinds, by API group. */
export function knownResources(): [group: string, resource: string][] {
  return [...BY_GROUP].flatMap(([group, kinds]) =>
    [...kinds].map((kind): [string, string] => [group, pluralOf(kind)]),
  );
}
