/** Resources of Kubernetes and of Kyverno that lie in no namespace, by API group. */
const CLUSTER_SCOPED = new Map(
  Object.entries({
    '': 'componentstatuses namespaces nodes persistentvolumes',
    'admissionregistration.k8s.io':
      'mutatingadmissionpolicies mutatingadmissionpolicybindings mutatingwebhookconfigurations ' +
      'validatingadmissionpolicies validatingadmissionpolicybindings validatingwebhookconfigurations',
    'apiextensions.k8s.io': 'customresourcedefinitions',
    'apiregistration.k8s.io': 'apiservices',
    'authentication.k8s.io': 'selfsubjectreviews tokenreviews',
    'authorization.k8s.io': 'selfsubjectaccessreviews selfsubjectrulesreviews subjectaccessreviews',
    'certificates.k8s.io': 'certificatesigningrequests clustertrustbundles',
    'flowcontrol.apiserver.k8s.io': 'flowschemas prioritylevelconfigurations',
    'internal.apiserver.k8s.io': 'storageversions',
    'kyverno.io': 'clustercleanuppolicies clusterpolicies globalcontextentries',
    'networking.k8s.io': 'ingressclasses ipaddresses servicecidrs',
    'node.k8s.io': 'runtimeclasses',
    'policies.kyverno.io':
      'deletingpolicies generatingpolicies imagevalidatingpolicies mutatingpolicies validatingpolicies',
    'rbac.authorization.k8s.io': 'clusterrolebindings clusterroles',
    'resource.k8s.io': 'deviceclasses devicetaintrules resourceslices',
    'scheduling.k8s.io': 'priorityclasses',
    'storage.k8s.io':
      'csidrivers csinodes storageclasses volumeattachments volumeattributesclasses',
    'storagemigration.k8s.io': 'storageversionmigrations',
  }).map(([group, resources]) => [group, new Set(resources.split(' '))] as const),
);

/**
 * Whether `resource`, as URLs and rules of RBAC name it, is known to lie in no namespace. Unlike `isClusterScoped`, which
 * keeps objects out of tenants, it never guesses: who asks what a RoleBinding gives must rather hear of too much.
 */
export function isClusterScopedResource(group: string, resource: string): boolean {
  return CLUSTER_SCOPED.get(group)?.has(resource.split('/')[0]) ?? false;
}
