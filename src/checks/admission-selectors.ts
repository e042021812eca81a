import { TENANT_LABEL } from '../vocabulary/labels';
import { itemsAt, mapAt, valueAt } from './manifest-fields';
import { isMap } from '../vocabulary/is-map';

/** The kinds of admission policies that can be told to hold in some namespaces only. */
export const POLICY_TYPES = [
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'kyverno.io/ClusterPolicy',
  'policies.kyverno.io/ValidatingPolicy',
];

/** What an admission policy, or a binding of one, selects namespaces by; or Namespaces themselves, by their labels. */
export function selectorsOf(manifest: any): readonly any[] {
  const filters = itemsAt(manifest, 'spec', 'rules').flatMap(({ value }) => filtersOf(value));
  return [
    ...['matchConstraints', 'matchResources'].flatMap((key) => selectorsIn(manifest?.spec?.[key])),
    ...filters.flatMap(({ namespaceSelector, selector }) => [namespaceSelector, selector]),
  ].filter(isMap);
}

/** Whether a policy is there to keep tenants apart: it holds where a namespace is said to be a tenant's. */
export function isForTenants(manifest: any): boolean {
  return selectorsOf(manifest).some(selectsTenants);
}

/** What a rule of a Kyverno ClusterPolicy matches. */
export function filtersOf(rule: any): Record<string, any>[] {
  const filters = [valueAt(rule, 'match'), ...['any', 'all'].flatMap((key) => clauses(rule, key))];
  return filters.map((filter) => mapAt(filter, 'resources'));
}

function clauses(rule: any, key: string): any[] {
  return itemsAt(rule, 'match', key).map(({ value }) => value);
}

function selectorsIn(match: any): any[] {
  return [valueAt(match, 'namespaceSelector'), valueAt(match, 'objectSelector')];
}

function selectsTenants(selector: any): boolean {
  return (
    valueAt(selector, 'matchLabels', TENANT_LABEL) !== undefined ||
    itemsAt(selector, 'matchExpressions').some(
      ({ value }) =>
        valueAt(value, 'key') === TENANT_LABEL &&
        ['Exists', 'In'].includes(valueAt(value, 'operator')),
    )
  );
}
