import * as fc from 'fast-check';
import { parse } from 'yaml';
import { CHECKS } from '../../src/checks/registry';
import { runChecks } from '../../src/checks/run-checks';
import { exampleFleet } from './example-repository';

/** What may stand anywhere in YAML that nobody has applied yet. */
const ODD = [null, true, 0, -1.5, '', '*', '${x}', 'default', [], [null], [[]], {}, { a: null }];

/** What makes examples of several documents. */
const SEPARATOR = /^(---|# (?:file|with): .*)$/m;

test('no shape of any field makes a check fail', () => {
  const places = CHECKS.flatMap(({ bad, id }) => (id === 'readable-file' ? [] : placesIn(bad)));
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.constantFrom<any>(...ODD), (place, odd) => {
      const fleet = exampleFleet(replaced(place, odd));
      const { findings } = runChecks(fleet, { profile: 'strict' });
      expect(findings.filter(({ check }) => check === 'check-failed')).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

/** A field of one document of an example. */
interface Place {
  readonly parts: readonly string[];
  readonly index: number;
  readonly path: readonly string[];
}

/** Everywhere in the objects of an example. Kustomization files are none: no check is asked about them. */
function placesIn(example: string): Place[] {
  const parts = example.split(SEPARATOR);
  return parts.flatMap((part, index) => {
    const document = SEPARATOR.test(part) ? undefined : parse(part);
    return /^kustomize\.config/.test(String(document?.apiVersion))
      ? []
      : pathsIn(document).map((path) => ({ parts, index, path }));
  });
}

/** Paths to everything below a value. */
function pathsIn(value: unknown): string[][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => [
        [key],
        ...pathsIn(child).map((path) => [key, ...path]),
      ])
    : [];
}

function replaced({ parts, index, path }: Place, odd: unknown): string {
  const document = parse(parts[index]);
  const parent = path.slice(0, -1).reduce((value, key) => value[key], document);
  parent[path[path.length - 1]] = odd;
  return parts
    .map((part, i) => (i === index ? `${JSON.stringify(document)}\n` : part))
    .map((part) => (part === '---' || part.startsWith('# ') ? `${part}\n` : part))
    .join('')
    .replace(/\n\n+/g, '\n');
}
