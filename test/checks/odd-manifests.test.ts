import { parseAllDocuments, stringify } from 'yaml';
import { ALERT, RECEIVER } from '../../src/checks/alert-example';
import { IMAGE_UPDATES } from '../../src/checks/image-updates-example';
import { OCI_SOURCE } from '../../src/checks/oci-source-example';
import { RELEASE } from '../../src/checks/release-example';
import { runChecks } from '../../src/checks/run-checks';
import { exampleFleet } from './example-repository';

const ODD = [null, 5, '', 'text', '${x}', [], [null], {}, { name: { a: 1 } }, [[{}]]];

test.each(Object.entries({ ALERT, IMAGE_UPDATES, OCI_SOURCE, RECEIVER, RELEASE }))(
  'nothing of %s makes a check fail when it is something else',
  (_, example) => {
    const [objects, ...rest] = example.split('# file: ');
    const all = variants(parseAllDocuments(objects).map((one: any) => one.toJS()));
    // Each variant has a namespace of its own, so that one fleet is enough for all.
    const texts = all.flatMap((variant, i) =>
      variant.map((one) =>
        stringify({ ...one, metadata: { ...one.metadata, namespace: `n${i}` } }),
      ),
    );
    const fleet = exampleFleet([texts.join('---\n'), ...rest].join('# file: '));
    expect(fleet.clusters[0].objects.length).toBeGreaterThan(texts.length);
    const { findings } = runChecks(fleet, { profile: 'strict' });
    expect(findings.filter(({ check }) => check === 'check-failed')).toEqual([]);
  },
);

/** The objects, once for each part of a spec and each odd value in its place. */
function variants(objects: any[]): any[][] {
  return objects.flatMap((object, i) =>
    [...keysIn(object.spec, ['spec'])].flatMap((keys) =>
      ODD.map((odd) => {
        const copy = structuredClone(objects);
        set(copy[i], keys, odd);
        return copy;
      }),
    ),
  );
}

/** Keys to everything in a value. */
function* keysIn(value: any, keys: string[]): Generator<string[]> {
  yield keys;
  if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      yield* keysIn(child, [...keys, key]);
    }
  }
}

function set(object: any, keys: string[], value: unknown): void {
  const last = keys[keys.length - 1];
  keys.slice(0, -1).reduce((one, key) => one[key], object)[last] = value;
}
