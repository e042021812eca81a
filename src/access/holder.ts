/** Whom a binding gives its role. */
export interface Holder {
  /**
   * `account` is a service account, `accounts` are all of a namespace, `everyone` are those whom every tenant's accounts are among;
   * `group` and `user` are people, or whatever else has logged in.
   */
  readonly kind: 'account' | 'accounts' | 'everyone' | 'group' | 'user';
  readonly name: string;
  /** @default - they belong to no namespace */
  readonly inNamespace?: string;
}

const EVERYONE = new Set([
  'system:anonymous',
  'system:authenticated',
  'system:serviceaccounts',
  'system:unauthenticated',
]);

/** Whom a subject of a binding is; undefined where the API server would know nobody by it. */
export function holderOf(subject: any, bindingNamespace: string | undefined): Holder | undefined {
  const { kind, name, namespace } = subject ?? {};
  if (typeof name !== 'string') {
    return undefined;
  }
  switch (kind) {
    case 'ServiceAccount': {
      const inNamespace = namespace || bindingNamespace;
      return typeof inNamespace === 'string' ? { kind: 'account', name, inNamespace } : undefined;
    }
    case 'User': {
      const [, inNamespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
      return account === undefined
        ? { kind: EVERYONE.has(name) ? 'everyone' : 'user', name }
        : { kind: 'account', name: account, inNamespace };
    }
    case 'Group': {
      const [, inNamespace] = /^system:serviceaccounts:([^:]+)$/.exec(name) ?? [];
      return inNamespace === undefined
        ? { kind: EVERYONE.has(name) ? 'everyone' : 'group', name }
        : { kind: 'accounts', name, inNamespace };
    }
    default:
      return undefined;
  }
}
