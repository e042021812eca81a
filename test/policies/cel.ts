import { TenancyPolicy } from '../../src/policies/tenancy-policy';
import { TENANT_LABEL } from '../../src/vocabulary/labels';
import { evaluated } from './evaluate';

/** A request, as a policy sees it. */
export interface AdmissionRequest {
  readonly policy: TenancyPolicy;
  readonly object: any;
  readonly oldObject?: any;
  readonly namespaceObject: any;
  readonly username?: string;
  readonly groups?: string[];
}

/** Whether a policy looks at what is done to a namespace. */
export function looksAt(
  { scopes, ofNamespaces }: TenancyPolicy,
  operation: string,
  resource: string,
  objects: readonly any[],
): boolean {
  const isTenants = (object: any) => TENANT_LABEL in (object?.metadata?.labels ?? {});
  return (
    ofNamespaces === true &&
    objects.some(isTenants) &&
    scopes.some(
      ({ group, resources, operations = ['CREATE', 'UPDATE'] }) =>
        group === '' && resources.includes(resource) && operations.some((one) => one === operation),
    )
  );
}

/** For each request, the messages of the rules that it breaks. Throws when an expression fails. */
export function messages(requests: readonly AdmissionRequest[]): string[][] {
  return requests.map(({ policy, object, oldObject, namespaceObject, ...user }) => {
    const { broken, error } = evaluated({
      variables: policy.variables,
      rules: policy.rules.map(({ expression }) => expression),
      context: {
        object,
        oldObject: oldObject ?? null,
        namespaceObject,
        request: { userInfo: { username: user.username ?? 'somebody', groups: user.groups ?? [] } },
      },
    });
    if (!broken) {
      throw new Error(`${policy.name}: ${error}`);
    }
    return broken.map((rule) => policy.rules[rule].message);
  });
}
