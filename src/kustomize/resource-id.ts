import { fieldOf, textOf } from './values';

/** Group, version and kind; as a selector, what is empty selects all. */
export interface Gvk {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
}

/** What kustomize takes for the namespace of objects that are in none. */
export const NO_NAMESPACE = '_non_namespaceable_';

/**
 * What kustomize knows to be in no namespace: the published API of the Kubernetes that it was compiled with. Anything else
 * gets a namespace, whatever it is.
 */
const WITHOUT_NAMESPACE = new Set(
  Object.entries({
    'admissionregistration.k8s.io': 'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'apiextensions.k8s.io': 'CustomResourceDefinition',
    'apiregistration.k8s.io': 'APIService',
    'certificates.k8s.io': 'CertificateSigningRequest',
    'node.k8s.io': 'RuntimeClass',
    'rbac.authorization.k8s.io': 'ClusterRole ClusterRoleBinding',
    'scheduling.k8s.io': 'PriorityClass',
    'storage.k8s.io': 'CSIDriver CSINode StorageClass VolumeAttachment',
    'networking.k8s.io': 'IngressClass',
  })
    .flatMap(([group, kinds]) =>
      kinds.split(' ').flatMap((kind) => [`${group}/v1 ${kind}`, `${group}/v1beta1 ${kind}`]),
    )
    .concat(
      ['ComponentStatus', 'Namespace', 'Node', 'NodeProxyOptions', 'PersistentVolume'].map(
        (kind) => `v1 ${kind}`,
      ),
      'flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema',
      'flowcontrol.apiserver.k8s.io/v1beta1 PriorityLevelConfiguration',
      'policy/v1beta1 PodSecurityPolicy',
    ),
);

/** Whether kustomize is certain that an object is in no namespace. */
export function isWithoutNamespace(apiVersion: string, kind: string): boolean {
  return WITHOUT_NAMESPACE.has(`${apiVersion} ${kind}`);
}

export function gvkOf(manifest: any): Required<Gvk> {
  const { group, version } = groupVersionOf(textOf(fieldOf(manifest, 'apiVersion')));
  return { group, version, kind: kindOf(manifest) };
}

function groupVersionOf(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return { group: apiVersion.slice(0, Math.max(slash, 0)), version: apiVersion.slice(slash + 1) };
}

export function kindOf(manifest: any): string {
  return textOf(fieldOf(manifest, 'kind'));
}

export function nameOf(manifest: any): string {
  return textOf(fieldOf(fieldOf(manifest, 'metadata'), 'name'));
}

export function namespaceOf(manifest: any): string {
  return textOf(fieldOf(fieldOf(manifest, 'metadata'), 'namespace') ?? undefined);
}

/** The namespace that kustomize takes an object to be in. */
export function effectiveNamespaceOf(manifest: any): string {
  return isWithoutNamespace(textOf(fieldOf(manifest, 'apiVersion')), kindOf(manifest))
    ? NO_NAMESPACE
    : namespaceOf(manifest) || 'default';
}

/** What no two objects of a build may share. */
export function idOf(manifest: any): string {
  const { group, version, kind } = gvkOf(manifest);
  return idText({ group, version, kind }, effectiveNamespaceOf(manifest), nameOf(manifest));
}

export function idText(
  { group, version, kind }: Required<Gvk>,
  namespace: string,
  name: string,
): string {
  return `${group}\n${version}\n${kind}\n${namespace}\n${name}`;
}

/** Whether what a selector says of group, version and kind is so. */
export function isOf(selector: Gvk, { group, version, kind }: Gvk): boolean {
  return (
    (!selector.kind || selector.kind === kind) &&
    (!selector.group || selector.group === group) &&
    (!selector.version || selector.version === version)
  );
}
