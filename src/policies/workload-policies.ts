import { SERVICE_ACCOUNT_ANNOTATION } from '../vocabulary/tenant-annotations';
import { HOST_LISTED, HOSTS, isHostListed, withinMesh } from './host-policies';
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
      expression: unlessUnchanged('!has(object.spec.externalName)'),
      message:
        'spec.externalName must not be set: names of the cluster look like those of any other host',
    },
  ],
};

/** A webhook of Flagger in the namespace of the canary. */
const WEBHOOK =
  "w.url.matches('^https?://[a-z0-9-]+[.]' + object.metadata.namespace + '[.]svc([.]cluster[.]local)?(:[0-9]+)?(/[^@]*)?$')";

export const CANARIES: TenancyPolicy = {
  name: 'flux-tenants-canaries',
  scopes: [{ group: 'flagger.app', resources: ['canaries'] }],
  variables: {
    ...HOSTS,
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
      message:
        "spec.analysis.webhooks must be at a Service of the namespace, named with it and 'svc'",
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec) || !has(object.spec.upstreamRef) || !has(object.spec.upstreamRef.namespace) || ' +
          'object.spec.upstreamRef.namespace == object.metadata.namespace',
      ),
      message: 'spec.upstreamRef must not name another namespace',
    },
    {
      expression: unlessUnchanged(
        '!variables.analyzed || !has(object.spec.analysis.webhooks) || ' +
          'object.spec.analysis.webhooks.all(w, !has(w.disableTLS) || !w.disableTLS)',
      ),
      message:
        'spec.analysis.webhooks must not have disableTLS: whoever is on the way could answer',
    },
    {
      expression: unlessUnchanged(
        `!has(object.spec) || !has(object.spec.service) || !has(object.spec.service.hosts) || ` +
          `object.spec.service.hosts.all(h, h == object.spec.targetRef.name || ${isHostListed('h')})`,
      ),
      message: `spec.service.hosts must be the name of the target, or ${HOST_LISTED}`,
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec) || !has(object.spec.service) || !has(object.spec.service.gatewayRefs) || ' +
          `${withinMesh('object.spec.service.gatewayRefs')} || ` +
          '(has(object.spec.service.hosts) && size(object.spec.service.hosts) > 0)',
      ),
      message:
        'spec.service.hosts must be there beside spec.service.gatewayRefs: without any, a Gateway gives those of all',
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec) || !has(object.spec.service) || !has(object.spec.service.mirror) || ' +
          'object.spec.service.mirror.all(m, !has(m.backendRef) || !has(m.backendRef.namespace) || ' +
          'm.backendRef.namespace == object.metadata.namespace)',
      ),
      message: 'spec.service.mirror must not name another namespace',
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
    {
      expression: unlessUnchanged(
        '!has(object.spec) || !has(object.spec.provider) || !has(object.spec.provider.type) || ' +
          "!(object.spec.provider.type in ['cloudwatch', 'stackdriver'])",
      ),
      message: 'spec.provider.type must not be of a cloud, to which Flagger shows its own identity',
    },
  ],
};
