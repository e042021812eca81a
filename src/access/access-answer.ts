import { AccessRule } from './policy-rule';

/** Why somebody may do something: one rule, given by one binding. */
export interface AccessGrant {
  /**
   * The namespace in which it holds.
   *
   * @default - everywhere, and outside of namespaces
   */
  readonly inNamespace?: string;
  /** The binding, such as `RoleBinding 'team-a-reconciler' in namespace 'team-a'`. */
  readonly binding: string;
  /** The subject of the binding, such as `ServiceAccount 'team-a' in namespace 'team-a'`. */
  readonly subject: string;
  /** The role that is bound. */
  readonly role: string;
  /** The rule, and the role that it was written in: another than `role` where that aggregates roles. */
  readonly source: string;
  readonly rule: AccessRule;
  /** Paths of the constructs of binding and rule. */
  readonly constructPaths: string[];
}

/** Where somebody may do something, and why. */
export class AccessAnswer {
  public constructor(
    /** What was asked, in words. */
    public readonly question: string,
    /** The evidence: every rule that allows it. */
    public readonly grants: AccessGrant[],
    /** Why they may be allowed more: bindings to roles that the program does not write, or that others can add to. */
    public readonly unknowns: string[],
  ) {}

  /** Whether it is allowed in every namespace, and outside of namespaces. */
  public get isClusterWide(): boolean {
    return this.grants.some(({ inNamespace }) => inNamespace === undefined);
  }

  /** Namespaces in which it is allowed by a binding there, sorted. */
  public get namespaces(): string[] {
    return [...new Set(this.grants.flatMap(({ inNamespace }) => inNamespace ?? []))].sort();
  }

  /** Whether it is known to be allowed nowhere: what a test of a guarantee asserts. */
  public get isNowhere(): boolean {
    return this.grants.length === 0 && this.unknowns.length === 0;
  }

  /** Whether it is allowed in a namespace, by a binding there or by one for the whole cluster. */
  public isAllowedIn(name: string): boolean {
    return this.isClusterWide || this.namespaces.includes(name);
  }

  /** The answer and its evidence in words, a line for each grant and for each thing that is not known. */
  public toString(): string {
    const where = [...(this.isClusterWide ? ['the whole cluster'] : []), ...this.namespaces];
    return [
      `${this.question}: ${where.join(', ') || 'nowhere that is known'}`,
      ...this.grants.map(line),
      ...this.unknowns.map((unknown) => `  not known: ${unknown}`),
    ].join('\n');
  }
}

function line({ binding, subject, role, source, rule, constructPaths }: AccessGrant): string {
  const objects = [
    ...rule.resources.map((one) => `${one} of ${rule.apiGroups.map((g) => `'${g}'`).join(', ')}`),
    ...rule.nonResourceUrls,
  ];
  const only = rule.resourceNames.length > 0 ? ` named ${rule.resourceNames.join(', ')}` : '';
  return (
    `  ${rule.verbs.join(', ')} ${objects.join('; ')}${only}: ` +
    `${binding} gives ${subject} ${source.endsWith(` of ${role}`) ? '' : `${role}, and so `}${source} ` +
    `[${constructPaths.join(', ')}]`
  );
}
