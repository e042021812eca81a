import { CONSTRUCT, TEXT, listOf, requireForm } from '../vocabulary/form';
import { ITenant } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';

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

  /**
   * A service account, which is a user and in three groups besides: one that the program writes or binds, or the `default` of a
   * namespace that it writes. `asStranger` is for others.
   */
  public static serviceAccount(inNamespace: string, name: string): AccessSubject {
    requireForm('namespace', inNamespace, TEXT);
    requireForm('service account', name, TEXT);
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
    requireForm('user', name, TEXT);
    requireForm('groups', groups, listOf(TEXT));
    return new AccessSubject(`User '${name}'`, [...groups, AUTHENTICATED], name);
  }

  /**
   * Anyone who has logged in and is in a group, whatever else they are.
   *
   * @param name throws when it is `system:masters`, whom nothing is refused
   */
  public static group(name: string): AccessSubject {
    requireForm('group', name, TEXT);
    return new AccessSubject(`Group '${name}'`, [name, AUTHENTICATED]);
  }

  /** Whoever has not logged in. */
  public static anonymous(): AccessSubject {
    return new AccessSubject('anonymous', ['system:unauthenticated'], 'system:anonymous');
  }

  private constructor(
    private readonly description: string,
    /** @internal */
    readonly _groups: readonly string[],
    /** @internal */
    readonly _user?: string,
    /**
     * Whether the program need not know it.
     *
     * @internal
     */
    readonly _isStranger: boolean = false,
  ) {
    if (_groups.includes(UNRESTRICTED)) {
      throw new Error(
        `group ${quoted(UNRESTRICTED)} may do everything, whatever roles say; ask about another`,
      );
    }
  }

  /** The same subject, whom neither accounts nor bindings of the program need to name: nothing tells whether it is spelled right. */
  public asStranger(): AccessSubject {
    return new AccessSubject(this.description, this._groups, this._user, true);
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
        return this._user !== undefined && name === this._user;
      case 'Group':
        return this._groups.includes(name);
      case 'ServiceAccount': {
        const of = namespace || bindingNamespace;
        return of !== undefined && `system:serviceaccount:${of}:${name}` === this._user;
      }
      default:
        return false;
    }
  }
}
