import { SERVICE_ACCOUNT_ANNOTATION } from '../vocabulary/tenant-annotations';
import { namespaceAnnotation, TenancyPolicy, UNCHANGED, unlessUnchanged } from './tenancy-policy';

export const PODS: TenancyPolicy = {
  name: 'flux-tenants-pods',
  scopes: [{ group: '', resources: ['pods'], operations: ['CREATE'] }],
  variables: { account: namespaceAnnotation(SERVICE_ACCOUNT_ANNOTATION) },
  rules: [
    {
      expression:
        "variables.account == '' || !has(object.spec.serviceAccountName) || " +
        'object.spec.serviceAccountName != variables.account',
      message: `pods must not run as the account in the namespace's annotation ${SERVICE_ACCOUNT_ANNOTATION}, which is Flux's`,
    },
  ],
};

export const SECRETS: TenancyPolicy = {
  name: 'flux-tenants-secrets',
  scopes: [{ group: '', resources: ['secrets'], operations: ['CREATE'] }],
  variables: {},
  rules: [
    {
      expression: "!has(object.type) || object.type != 'kubernetes.io/service-account-token'",
      message:
        'Secrets must not be tokens of service accounts, which would outlive what they were made for',
    },
  ],
};

export const SERVICES: TenancyPolicy = {
  name: 'flux-tenants-services',
  scopes: [{ group: '', resources: ['services'] }],
  variables: { unchanged: UNCHANGED },
  rules: [
    {
      expression: unlessUnchanged(
        '!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0',
      ),
      message: 'spec.externalIPs must be empty: it takes traffic that is meant for others',
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec.externalName) || ' +
          "(object.spec.externalName.contains('.') && !object.spec.externalName.matches('([.]svc|[.]local|[.]internal)[.]?$'))",
      ),
      message: 'spec.externalName must be a host outside of the cluster',
    },
  ],
};

/** A webhook of Flagger in the namespace of the canary. */
const WEBHOOK =
  "w.url.matches('^https?://[a-z0-9-]+[.]' + object.metadata.namespace + '([.]svc([.]cluster[.]local)?)?(:[0-9]+)?(/[^@]*)?$')";

export const CANARIES: TenancyPolicy = {
  name: 'flux-tenants-canaries',
  scopes: [{ group: 'flagger.app', resources: ['canaries'] }],
  variables: {
    unchanged: UNCHANGED,
    analyzed: 'has(object.spec) && has(object.spec.analysis)',
  },
  rules: [
    {
      expression: unlessUnchanged('variables.analyzed'),
      message: 'spec.analysis must be there: without it, one Canary stops Flagger for all',
    },
    {
      expression: unlessUnchanged(
        '!variables.analyzed || !has(object.spec.analysis.metrics) || object.spec.analysis.metrics.all(m, ' +
          '!has(m.templateRef) || !has(m.templateRef.namespace) || m.templateRef.namespace == object.metadata.namespace)',
      ),
      message: 'spec.analysis.metrics must not use templates of another namespace',
    },
    {
      expression: unlessUnchanged(
        '!variables.analyzed || !has(object.spec.analysis.alerts) || object.spec.analysis.alerts.all(a, ' +
          '!has(a.providerRef) || !has(a.providerRef.namespace) || a.providerRef.namespace == object.metadata.namespace)',
      ),
      message: 'spec.analysis.alerts must not use providers of another namespace',
    },
    {
      expression: unlessUnchanged(
        `!variables.analyzed || !has(object.spec.analysis.webhooks) || object.spec.analysis.webhooks.all(w, ${WEBHOOK})`,
      ),
      message: 'spec.analysis.webhooks must be at a Service of the namespace, named with it',
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec) || !has(object.spec.upstreamRef) || !has(object.spec.upstreamRef.namespace) || ' +
          'object.spec.upstreamRef.namespace == object.metadata.namespace',
      ),
      message: 'spec.upstreamRef must not name another namespace',
    },
    {
      expression: unlessUnchanged('!has(object.spec) || !has(object.spec.metricsServer)'),
      message: 'spec.metricsServer must not be set: Flagger asks the one of the platform',
    },
  ],
};

export const METRIC_TEMPLATES: TenancyPolicy = {
  name: 'flux-tenants-metric-templates',
  scopes: [{ group: 'flagger.app', resources: ['metrictemplates'] }],
  variables: {
    unchanged: UNCHANGED,
  },
  rules: [
    {
      expression: unlessUnchanged(
        '!has(object.spec) || !has(object.spec.provider) || !has(object.spec.provider.insecureSkipVerify) || ' +
          '!object.spec.provider.insecureSkipVerify',
      ),
      message:
        'spec.provider.insecureSkipVerify must not be true: whoever is on the way could answer',
    },
  ],
};
