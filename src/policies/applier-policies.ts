import {
  NAMESPACES_ANNOTATION,
  SERVICE_ACCOUNT_ANNOTATION,
} from '../vocabulary/tenant-annotations';
import {
  namespaceAnnotation,
  TenancyPolicy,
  TenancyRule,
  UNCHANGED,
  unlessUnchanged,
  unset,
} from './tenancy-policy';

const VARIABLES = {
  unchanged: UNCHANGED,
  account: namespaceAnnotation(SERVICE_ACCOUNT_ANNOTATION),
  namespaces: `(${namespaceAnnotation(NAMESPACES_ANNOTATION)}).split(' ')`,
};

const COMMON: TenancyRule[] = [
  {
    expression: unlessUnchanged(
      "variables.account != '' && has(object.spec.serviceAccountName) && " +
        'object.spec.serviceAccountName == variables.account',
    ),
    message: `spec.serviceAccountName must be the one in the namespace's annotation ${SERVICE_ACCOUNT_ANNOTATION}`,
  },
  unset('kubeConfig', 'a tenant applies to the cluster that it runs on'),
  inNamespaces('targetNamespace'),
  sameNamespaceEach('dependsOn'),
];

/** An optional field that holds a namespace of the tenant. */
function inNamespaces(field: string): TenancyRule {
  return {
    expression: unlessUnchanged(
      `!has(object.spec.${field}) || object.spec.${field} in variables.namespaces`,
    ),
    message: `spec.${field} must be a namespace of the tenant`,
  };
}

/** A reference, within optional maps, that stays in the namespace. */
export function sameNamespace(...path: string[]): TenancyRule {
  const fields = path.map((_, i) => `object.spec.${path.slice(0, i + 1).join('.')}`);
  const absent = fields.map((field) => `!has(${field})`);
  const last = fields[fields.length - 1];
  return {
    expression: unlessUnchanged(
      [...absent, `!has(${last}.namespace)`, `${last}.namespace == object.metadata.namespace`].join(
        ' || ',
      ),
    ),
    message: `spec.${path.join('.')} must not name another namespace`,
  };
}

/** A list of references, each of which stays in the namespace. */
export function sameNamespaceEach(field: string): TenancyRule {
  return {
    expression: unlessUnchanged(
      `!has(object.spec.${field}) || ` +
        `object.spec.${field}.all(r, !has(r.namespace) || r.namespace == object.metadata.namespace)`,
    ),
    message: `spec.${field} must not name another namespace`,
  };
}

export const KUSTOMIZATIONS: TenancyPolicy = {
  name: 'flux-tenants-kustomizations',
  scopes: [{ group: 'kustomize.toolkit.fluxcd.io', resources: ['kustomizations'] }],
  variables: VARIABLES,
  rules: [
    ...COMMON,
    sameNamespace('sourceRef'),
    {
      expression: unlessUnchanged(
        '!has(object.spec.healthChecks) || ' +
          'object.spec.healthChecks.all(h, !has(h.namespace) || h.namespace in variables.namespaces)',
      ),
      message: 'spec.healthChecks must be of objects in namespaces of the tenant',
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec.decryption) || has(object.spec.decryption.secretRef) || ' +
          '(has(object.spec.decryption.serviceAccountName) && ' +
          'object.spec.decryption.serviceAccountName != variables.account)',
      ),
      message:
        'spec.decryption must name a Secret, or an account that is not the one that applies: keys and rights are apart',
    },
  ],
};

export const HELM_RELEASES: TenancyPolicy = {
  name: 'flux-tenants-helm-releases',
  scopes: [{ group: 'helm.toolkit.fluxcd.io', resources: ['helmreleases'] }],
  variables: VARIABLES,
  rules: [
    ...COMMON,
    inNamespaces('storageNamespace'),
    {
      expression: unlessUnchanged(
        "!has(object.spec.chart) || object.spec.chart.spec.sourceRef.kind == 'HelmRepository'",
      ),
      message:
        'spec.chart.spec.sourceRef.kind must be HelmRepository: a chart in Git is built with what it depends on',
    },
    sameNamespace('chart', 'spec', 'sourceRef'),
    sameNamespace('chartRef'),
  ],
};
