import { runChecks } from '../../src/checks/run-checks';
import { exampleFleet } from './example-repository';

/** What the checks say of an example, strict ones among them, as `<check> <message>`. */
export function judged(example: string): string[] {
  return runChecks(exampleFleet(example), { profile: 'strict' }).findings.map(
    ({ check, message }) => `${check} ${message}`,
  );
}

/** What one check says of an example. */
export function judgedBy(id: string, example: string): string[] {
  return judged(example)
    .filter((found) => found.startsWith(`${id} `))
    .map((found) => found.slice(id.length + 1));
}
