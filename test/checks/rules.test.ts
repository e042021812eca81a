import { Check } from '../../src/checks/check';
import { Finding } from '../../src/checks/finding';
import { CHECKS } from '../../src/checks/registry';
import { runChecks } from '../../src/checks/run-checks';
import { remembering } from '../../src/vocabulary/remembering';
import { exampleFleet } from './example-repository';

/** Checks whose bad example is bad to others, too, and why that cannot be avoided. */
const ALSO_FOUND: Record<string, readonly string[]> = {
  // Only policies of the old kinds can have what these find.
  'kyverno-bare-kind': ['kyverno-legacy-policy'],
  'kyverno-existing-violations': ['kyverno-legacy-policy'],
  'kyverno-user-in-background': ['kyverno-legacy-policy'],
};

describe.each(CHECKS.map((check): [string, Check] => [check.id, check]))('%s', (id, check) => {
  test('finds its bad example, and nothing else does', () => {
    const found = new Set(findings(check.bad).map((finding) => finding.check));
    ALSO_FOUND[id]?.forEach((other) => found.delete(other));
    expect([...found]).toEqual([id]);
  });

  test('points into the bad example', () => {
    for (const { check: found, line, path } of findings(check.bad)) {
      if (found === id) {
        expect({ path, line }).toEqual({ path: expect.any(String), line: expect.any(Number) });
      }
    }
  });

  test('and every other check lets its good example pass', () => {
    expect(findings(check.good).map(shown)).toEqual([]);
  });
});

test('a cluster with a tenant of this library passes every check', () => {
  expect(findings('# with: tenant team-a\n').map(shown)).toEqual([]);
});

/** What all checks say of an example, of which several tests ask. */
const findings = remembering(
  (example): readonly Finding[] => runChecks(exampleFleet(example), { profile: 'strict' }).findings,
);

function shown({ check, path, line, message }: Finding): string {
  return `${check} ${path}:${line} ${message}`;
}
