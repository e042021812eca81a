/** Kinds that lie in no namespace, whatever group they are said to be of. */
const CLUSTER_SCOPED = new Set([
  'AdminNetworkPolicy',
  'APIService',
  'AuditSink',
  'BaselineAdminNetworkPolicy',
  'CertificateSigningRequest',
  'CiliumClusterwideNetworkPolicy',
  'ComponentStatus',
  'CompositeResourceDefinition',
  'ConstraintTemplate',
  'CSIDriver',
  'CSINode',
  'CustomResourceDefinition',
  'DeletingPolicy',
  'DeviceClass',
  'DeviceTaintRule',
  'FlowSchema',
  'GatewayClass',
  'GeneratingPolicy',
  'GlobalContextEntry',
  'GlobalNetworkPolicy',
  'GlobalNetworkSet',
  'ImageValidatingPolicy',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingPolicy',
  'MutatingWebhookConfiguration',
  'Namespace',
  'PersistentVolume',
  'PodSecurityPolicy',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'ResourceFlavor',
  'ResourceSlice',
  'RuntimeClass',
  'SecurityContextConstraints',
  'SelfSubjectAccessReview',
  'SelfSubjectReview',
  'SelfSubjectRulesReview',
  'ServiceCIDR',
  'StorageClass',
  'StorageVersion',
  'StorageVersionMigration',
  'SubjectAccessReview',
  'TokenReview',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingPolicy',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
  'VolumeGroupSnapshotClass',
  'VolumeGroupSnapshotContent',
  'VolumeSnapshotClass',
  'VolumeSnapshotContent',
]);

/** Kinds, or a whole group, that lie in no namespace in this group only: others have kinds of that name in namespaces. */
const CLUSTER_SCOPED_IN_GROUP = new Map([
  ['', ['Node']],
  ['capsule.clastix.io', ['Tenant']],
  ['cilium.io', ['CiliumNode', 'CiliumLoadBalancerIPPool']],
  ['constraints.gatekeeper.sh', ['*']],
  ['crd.projectcalico.org', ['BGPConfiguration', 'BGPPeer', 'FelixConfiguration', 'IPPool']],
  ['karpenter.k8s.aws', ['EC2NodeClass']],
  ['karpenter.sh', ['NodeClaim', 'NodePool']],
  ['mutations.gatekeeper.sh', ['*']],
  ['networking.k8s.io', ['IPAddress']],
  ['pkg.crossplane.io', ['Configuration', 'Function', 'Provider']],
  ['projectcalico.org', ['BGPConfiguration', 'BGPPeer', 'FelixConfiguration', 'IPPool']],
  ['trust.cert-manager.io', ['Bundle']],
]);

/** Kinds whose name only looks as if they were of the whole cluster. */
const NAMESPACED = new Set([
  'ClusterClass',
  'ClusterFlow',
  'ClusterLogForwarder',
  'ClusterLogging',
  'ClusterOutput',
  'ClusterResourceSet',
  'ClusterResourceSetBinding',
  'ClusterServiceVersion',
]);

/** The API group of `apiVersion`; that of the core is empty. */
export function apiGroupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/**
 * Whether objects of `kind` lie in no namespace. No list can know every operator's kinds: `Cluster…` is taken for one
 * of the whole cluster, as its name says, but for the few that are known to lie in a namespace.
 */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  if (CLUSTER_SCOPED.has(kind) || (/^Cluster[A-Z]/.test(kind) && !NAMESPACED.has(kind))) {
    return true;
  }
  const inGroup = CLUSTER_SCOPED_IN_GROUP.get(apiGroupOf(apiVersion));
  return inGroup !== undefined && (inGroup.includes(kind) || inGroup.includes('*'));
}
