// Evaluates CEL in a process of its own, because the engine is an ES module, which jest does not load. Reads
// [{ variables, rules, context }] and writes, for each, the indices of the rules that do not hold, or a message.
import { Environment } from '@marcbachmann/cel-js';

const chunks = [];
for await (const chunk of process.stdin) {
  chunks.push(chunk);
}
const cases = JSON.parse(Buffer.concat(chunks).toString());
const environment = new Environment({ unlistedVariablesAreDyn: true });
const programs = new Map();

function evaluate(expression, context) {
  if (!programs.has(expression)) {
    programs.set(expression, environment.parse(expression));
  }
  return programs.get(expression)(context);
}

function broken({ variables, rules, context }) {
  const known = {};
  const full = { ...context, variables: known };
  for (const [name, expression] of Object.entries(variables)) {
    known[name] = evaluate(expression, full);
  }
  return rules.flatMap((rule, i) => (evaluate(rule, full) === true ? [] : [i]));
}

process.stdout.write(
  JSON.stringify(
    cases.map((one) => {
      try {
        return { broken: broken(one) };
      } catch (error) {
        return { error: error.message };
      }
    }),
  ),
);
