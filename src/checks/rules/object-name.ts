import { isOpaque, typeOf } from '../../clusters/applied-object';
import { apiGroupOf } from '../../vocabulary/cluster-scoped-kinds';
import { isDnsLabel, isObjectName } from '../../vocabulary/names';
import { ObjectCheck } from '../check';
import { configMap } from '../example-parts';
import { APPLIER_TYPES } from '../flux-controller';

/** Kinds whose names are one label. */
const LABELS = new Set(['/Namespace', '/Service']);

/** Kinds whose name Flux writes into a label of all that they apply. */
const OWNERS = new Set<string>(APPLIER_TYPES);

/** Groups of Kubernetes whose objects may have other names, such as 'system:node'. */
const FREE_GROUPS = new Set(['rbac.authorization.k8s.io', 'apiregistration.k8s.io']);

const LABEL_VALUE_LENGTH = 63;

export const objectName: ObjectCheck = {
  id: 'object-name',
  severity: 'error',
  profile: 'recommended',
  summary: 'every name must be one that Kubernetes, and the labels of Flux, have room for',
  why: 'The API server refuses other names. Flux writes the name of a Kustomization or HelmRelease into a label of every object that it applies, and a label holds 63 characters.',
  remedy: "use lowercase letters, digits and '-', and at most 63 characters",
  links: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/names/'],
  types: ['*'],
  needs: 'cluster',
  bad: configMap('App_Settings', 'apps', 'level: debug'),
  good: configMap('app-settings', 'apps', 'level: debug'),
  *examine({ manifest }) {
    const { name, namespace } = manifest.metadata;
    const rule = isOpaque(name) ? undefined : broken(typeOf(manifest), name);
    if (rule !== undefined) {
      yield { message: `must have a name of ${rule}, got '${name}'`, pointer: '/metadata/name' };
    }
    if (typeof namespace === 'string' && !isOpaque(namespace) && !isDnsLabel(namespace)) {
      yield {
        message: `must be in a namespace whose name is lowercase letters, digits and '-', at most 63 characters, got '${namespace}'`,
        pointer: '/metadata/namespace',
      };
    }
  },
};

/** What the name of an object must be and is not. */
function broken(type: string, name: string): string | undefined {
  if (FREE_GROUPS.has(apiGroupOf(type))) {
    return undefined;
  }
  if (LABELS.has(type)) {
    return isDnsLabel(name)
      ? undefined
      : "lowercase letters, digits and '-', at most 63 characters";
  }
  if (!isObjectName(name)) {
    return "lowercase letters, digits, '-' and '.', at most 253 characters";
  }
  return OWNERS.has(type) && name.length > LABEL_VALUE_LENGTH
    ? `at most ${LABEL_VALUE_LENGTH} characters`
    : undefined;
}
