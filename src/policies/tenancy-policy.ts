import { TENANT_LABEL } from '../vocabulary/labels';
import { allowedAnnotation, SourceType } from '../vocabulary/tenant-annotations';

/** A CEL expression that must be true, and what is said when it is not. */
export interface TenancyRule {
  readonly expression: string;
  readonly message: string;
}

/** Requests of one API group. */
export interface TenancyScope {
  readonly group: string;
  /** Plural names. */
  readonly resources: string[];
  /** @default CREATE and UPDATE */
  readonly operations?: ('CREATE' | 'UPDATE')[];
}

/**
 * One admission policy for all tenants, whatever engine it is for. What differs between tenants stands in annotations of their
 * namespaces, so that no text of a tenant ever is part of an expression.
 *
 * Expressions are of core CEL with the extensions that Kubernetes has. All but those on namespaces use `object`, `oldObject` and
 * `namespaceObject` alone, which every engine has in background scans, too. None contains a backslash, which engines read
 * differently.
 */
export interface TenancyPolicy {
  readonly name: string;
  readonly scopes: TenancyScope[];
  /** Whether it looks at namespaces themselves, and not at what is in them. @default false */
  readonly ofNamespaces?: boolean;
  /** Named expressions that rules use as `variables.<name>`. */
  readonly variables: { readonly [name: string]: string };
  readonly rules: TenancyRule[];
}

/** Namespaces of tenants. */
export const IN_TENANTS = {
  matchExpressions: [{ key: TENANT_LABEL, operator: 'Exists' as const }],
};

/**
 * True for what is not new and stays as it is, for a policy that comes later must not keep controllers from finalizers and
 * status. What is new has no old object to Kubernetes, and an empty one to Kyverno.
 */
export const UNCHANGED =
  'oldObject != null && has(oldObject.metadata) && has(oldObject.spec) == has(object.spec) && ' +
  '(!has(object.spec) || object.spec == oldObject.spec)';

/** `expression`, but not for what was there before and stays as it is. */
export function unlessUnchanged(expression: string): string {
  return `variables.unchanged || (${expression})`;
}

/** For a field that would be a way around what the policies say. */
export function unset(field: string, why: string): TenancyRule {
  return {
    expression: unlessUnchanged(`!has(object.spec.${field})`),
    message: `spec.${field} must not be set: ${why}`,
  };
}

/** The value of an annotation of the namespace; empty when there is none. */
export function namespaceAnnotation(key: string): string {
  const annotations = 'namespaceObject.metadata.annotations';
  return `has(${annotations}) && '${key}' in ${annotations} ? ${annotations}['${key}'] : ''`;
}

/** Places that the namespace lists: those in `variables.<type>`. */
export function listed(type: SourceType): { readonly [name: string]: string } {
  return { [type]: `(${namespaceAnnotation(allowedAnnotation(type))}).split(' ')` };
}

/** True for a text in canonical form that is one of the listed places, or below one. */
export function isListed(type: SourceType, place: string, canonical: string): string {
  return (
    `${place}.matches('^${canonical}$') && !${place}.matches('/[.][.]?(/|$)') && ` +
    `variables.${type}.exists(a, a != '' && (${place} == a || ${place}.startsWith(a + '/')))`
  );
}
