/** Annotations of a tenant's namespaces, by which admission policies tell tenants apart. */

/** The account that Flux impersonates for the tenant. */
export const SERVICE_ACCOUNT_ANNOTATION = 'cdk8s-flux-tenants/service-account';

/** All namespaces of the tenant, with a space between two. */
export const NAMESPACES_ANNOTATION = 'cdk8s-flux-tenants/namespaces';

/** What a tenant may reach or claim, as the annotations call it. */
export type SourceType =
  | 'buckets'
  | 'endpoints'
  | 'gateways'
  | 'git'
  | 'helm'
  | 'hosts'
  | 'images'
  | 'oci'
  | 'shared-hosts';

export const SOURCE_TYPES: readonly SourceType[] = [
  'buckets',
  'endpoints',
  'gateways',
  'git',
  'helm',
  'hosts',
  'images',
  'oci',
  'shared-hosts',
];

/** The places of a type, with a space between two: exactly there, or below; hosts are below where they begin with `*.`. */
export function allowedAnnotation(type: SourceType): string {
  return `cdk8s-flux-tenants/allowed-${type}`;
}
