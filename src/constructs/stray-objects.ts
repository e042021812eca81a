import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isClusterScoped } from '../vocabulary/cluster-scoped-kinds';
import { ITenant } from '../vocabulary/ports';

/** An error for every object below `scope` that is outside a tenant's namespaces, but for those in `except`. */
export function strayObjects(
  scope: IConstruct,
  tenant: ITenant,
  namespaces: readonly string[],
  except?: IConstruct,
): string[] {
  const errors: string[] = [];
  for (const child of scope.node.children) {
    if (child !== except) {
      if (ApiObject.isApiObject(child)) {
        errors.push(...whyStray(child, tenant, namespaces));
      }
      errors.push(...strayObjects(child, tenant, namespaces, except));
    }
  }
  return errors;
}

function whyStray(object: ApiObject, tenant: ITenant, namespaces: readonly string[]): string[] {
  const what = `${object.kind} '${object.name}' at '${object.node.path}'`;
  if (isClusterScoped(object.kind)) {
    return [`${what} is cluster-wide and can be no tenant's; create it inside a PlatformComponent`];
  }
  const namespace = object.metadata.namespace ?? 'none';
  return namespaces.includes(namespace)
    ? []
    : [
        `${what} must be in a namespace of tenant '${tenant.tenantName}' ` +
          `(${namespaces.join(', ')}), got '${namespace}'`,
      ];
}
