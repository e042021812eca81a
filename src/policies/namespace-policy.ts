import { TENANT_LABEL } from '../vocabulary/labels';
import {
  allowedAnnotation,
  NAMESPACES_ANNOTATION,
  SERVICE_ACCOUNT_ANNOTATION,
  SOURCE_TYPES,
} from '../vocabulary/tenant-annotations';
import { TenancyPolicy } from './tenancy-policy';

const LEVELS = ['enforce', 'audit', 'warn'];

/** What decides over a tenant, in its namespace. */
const LABELS = [
  TENANT_LABEL,
  ...LEVELS.flatMap((level) =>
    [level, `${level}-version`].map((key) => `pod-security.kubernetes.io/${key}`),
  ),
];
const ANNOTATIONS = [
  SERVICE_ACCOUNT_ANNOTATION,
  NAMESPACES_ANNOTATION,
  ...SOURCE_TYPES.map(allowedAnnotation),
];

function list(keys: readonly string[]): string {
  return `[${keys.map((key) => `'${key}'`).join(', ')}]`;
}

/** Maps of `object` and `oldObject` agree in `keys`. */
function same(map: string, keys: string): string {
  return (
    `${keys}.all(k, (k in variables.${map}) == (k in variables.old_${map}) && ` +
    `(!(k in variables.${map}) || variables.${map}[k] == variables.old_${map}[k]))`
  );
}

function mapOf(object: string, map: string): string {
  return `has(${object}.metadata.${map}) ? ${object}.metadata.${map} : {}`;
}

/** The account of the platform's Kustomizations, and those whom nothing can stop. */
const IS_PLATFORM =
  "request.userInfo.username == 'system:serviceaccount:flux-system:kustomize-controller' || " +
  "(has(request.userInfo.groups) && 'system:masters' in request.userInfo.groups)";

/**
 * What policies go by in the namespace of a tenant is changed through Git alone, in its subresources, too, which carry all of its
 * metadata. A namespace that loses its label is still selected by the one it had.
 */
export const NAMESPACES: TenancyPolicy = {
  name: 'flux-tenants-namespaces',
  ofNamespaces: true,
  scopes: [
    {
      group: '',
      resources: ['namespaces', 'namespaces/status', 'namespaces/finalize'],
      operations: ['UPDATE'],
    },
  ],
  variables: {
    labels: mapOf('object', 'labels'),
    old_labels: mapOf('oldObject', 'labels'),
    annotations: mapOf('object', 'annotations'),
    old_annotations: mapOf('oldObject', 'annotations'),
  },
  rules: [
    {
      expression:
        `!('${TENANT_LABEL}' in variables.old_labels) || ${IS_PLATFORM} || ` +
        `(${same('labels', list(LABELS))} && ${same('annotations', list(ANNOTATIONS))})`,
      message: 'what decides over a tenant is changed in the fleet repository, not in the cluster',
    },
  ],
};
