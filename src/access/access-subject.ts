import { ITenant } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { CONSTRUCT, requireForm } from '../vocabulary/form';

const AUTHENTICATED = 'system:authenticated';
const UNRESTRICTED = 'system:masters';

/**
 * Whom a question about rights is asked of, as the API server sees a request: a user name and groups.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
 */
export class AccessSubject {
  /** The account that Flux impersonates for a tenant. */
  public static accountOf(tenant: ITenant): AccessSubject {
    requireForm('tenant', tenant, CONSTRUCT);
    return AccessSubject.serviceAccount(tenant.homeNamespace, tenant.serviceAccountName);
  }

  /** A service account, which is a user and in three groups besides. */
  public static serviceAccount(inNamespace: string, name: string): AccessSubject {
    const groups = ['system:serviceaccounts', `system:serviceaccounts:${inNamespace}`];
    return new AccessSubject(
      `ServiceAccount '${name}' in namespace '${inNamespace}'`,
      [...groups, AUTHENTICATED],
      `system:serviceaccount:${inNamespace}:${name}`,
    );
  }

  /**
   * A person, or whatever else has logged in.
   *
   * @param groups what the identity provider says it is in. Throws when one is `system:masters`, whom nothing is refused
   */
  public static user(name: string, groups: string[] = []): AccessSubject {
    return new AccessSubject(`User '${name}'`, [...groups, AUTHENTICATED], name);
  }

  /**
   * Anyone who has logged in and is in a group, whatever else they are.
   *
   * @param name throws when it is `system:masters`, whom nothing is refused
   */
  public static group(name: string): AccessSubject {
    return new AccessSubject(`Group '${name}'`, [name, AUTHENTICATED]);
  }

  /** Whoever has not logged in. */
  public static anonymous(): AccessSubject {
    return new AccessSubject('anonymous', ['system:unauthenticated'], 'system:anonymous');
  }

  private constructor(
    private readonly description: string,
    private readonly groups: string[],
    private readonly user?: string,
  ) {
    if (groups.includes(UNRESTRICTED)) {
      throw new Error(
        `group ${quoted(UNRESTRICTED)} may do everything, whatever roles say; ask about another`,
      );
    }
  }

  /** The subject in words. */
  public toString(): string {
    return this.description;
  }

  /**
   * Whether a subject of a binding is this one.
   *
   * @internal
   */
  public _is({ kind, name, namespace }: any, bindingNamespace: string | undefined): boolean {
    switch (kind) {
      case 'User':
        return this.user !== undefined && name === this.user;
      case 'Group':
        return this.groups.includes(name);
      case 'ServiceAccount': {
        const of = namespace || bindingNamespace;
        return of !== undefined && `system:serviceaccount:${of}:${name}` === this.user;
      }
      default:
        return false;
    }
  }
}
