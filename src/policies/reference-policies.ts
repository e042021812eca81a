import { sameNamespace, sameNamespaceEach } from './applier-policies';
import { TenancyPolicy, TenancyRule, UNCHANGED, unlessUnchanged } from './tenancy-policy';

const VARIABLES = { unchanged: UNCHANGED };

export const ALERTS: TenancyPolicy = {
  name: 'flux-tenants-alerts',
  scopes: [{ group: 'notification.toolkit.fluxcd.io', resources: ['alerts'] }],
  variables: VARIABLES,
  rules: [sameNamespaceEach('eventSources')],
};

export const RECEIVERS: TenancyPolicy = {
  name: 'flux-tenants-receivers',
  scopes: [{ group: 'notification.toolkit.fluxcd.io', resources: ['receivers'] }],
  variables: VARIABLES,
  rules: [sameNamespaceEach('resources')],
};

/** An address that a controller of the platform posts to. */
const OUTSIDE: TenancyRule = {
  expression: unlessUnchanged(
    '!has(object.spec.address) || ' +
      "(object.spec.address.matches('^https://[a-z0-9-]+([.][a-z0-9-]+)*[.][a-z][a-z0-9-]*(:[0-9]+)?(/[^@]*)?$') && " +
      "!object.spec.address.matches('^https://[^/]*([.]svc|[.]local|[.]internal|[.]localhost)(:[0-9]+)?(/|$)'))",
  ),
  message:
    'spec.address must be https, at a host outside of the cluster: the controller would post to it with its own reach',
};

function unset(field: string): TenancyRule {
  return {
    expression: unlessUnchanged(`!has(object.spec.${field})`),
    message: `spec.${field} must not be set: events go where spec.address says`,
  };
}

export const PROVIDERS: TenancyPolicy = {
  name: 'flux-tenants-providers',
  scopes: [{ group: 'notification.toolkit.fluxcd.io', resources: ['providers'] }],
  variables: VARIABLES,
  rules: [OUTSIDE, unset('proxySecretRef'), unset('certSecretRef'), unset('proxy')],
};

export const ALERT_PROVIDERS: TenancyPolicy = {
  name: 'flux-tenants-alert-providers',
  scopes: [{ group: 'flagger.app', resources: ['alertproviders'] }],
  variables: VARIABLES,
  rules: [OUTSIDE, unset('proxy')],
};

export const IMAGE_POLICIES: TenancyPolicy = {
  name: 'flux-tenants-image-policies',
  scopes: [{ group: 'image.toolkit.fluxcd.io', resources: ['imagepolicies'] }],
  variables: VARIABLES,
  rules: [sameNamespace('imageRepositoryRef')],
};

export const IMAGE_UPDATE_AUTOMATIONS: TenancyPolicy = {
  name: 'flux-tenants-image-update-automations',
  scopes: [{ group: 'image.toolkit.fluxcd.io', resources: ['imageupdateautomations'] }],
  variables: VARIABLES,
  rules: [sameNamespace('sourceRef')],
};

/** Kinds that a tenant has no use for, and that hold what nobody has verified. */
export const ARTIFACTS: TenancyPolicy = {
  name: 'flux-tenants-artifacts',
  scopes: [
    {
      group: 'source.extensions.fluxcd.io',
      resources: ['artifactgenerators'],
    },
    { group: 'source.toolkit.fluxcd.io', resources: ['externalartifacts'] },
  ],
  variables: VARIABLES,
  rules: [
    {
      expression: unlessUnchanged('false'),
      message:
        'a tenant must not make artifacts in the cluster: what is in them is verified by nobody',
    },
  ],
};
