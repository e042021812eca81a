import { Construct, IConstruct } from 'constructs';

const WARNINGS = Symbol.for('cdk8s-flux-tenants.warnings');

/** Reports that `scope` may be so, but hardly should: `warning` appears in the plan of its repository. */
export function warn(scope: Construct, warning: string): void {
  Object.defineProperty(scope, WARNINGS, {
    value: [...warningsOf(scope), warning],
    configurable: true,
  });
}

/** What `warn` said of exactly this construct. */
export function warningsOf(construct: IConstruct): readonly string[] {
  return (construct as any)[WARNINGS] ?? [];
}
