import { AppliedObject } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { isolatedTenants } from './isolated-tenants';
import { Field, itemsAt, textAt } from './manifest-fields';

export const ROLE_BINDING = 'rbac.authorization.k8s.io/RoleBinding';
export const CLUSTER_ROLE_BINDING = 'rbac.authorization.k8s.io/ClusterRoleBinding';

/** The service accounts that a subject of a binding stands for. */
export interface BoundAccounts {
  readonly namespace: string;
  /** @default - all of the namespace */
  readonly name?: string;
  readonly pointer: string;
}

/** The service accounts of certain namespaces that a RoleBinding or ClusterRoleBinding gives its role. */
export function boundAccounts(manifest: any): BoundAccounts[] {
  return itemsAt(manifest, 'subjects').flatMap((subject) => {
    const accounts = accountsOf(subject, manifest.metadata.namespace);
    const { namespace, name } = accounts ?? {};
    return namespace === undefined ? [] : [{ namespace, name, pointer: subject.pointer }];
  });
}

/** Those of them that are of a tenant, in whose pods any account of its namespaces can be used. */
export function tenantAccounts(
  manifest: any,
  view: ClusterView,
): (BoundAccounts & { readonly tenant: string })[] {
  const tenants = view.once(isolatedTenants);
  return boundAccounts(manifest).flatMap(({ namespace, name, pointer }) => {
    const tenant = tenants.ownerOf(namespace);
    return tenant === undefined ? [] : [{ namespace, name, pointer, tenant }];
  });
}

/** Service accounts in words. */
export function accountInWords({ namespace, name }: BoundAccounts): string {
  return name === undefined
    ? `every ServiceAccount in namespace '${namespace}'`
    : `ServiceAccount '${name}' in namespace '${namespace}'`;
}

/** Whether some binding that is known gives the account a role: in `inNamespace`, or in the whole cluster. */
export function isBound(
  view: ClusterView,
  namespace: string,
  name: string,
  inNamespace: string,
): boolean {
  const places = view.once(bindingPlaces);
  return [`${namespace}/${name}`, `${namespace}/`, '/'].some((account) => {
    const known = places.get(account);
    return known !== undefined && (known.has(inNamespace) || known.has(''));
  });
}

/** Whether some binding that is known gives the account a role anywhere. */
export function isBoundAnywhere(view: ClusterView, namespace: string, name: string): boolean {
  const places = view.once(bindingPlaces);
  return [`${namespace}/${name}`, `${namespace}/`, '/'].some((account) => places.has(account));
}

/** Where accounts are bound, '' being the whole cluster: `<namespace>/<name>`, `<namespace>/` for all of one, '/' for all. */
function bindingPlaces(view: ClusterView): Map<string, Set<string>> {
  const places = new Map<string, Set<string>>();
  const enter = (account: string, place: string) =>
    places.set(account, (places.get(account) ?? new Set()).add(place));
  const bindings: AppliedObject[] = [
    ...view.ofType(ROLE_BINDING),
    ...view.ofType(CLUSTER_ROLE_BINDING),
  ];
  for (const { manifest } of bindings) {
    const place = manifest.kind === 'RoleBinding' ? String(manifest.metadata.namespace) : '';
    for (const { namespace, name = '' } of boundAccounts(manifest)) {
      enter(`${namespace}/${name}`, place);
    }
    if (itemsAt(manifest, 'subjects').some(({ value }) => isEveryAccount(value))) {
      enter('/', place);
    }
  }
  return places;
}

/** Whether a subject of a binding is a group that every service account is in. */
export function isEveryAccount(subject: unknown): boolean {
  const name = textAt(subject, 'name');
  return (
    textAt(subject, 'kind') === 'Group' &&
    (name === 'system:serviceaccounts' || name === 'system:authenticated')
  );
}

function accountsOf(
  { value }: Field,
  own: unknown,
): { namespace: string; name?: string } | undefined {
  const name = textAt(value, 'name') ?? '';
  switch (textAt(value, 'kind')) {
    case 'ServiceAccount': {
      const namespace = textAt(value, 'namespace') ?? own;
      return typeof namespace === 'string' && name !== '' ? { namespace, name } : undefined;
    }
    case 'User': {
      const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
      return namespace === undefined ? undefined : { namespace, name: account };
    }
    case 'Group': {
      const [, namespace] = /^system:serviceaccounts:([^:]+)$/.exec(name) ?? [];
      return namespace === undefined ? undefined : { namespace };
    }
    default:
      return undefined;
  }
}
