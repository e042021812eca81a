import { Construct, IConstruct } from 'constructs';

/** That somebody accepts what a check finds in some objects. */
export interface Suppression {
  /** Id of the check. */
  readonly check: string;
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
}

const SUPPRESSIONS = Symbol.for('cdk8s-flux-tenants.suppressions');

/** Accepts for `scope` and everything below it what a check finds. */
export function suppress(scope: Construct, suppression: Suppression): void {
  Object.defineProperty(scope, SUPPRESSIONS, {
    value: [...suppressionsOf(scope), suppression],
    configurable: true,
  });
}

/** What `suppress` said of exactly this construct. */
export function suppressionsOf(construct: IConstruct): readonly Suppression[] {
  return (construct as any)[SUPPRESSIONS] ?? [];
}
