// eslint-disable-next-line @typescript-eslint/no-require-imports -- its types are those of an ES module, which it is not to jest
const { Environment } = require('@marcbachmann/cel-js');

/** Expressions, and what is there for them to look at. */
export interface CelCase {
  /** By name, each with those before it at hand. */
  readonly variables: Readonly<Record<string, string>>;
  readonly rules: readonly string[];
  readonly context: Readonly<Record<string, unknown>>;
}

/** The indices of the rules that do not hold, or why they could not be evaluated. */
export interface CelAnswer {
  readonly broken?: readonly number[];
  readonly error?: string;
}

const environment = new Environment({ unlistedVariablesAreDyn: true });
const programs = new Map<string, (context: object) => unknown>();

export function evaluated(one: CelCase): CelAnswer {
  try {
    return { broken: broken(one) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** What is looked at is JSON, as what the API server hands over. */
function broken({ variables, rules, context }: CelCase): number[] {
  const known: Record<string, unknown> = {};
  const full = { ...JSON.parse(JSON.stringify(context)), variables: known };
  for (const [name, expression] of Object.entries(variables)) {
    known[name] = evaluate(expression, full);
  }
  return rules.flatMap((rule, i) => (evaluate(rule, full) === true ? [] : [i]));
}

function evaluate(expression: string, context: object): unknown {
  const program = programs.get(expression) ?? environment.parse(expression);
  programs.set(expression, program);
  return program(context);
}
