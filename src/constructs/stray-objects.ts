import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isClusterScoped } from '../vocabulary/cluster-scoped-kinds';
import { ITenant } from '../vocabulary/ports';

/** An error for every object below `scope` that is outside the tenant's namespaces, but for those in `except`. */
export function strayObjects(scope: IConstruct, tenant: ITenant, except?: IConstruct): string[] {
  const errors: string[] = [];
  for (const child of scope.node.children) {
    if (child !== except) {
      if (ApiObject.isApiObject(child)) {
        errors.push(...whyStray(child, tenant));
      }
      errors.push(...strayObjects(child, tenant, except));
    }
  }
  return errors;
}

function whyStray(object: ApiObject, tenant: ITenant): string[] {
  const what = `${object.kind} '${object.name}' at '${object.node.path}'`;
  if (isClusterScoped(object.kind)) {
    return [`${what} is cluster-wide and can be no tenant's; create it inside a PlatformComponent`];
  }
  const namespace = object.metadata.namespace ?? 'none';
  return tenant.namespaces.includes(namespace)
    ? []
    : [
        `${what} must be in a namespace of tenant '${tenant.tenantName}' ` +
          `(${tenant.namespaces.join(', ')}), got '${namespace}'`,
      ];
}
