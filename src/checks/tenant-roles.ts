import { isSelected } from '../inventory/label-selector';
import { AccessAction } from '../access/access-action';
import { AccessRule, readRule, ruleAllows } from '../access/policy-rule';
import { AppliedObject } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { ROLE_BINDING, tenantAccounts } from './bound-accounts';
import { itemsAt, mapAt, textAt, valueAt } from './manifest-fields';
import { isMap } from '../vocabulary/is-map';

const ROLE = 'rbac.authorization.k8s.io/Role';
export const CLUSTER_ROLE = 'rbac.authorization.k8s.io/ClusterRole';

export const ROLES = [CLUSTER_ROLE, ROLE];

export const WRITE = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** A role that a tenant's accounts have in a namespace of theirs. */
export interface TenantRole {
  readonly tenant: string;
  /** One of the bindings that give it, in words. */
  readonly binding: string;
}

/** A rule of a role that is a tenant's. */
export interface TenantRule extends TenantRole {
  readonly rule: AccessRule;
  readonly pointer: string;
}

/** The tenant whose accounts have a role; undefined when it is no tenant's. */
export function tenantRole(role: AppliedObject, view: ClusterView): TenantRole | undefined {
  return view.once(tenantRoles).get(role);
}

/**
 * The rules of a role, if it is a tenant's. One that allows everything is left out: what is wrong with it is said of the
 * binding, once.
 */
export function tenantRules(role: AppliedObject, view: ClusterView): TenantRule[] {
  const held = tenantRole(role, view);
  return held === undefined
    ? []
    : itemsAt(role.manifest, 'rules')
        .map(({ value, pointer }) => ({ ...held, rule: readRule(value), pointer }))
        .filter(({ rule }) => !allowsEverything(rule));
}

/** Those of `resources` on which a rule allows one of `verbs`, each as `<plural>[.<group>][/<subresource>]`. */
export function allowedOn(
  rule: AccessRule,
  verbs: readonly string[],
  resources: readonly string[],
): string[] {
  return resources.filter((resource) =>
    verbs.some((verb) => ruleAllows(rule, AccessAction.on(verb, resource))),
  );
}

/** The role of a binding that is in the repository, and all that it takes in by aggregation. */
export function rolesOf(binding: AppliedObject, view: ClusterView): AppliedObject[] {
  const { manifest } = binding;
  const isCluster = textAt(manifest, 'roleRef', 'kind') === 'ClusterRole';
  const name = textAt(manifest, 'roleRef', 'name');
  const role =
    name === undefined
      ? undefined
      : view.find(
          isCluster ? CLUSTER_ROLE : ROLE,
          isCluster ? undefined : manifest.metadata.namespace,
          name,
        );
  const roles = new Set(role ? view.twinsOf(role.manifest) : []);
  for (const { manifest: one } of roles) {
    const selectors = itemsAt(one, 'aggregationRule', 'clusterRoleSelectors');
    for (const other of selectors.length > 0 ? view.ofType(CLUSTER_ROLE) : []) {
      const labels = mapAt(other.manifest, 'metadata', 'labels');
      if (selectors.some(({ value }) => isLabelSelector(value) && isSelected(value, labels))) {
        roles.add(other);
      }
    }
  }
  return [...roles];
}

/** Whether a rule allows all that there is. */
export function allowsEverything({ apiGroups, resources, verbs }: AccessRule): boolean {
  return [apiGroups, resources, verbs].every((one) => one.includes('*'));
}

/** `RoleBinding 'x' in namespace 'y'`. */
function bindingInWords({ kind, metadata }: any): string {
  return metadata.namespace === undefined
    ? `${kind} '${metadata.name}'`
    : `${kind} '${metadata.name}' in namespace '${metadata.namespace}'`;
}

/** Texts in quotes, with commas between them. */
export function listed(texts: readonly string[]): string {
  return texts.map((text) => `'${text}'`).join(', ');
}

function tenantRoles(view: ClusterView): Map<AppliedObject, TenantRole> {
  const roles = new Map<AppliedObject, TenantRole>();
  const resolved = new Map<string, AppliedObject[]>();
  for (const binding of view.ofType(ROLE_BINDING)) {
    const { manifest } = binding;
    const own = tenantAccounts(manifest, view).find(
      ({ tenant }) => view.tenants.ownerOf(manifest.metadata.namespace) === tenant,
    );
    if (own) {
      const words = bindingInWords(manifest);
      // Thousands of tenants are bound to one role.
      const { kind, name } = mapAt(manifest, 'roleRef');
      const key = JSON.stringify([kind, name, kind === 'Role' && manifest.metadata.namespace]);
      const found = resolved.get(key) ?? rolesOf(binding, view);
      resolved.set(key, found);
      for (const role of found) {
        if (!roles.has(role)) {
          roles.set(role, { tenant: own.tenant, binding: words });
        }
      }
    }
  }
  return roles;
}

function isLabelSelector(selector: unknown): boolean {
  const [labels, expressions] = ['matchLabels', 'matchExpressions'].map((key) =>
    valueAt(selector, key),
  );
  return (
    (labels === undefined || labels === null || isMap(labels)) &&
    (expressions === undefined || expressions === null || Array.isArray(expressions))
  );
}
