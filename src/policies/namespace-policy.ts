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

/** Empty for what is new, which has no old object to Kubernetes, and an empty one to Kyverno. */
function oldMapOf(map: string): string {
  return `oldObject != null && has(oldObject.metadata) && ${mapOf('oldObject', map)}`;
}

/** The account of the platform's Kustomizations, those whom nothing can stop, and those of whom the platform says so. */
function isPlatform(breakGlassGroups: readonly string[]): string {
  const groups = list(['system:masters', ...breakGlassGroups]);
  return (
    "request.userInfo.username == 'system:serviceaccount:flux-system:kustomize-controller' || " +
    `(has(request.userInfo.groups) && request.userInfo.groups.exists(g, g in ${groups}))`
  );
}

/**
 * What policies and networks go by in the namespace of a tenant is changed through Git alone, in its subresources, too, which
 * carry all of its metadata. Nor does a namespace become a tenant's otherwise: whose it says to be, its pods are let in to.
 *
 * One that loses its label is still selected by the one it had. Deleting one is left to RBAC: Flux never does it by itself.
 *
 * @param breakGlassGroups names that are safe between quotes of CEL
 */
export function namespacePolicy(breakGlassGroups: readonly string[]): TenancyPolicy {
  return {
    name: 'flux-tenants-namespaces',
    ofNamespaces: true,
    scopes: [
      {
        group: '',
        resources: ['namespaces', 'namespaces/status', 'namespaces/finalize'],
      },
    ],
    variables: {
      labels: mapOf('object', 'labels'),
      old_labels: oldMapOf('labels'),
      annotations: mapOf('object', 'annotations'),
      old_annotations: oldMapOf('annotations'),
    },
    rules: [
      {
        expression:
          `${isPlatform(breakGlassGroups)} || ` +
          `(${same('labels', list(LABELS))} && ${same('annotations', list(ANNOTATIONS))})`,
        message:
          'what decides over a tenant is changed in the fleet repository, not in the cluster',
      },
    ],
  };
}
