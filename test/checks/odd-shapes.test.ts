import * as fc from 'fast-check';
import { parse } from 'yaml';
import { Check, ObjectCheck } from '../../src/checks/check';
import { CHECKS } from '../../src/checks/registry';
import { runChecks } from '../../src/checks/run-checks';
import { AppliedObject, isObject } from '../../src/clusters/applied-object';
import { ClusterView } from '../../src/clusters/cluster-view';
import { readSourceFile } from '../../src/inventory/read-source-file';
import { SourceTree } from '../../src/inventory/source-file';
import { textValue } from '../../src/checks/rules/text-value';
import { viewClusters } from '../../src/clusters/view-clusters';
import { configMapOf, repositoryOf, syncOf } from '../clusters/repository-of';
import { exampleFleet } from './example-repository';

/** What may stand anywhere in YAML that nobody has applied yet. */
const ODD = [
  ...[null, true, 0, -1, -1.5, '', '*', '${x}', 'default', 'a'.repeat(300)],
  ...[[], [null], [[]], ['x'], {}, { a: null }],
  readSourceFile('odd.yaml', '{ toString: 1 }').documents[0].manifest,
];

/** Checks whose examples are no YAML. */
const UNREADABLE = ['readable-file', 'unbuilt-file-readable'];

const REPOSITORY = { name: 'fleet-infra', tree: new SourceTree([]) };

const OBJECT_CHECKS = CHECKS.filter((check: Check): check is ObjectCheck => 'examine' in check);

test.each(OBJECT_CHECKS.map((check): [string, ObjectCheck] => [check.id, check]))(
  '%s judges whatever stands in the place of any field of its example',
  (_, check) => {
    const documents = readSourceFile('example.yaml', check.bad).documents;
    documents.forEach(({ manifest }, at) => {
      const paths = pathsIn(manifest).filter(([key]) => !['apiVersion', 'kind'].includes(key));
      for (const path of paths) {
        for (const odd of ODD) {
          const objects = documents.map((one, i): AppliedObject => {
            const object = { document: one, repository: REPOSITORY };
            return { ...object, manifest: i === at ? replaced(manifest, path, odd) : one.manifest };
          });
          judge(check, objects);
        }
      }
    });
  },
);

test('no shape of any field makes any check fail, nor whoever asks it', () => {
  const places = CHECKS.flatMap(({ bad, id }) => (UNREADABLE.includes(id) ? [] : placesIn(bad)));
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.constantFrom<any>(...ODD), (place, odd) => {
      const { findings } = runChecks(exampleFleet(changed(place, odd)), { profile: 'strict' });
      expect(findings.filter(({ check }) => check === 'check-failed')).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('no value drowns a report, however long it is', () => {
  const long = JSON.stringify({ a: 'b'.repeat(100_000) });
  const fleet = viewClusters([
    repositoryOf('fleet', {
      'clusters/prod/flux-system/gotk-sync.yaml': syncOf('flux-system', { path: 'clusters/prod' }),
      'clusters/prod/settings.yaml': configMapOf('settings', `{ x: ${long} }`),
    }),
  ]);
  const { findings } = runChecks(fleet, { profile: 'recommended', checks: [textValue] });
  expect(findings.map(({ message }) => message.length)).toEqual([2001]);
});

/** Asks a check about objects, which a Kustomization applies that is one of them. */
function judge(check: ObjectCheck, objects: readonly AppliedObject[]): void {
  const named = objects.filter(({ manifest }) => isObject(manifest));
  const sync = named.find((one) => one.manifest.kind === 'Kustomization');
  const applied = named.map((one) => (one === sync ? one : { ...one, sync }));
  const view = new ClusterView('prod', '', REPOSITORY, applied, [], true);
  for (const object of applied) {
    for (const { pointer = '' } of check.examine(object, view)) {
      expect(pointer).toMatch(/^(?:\/|$)/);
    }
  }
}

/** What makes examples of several documents. */
const SEPARATOR = /^(---|# (?:file|with): .*)$/m;

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

function changed({ parts, index, path }: Place, odd: unknown): string {
  const document = replaced(parse(parts[index]), path, odd);
  return parts
    .map((part, i) => (i === index ? `${JSON.stringify(document)}\n` : part))
    .map((part) => (part === '---' || part.startsWith('# ') ? `${part}\n` : part))
    .join('')
    .replace(/\n\n+/g, '\n');
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

/** The same value, but for what is at a path. */
function replaced(value: any, [key, ...path]: readonly string[], odd: unknown): any {
  if (key === undefined) {
    return odd;
  }
  const item = replaced(value[key], path, odd);
  return Array.isArray(value)
    ? value.map((one, i) => (String(i) === key ? item : one))
    : { ...value, [key]: item };
}
