import { Check, ObjectCheck } from '../../src/checks/check';
import { CHECKS } from '../../src/checks/registry';
import { AppliedObject } from '../../src/clusters/applied-object';
import { ClusterView } from '../../src/clusters/cluster-view';
import { readSourceFile } from '../../src/inventory/read-source-file';
import { SourceTree } from '../../src/inventory/source-file';

const ODD = [null, '', '${VARIABLE}', 'a'.repeat(300), -1, 1.5, true, [], [null], [[]], ['x'], {}];

const REPOSITORY = { name: 'fleet-infra', tree: new SourceTree([]) };

const OBJECT_CHECKS = CHECKS.filter((check: Check): check is ObjectCheck => 'examine' in check);

test.each(OBJECT_CHECKS.map((check): [string, ObjectCheck] => [check.id, check]))(
  '%s judges whatever stands in the place of any field',
  (_, check) => {
    const documents = readSourceFile('example.yaml', check.bad).documents;
    documents.forEach((document, at) => {
      for (const manifest of variantsOf(document.manifest)) {
        const objects = documents.map((one, i): AppliedObject => {
          const object = { document: one, repository: REPOSITORY };
          return { ...object, manifest: i === at ? manifest : one.manifest };
        });
        const applied = objects.filter((one) => typeof one.manifest?.metadata?.name === 'string');
        const sync = applied.find((one) => one.manifest.kind === 'Kustomization');
        judge(
          check,
          applied.map((one) => (one === sync ? one : { ...one, sync })),
        );
      }
    });
  },
);

function judge(check: ObjectCheck, objects: readonly AppliedObject[]): void {
  const view = new ClusterView('prod', '', REPOSITORY, objects, [], true);
  for (const object of objects) {
    for (const { pointer = '' } of check.examine(object, view)) {
      expect(pointer).toMatch(/^(?:\/|$)/);
    }
  }
}

/** The manifest with each of its values but identity replaced by each odd one in turn. */
function* variantsOf(manifest: any): Generator<any> {
  for (const key of Object.keys(manifest ?? {})) {
    if (!['apiVersion', 'kind'].includes(key)) {
      for (const value of changed(manifest[key])) {
        yield { ...manifest, [key]: value };
      }
    }
  }
}

function* changed(value: any): Generator<any> {
  yield* ODD;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      for (const item of changed(value[i])) {
        yield value.map((one, at) => (at === i ? item : one));
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      for (const item of changed(value[key])) {
        yield { ...value, [key]: item };
      }
    }
  }
}
