import { sameNamespace, sameNamespaceEach } from './applier-policies';
import { allowedAnnotation } from '../vocabulary/tenant-annotations';
import { HOST } from './source-policies';
import {
  isListed,
  listed,
  TenancyPolicy,
  TenancyRule,
  UNCHANGED,
  unlessUnchanged,
  unset,
} from './tenancy-policy';

const VARIABLES = { unchanged: UNCHANGED };

export const ALERTS: TenancyPolicy = {
  name: 'flux-tenants-alerts',
  scopes: [{ group: 'notification.toolkit.fluxcd.io', resources: ['alerts'] }],
  variables: VARIABLES,
  rules: [sameNamespaceEach('eventSources')],
};

export const ENDPOINT = `https://${HOST}(/[A-Za-z0-9._~%@-]+)*`;
const ENDPOINTS = { ...VARIABLES, ...listed('endpoints') };
export const ENDPOINT_LISTED = `one that the namespace's annotation ${allowedAnnotation('endpoints')} lists, or below one`;

/** What a controller of the platform posts to with its own reach: names of the cluster look like those of any other host. */
const TO_ENDPOINT: TenancyRule = {
  expression: unlessUnchanged(
    `!has(object.spec.address) || (${isListed('endpoints', 'object.spec.address', ENDPOINT)})`,
  ),
  message: `spec.address must be ${ENDPOINT_LISTED}`,
};

/** Events go to an endpoint of the tenant, which none of `fields` can change. */
function atAddress(...fields: string[]): TenancyRule[] {
  return [TO_ENDPOINT, ...fields.map((field) => unset(field, 'events go where spec.address says'))];
}

export const RECEIVERS: TenancyPolicy = {
  name: 'flux-tenants-receivers',
  scopes: [{ group: 'notification.toolkit.fluxcd.io', resources: ['receivers'] }],
  variables: ENDPOINTS,
  rules: [
    sameNamespaceEach('resources'),
    {
      expression: unlessUnchanged(
        `!has(object.spec.oidcProviders) || object.spec.oidcProviders.all(p, ${isListed('endpoints', 'p.issuerURL', ENDPOINT)})`,
      ),
      message: `spec.oidcProviders must have an issuerURL that is ${ENDPOINT_LISTED}`,
    },
  ],
};

export const PROVIDERS: TenancyPolicy = {
  name: 'flux-tenants-providers',
  scopes: [{ group: 'notification.toolkit.fluxcd.io', resources: ['providers'] }],
  variables: ENDPOINTS,
  rules: atAddress('proxySecretRef', 'certSecretRef', 'proxy'),
};

export const ALERT_PROVIDERS: TenancyPolicy = {
  name: 'flux-tenants-alert-providers',
  scopes: [{ group: 'flagger.app', resources: ['alertproviders'] }],
  variables: ENDPOINTS,
  rules: atAddress('proxy'),
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
