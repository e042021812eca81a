import { runChecks } from '../../src/checks/run-checks';
import { exampleFleet } from './example-repository';

/** What the checks say of an example, strict ones among them, as `<check> <message>`. */
export function judged(example: string): string[] {
  return runChecks(exampleFleet(example), { profile: 'strict' }).findings.map(
    ({ check, message }) => `${check} ${message}`,
  );
}
