import { allowedAnnotation, SourceType } from '../vocabulary/tenant-annotations';
import {
  isListed,
  listed,
  TenancyPolicy,
  TenancyRule,
  UNCHANGED,
  unlessUnchanged,
  unset,
} from './tenancy-policy';

export const HOST = '[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?';
const OCI_PATH = '(/[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*)+';
const PATH = '(/[A-Za-z0-9._~-]+)';
const SSH_USER = '([A-Za-z0-9_][A-Za-z0-9._-]*@)?';

const SOURCE_GROUP = 'source.toolkit.fluxcd.io';

function notTrue(field: string, why: string): TenancyRule {
  return {
    expression: unlessUnchanged(`!has(object.spec.${field}) || !object.spec.${field}`),
    message: `spec.${field} must not be true: ${why}`,
  };
}

const INSECURE = notTrue('insecure', 'whoever is on the way could answer');
const PROXY = unset(
  'proxySecretRef',
  'what is behind a proxy of a tenant is whatever the tenant says',
);
const CERTIFICATE = unset('certSecretRef', 'a tenant would decide which server is the right one');

/**
 * A policy on sources: a place is allowed when it is spelled in the one canonical way, and is one of the list or below one. A dot
 * segment, a user and password, an escape or a query would mean another place than they seem to.
 */
function sourcePolicy(
  type: SourceType,
  scope: { group: string; resource: string },
  place: { field: string; expression?: string; canonical: string },
  rules: TenancyRule[],
): TenancyPolicy {
  const { field, canonical, expression = `object.${field}` } = place;
  return {
    name: `flux-tenants-${type}`,
    scopes: [{ group: scope.group, resources: [scope.resource] }],
    variables: { unchanged: UNCHANGED, place: expression, ...listed(type) },
    rules: [
      {
        expression: unlessUnchanged(isListed(type, 'variables.place', canonical)),
        message:
          `${field} must be one that the namespace's annotation ${allowedAnnotation(type)} lists, or below one, ` +
          'in canonical form',
      },
      ...rules,
    ],
  };
}

/**
 * A regular expression that stands for one text: letters and escaped dots, as `\.` or `[.]`, and at its end `[^/@]+` perhaps. What
 * could be written otherwise could mean anybody.
 */
const PINNED = '^[$^]([A-Za-z0-9_:/@=~%,-]|[[-^][.]|[[][.]])*([[][$^]/@][+])?[$^]$';
/** What `PINNED` takes for it for want of a backslash: a dot behind ']' or '^', and brackets with more than a dot in them. */
const NOT_PINNED = '(]|[$^])[.]|[[][.]([^[-^]|[[]|[[-^][.])|[[][$]';
const isPinned = (text: string) =>
  `${text}.startsWith('^') && ${text}.endsWith('$') && ${text}.matches('${PINNED}') && !${text}.matches('${NOT_PINNED}')`;
/** Only the name of a tag or branch is open. */
const IDENTITY_IS_PINNED =
  `i.issuer.startsWith('^https://') && ${isPinned('i.issuer')} && !i.issuer.contains('+') && ` +
  `${isPinned('i.subject')} && (!i.subject.contains('+') || i.subject.matches('@refs/(heads|tags)/'))`;

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
        "has(object.spec.verify) && has(object.spec.verify.provider) && (object.spec.verify.provider in ['cosign', 'notation'] && " +
          "has(object.spec.verify.secretRef) || object.spec.verify.provider == 'cosign' && " +
          'has(object.spec.verify.matchOIDCIdentity) && size(object.spec.verify.matchOIDCIdentity) > 0)',
      ),
      message:
        'spec.verify must be of cosign, with a key or an identity, or of notation, with a trust policy: without one, ' +
        'anybody may have signed',
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec.verify) || !has(object.spec.verify.matchOIDCIdentity) || ' +
          `object.spec.verify.matchOIDCIdentity.all(i, ${IDENTITY_IS_PINNED})`,
      ),
      message:
        "issuer and subject in spec.verify.matchOIDCIdentity must be texts between '^' and '$' with escaped dots, " +
        "in which only the end of '@refs/tags/…' or '@refs/heads/…' may be open, as '[^/@]+'",
    },
  ],
);

export const HELM_SOURCES = sourcePolicy(
  'helm',
  { group: SOURCE_GROUP, resource: 'helmrepositories' },
  { field: 'spec.url', canonical: `https://${HOST}${PATH}*` },
  [
    INSECURE,
    CERTIFICATE,
    {
      expression: unlessUnchanged("!has(object.spec.type) || object.spec.type == 'default'"),
      message: 'spec.type must not be oci: an OCIRepository verifies who signed a chart',
    },
    notTrue(
      'passCredentials',
      'an index may name charts on any host, which would get the password',
    ),
  ],
);

/** An endpoint as the list spells it: that of Azure alone has a scheme. */
const ENDPOINT =
  "(has(object.spec.provider) && object.spec.provider == 'azure' && object.spec.endpoint.startsWith('https://') ? " +
  'object.spec.endpoint.substring(8) : object.spec.endpoint)';

export const BUCKETS = sourcePolicy(
  'buckets',
  { group: SOURCE_GROUP, resource: 'buckets' },
  {
    field: 'spec.endpoint and spec.bucketName',
    expression: `${ENDPOINT} + '/' + object.spec.bucketName`,
    canonical: `${HOST}/[a-z0-9][a-z0-9._-]*`,
  },
  [
    {
      expression: unlessUnchanged(
        "!has(object.spec.provider) || object.spec.provider in ['generic', 'aws'] || " +
          "(object.spec.provider == 'gcp' && object.spec.endpoint == 'storage.googleapis.com') || " +
          "(object.spec.provider == 'azure' && object.spec.endpoint.startsWith('https://'))",
      ),
      message: 'spec.provider must be one that reads from spec.endpoint, and over TLS',
    },
    INSECURE,
    PROXY,
    CERTIFICATE,
    unset('sts', 'its endpoint would get a token of the tenant'),
  ],
);

/** A chart's own dependencies are fetched from wherever they say; those of a repository come with it. */
export const HELM_CHARTS: TenancyPolicy = {
  name: 'flux-tenants-helm-charts',
  scopes: [{ group: SOURCE_GROUP, resources: ['helmcharts'] }],
  variables: { unchanged: UNCHANGED },
  rules: [
    {
      expression: unlessUnchanged("object.spec.sourceRef.kind == 'HelmRepository'"),
      message:
        'spec.sourceRef.kind must be HelmRepository: a chart in Git is built with what it depends on',
    },
  ],
};

export const IMAGE_REPOSITORIES = sourcePolicy(
  'images',
  { group: 'image.toolkit.fluxcd.io', resource: 'imagerepositories' },
  { field: 'spec.image', canonical: `${HOST}${OCI_PATH}` },
  [
    INSECURE,
    PROXY,
    CERTIFICATE,
    unset('accessFrom', 'other namespaces have no business with the tags of a tenant'),
  ],
);
