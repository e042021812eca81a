import { allowedAnnotation, SourceType } from '../vocabulary/tenant-annotations';
import {
  namespaceAnnotation,
  TenancyPolicy,
  TenancyRule,
  UNCHANGED,
  unlessUnchanged,
} from './tenancy-policy';

const HOST = '[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?';
const OCI_PATH = '(/[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*)+';
const PATH = '(/[A-Za-z0-9._~-]+)';
const SSH_USER = '([A-Za-z0-9_][A-Za-z0-9._-]*@)?';

const SOURCE_GROUP = 'source.toolkit.fluxcd.io';

/** A field that gives a list of allowed places a way around. */
function without(field: string, why: string): TenancyRule {
  return {
    expression: unlessUnchanged(`!has(object.spec.${field})`),
    message: `spec.${field} must not be set: ${why}`,
  };
}

function notTrue(field: string, why: string): TenancyRule {
  return {
    expression: unlessUnchanged(`!has(object.spec.${field}) || !object.spec.${field}`),
    message: `spec.${field} must not be true: ${why}`,
  };
}

const INSECURE = notTrue('insecure', 'whoever is on the way could answer');
const PROXY = without(
  'proxySecretRef',
  'what is behind a proxy of a tenant is whatever the tenant says',
);
const CERTIFICATE = without('certSecretRef', 'a tenant would decide which server is the right one');

/**
 * A place is allowed when it is spelled in the one canonical way, and is one of the list or below one. A dot segment, a user
 * and password, an escape or a query would mean another place than they seem to.
 */
function allowlist(type: SourceType, field: string, place: string, canonical: string) {
  return {
    variables: {
      unchanged: UNCHANGED,
      place,
      allowed: `(${namespaceAnnotation(allowedAnnotation(type))}).split(' ')`,
    },
    rule: {
      expression: unlessUnchanged(
        `variables.place.matches('^${canonical}$') && !variables.place.matches('/[.][.]?(/|$)') && ` +
          `variables.allowed.exists(a, a != '' && (variables.place == a || variables.place.startsWith(a + '/')))`,
      ),
      message:
        `${field} must be one that the namespace's annotation ${allowedAnnotation(type)} lists, or below one, ` +
        'in canonical form',
    },
  };
}

function sourcePolicy(
  type: SourceType,
  scope: { group: string; resource: string },
  place: { field: string; expression?: string; canonical: string },
  rules: TenancyRule[],
): TenancyPolicy {
  const { field, canonical, expression = `object.${field}` } = place;
  const { variables, rule } = allowlist(type, field, expression, canonical);
  return {
    name: `flux-tenants-${type}`,
    scopes: [{ group: scope.group, resources: [scope.resource] }],
    variables,
    rules: [rule, ...rules],
  };
}

const IDENTITY_IS_PINNED =
  "i.issuer.startsWith('^https://') && i.issuer.endsWith('$') && " +
  "i.subject.startsWith('^') && i.subject.endsWith('$') && !i.subject.matches('^.[.(]?[.][*+]')";

export const GIT_SOURCES = sourcePolicy(
  'git',
  { group: SOURCE_GROUP, resource: 'gitrepositories' },
  { field: 'spec.url', canonical: `(https://${HOST}|ssh://${SSH_USER}${HOST})${PATH}+` },
  [PROXY, notTrue('recurseSubmodules', 'submodules are fetched from wherever they say')],
);

export const OCI_SOURCES = sourcePolicy(
  'oci',
  { group: SOURCE_GROUP, resource: 'ocirepositories' },
  { field: 'spec.url', canonical: `oci://${HOST}${OCI_PATH}` },
  [
    INSECURE,
    PROXY,
    CERTIFICATE,
    {
      expression: unlessUnchanged(
        'has(object.spec.verify) && (has(object.spec.verify.secretRef) || ' +
          '(has(object.spec.verify.matchOIDCIdentity) && size(object.spec.verify.matchOIDCIdentity) > 0))',
      ),
      message: 'spec.verify must name a key or an identity: without one, anybody may have signed',
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec.verify) || !has(object.spec.verify.matchOIDCIdentity) || ' +
          `object.spec.verify.matchOIDCIdentity.all(i, ${IDENTITY_IS_PINNED})`,
      ),
      message:
        "issuer and subject in spec.verify.matchOIDCIdentity must be regular expressions between '^' and '$' " +
        'that do not begin with any text',
    },
  ],
);

export const HELM_SOURCES = sourcePolicy(
  'helm',
  { group: SOURCE_GROUP, resource: 'helmrepositories' },
  { field: 'spec.url', canonical: `(https://${HOST}${PATH}*|oci://${HOST}${OCI_PATH})` },
  [
    INSECURE,
    CERTIFICATE,
    notTrue(
      'passCredentials',
      'an index may name charts on any host, which would get the password',
    ),
  ],
);

export const BUCKETS = sourcePolicy(
  'buckets',
  { group: SOURCE_GROUP, resource: 'buckets' },
  {
    field: 'spec.endpoint and spec.bucketName',
    expression: "object.spec.endpoint + '/' + object.spec.bucketName",
    canonical: `${HOST}/[a-z0-9][a-z0-9._-]*`,
  },
  [INSECURE, PROXY, CERTIFICATE, without('sts', 'its endpoint would get a token of the tenant')],
);

export const IMAGE_REPOSITORIES = sourcePolicy(
  'images',
  { group: 'image.toolkit.fluxcd.io', resource: 'imagerepositories' },
  { field: 'spec.image', canonical: `${HOST}${OCI_PATH}` },
  [
    INSECURE,
    PROXY,
    CERTIFICATE,
    without('accessFrom', 'other namespaces have no business with the tags of a tenant'),
  ],
);
