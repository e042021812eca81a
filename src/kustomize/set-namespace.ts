import { changedAt, changedItems, FieldSpec } from './field-spec';
import { isWithoutNamespace } from './resource-id';
import { described, ResourceList } from './resource-list';
import { Resource } from './resource';
import { fieldOf, textOf, withField, withMetadata } from './values';
import { isMap } from '../vocabulary/is-map';

/**
 * Puts all objects into a namespace: a Namespace gets its name, and subjects called `default` of bindings are taken to be
 * of it. Throws where two objects become one.
 */
export function setNamespace(
  list: ResourceList,
  namespace: string,
  specs: readonly FieldSpec[],
): void {
  for (const resource of list.all) {
    resource.remember();
    resource.manifest = moved(resource, namespace, specs);
  }
  list.forget();
  const [double] = list.doubles;
  if (double) {
    throw new Error(`namespace '${namespace}' makes two objects one: ${described(double)}`);
  }
}

function moved(resource: Resource, namespace: string, specs: readonly FieldSpec[]): any {
  let { manifest } = resource;
  const apiVersion = textOf(fieldOf(manifest, 'apiVersion'));
  const { kind } = resource;
  if (!isWithoutNamespace(apiVersion, kind) && manifest.metadata.namespace !== namespace) {
    manifest = withMetadata(manifest, 'namespace', namespace);
    resource.isMoved = true;
  }
  const isBinding = kind === 'RoleBinding' || kind === 'ClusterRoleBinding';
  if (isBinding && Array.isArray(manifest.subjects)) {
    const subjects = changedItems(manifest.subjects, (subject) =>
      isMap(subject) && subject.name === 'default' && subject.namespace !== namespace
        ? withField(subject, 'namespace', namespace)
        : subject,
    );
    manifest = subjects === manifest.subjects ? manifest : { ...manifest, subjects };
  }
  return specs
    .filter(
      ({ path, kind: of = '' }) =>
        path !== 'metadata/namespace' &&
        (path !== 'metadata/name' || apiVersion === 'v1') &&
        !(/^(?:Cluster)?RoleBinding$/.test(of) && path === 'subjects/namespace'),
    )
    .reduce((one, spec) => changedAt(one, spec, 'text', () => namespace), manifest);
}
