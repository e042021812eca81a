import { createHash } from 'crypto';
import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { ApiObject, JsonPatch, Testing, type Chart } from 'cdk8s';
import { modules } from '../tools/import-crds/kinds';
import type { CustomResource } from '../tools/import-crds/schema';
import { renderModule } from '../tools/import-crds/typescript-module';
import { FIELD_SCHEMAS } from '../src/imports/field-schemas';
import { GitRepository, OCIRepository } from '../src/imports/source.toolkit.fluxcd.io';
import { HelmRelease } from '../src/imports/helm.toolkit.fluxcd.io';
import { Kustomization } from '../src/imports/kustomize.toolkit.fluxcd.io';
import crdTable from './schemas/crds.json';

const directory = join(__dirname, '..', 'src', 'imports');
const files = readdirSync(directory).sort();
const groups = files.filter((file) => file !== 'field-schemas.ts');

interface ImportedClass {
  new (scope: Chart, id: string, props: any): ApiObject;
  readonly API_VERSION: string;
  readonly KIND: string;
}

const classes: [string, ImportedClass][] = groups.flatMap((file) =>
  Object.entries(jest.requireActual<{ [name: string]: ImportedClass }>(join(directory, file))),
);

describe('the files of src/imports', () => {
  test('there is one per imported API group', () => {
    expect(groups).toEqual(modules.map(({ group }) => `${group}.ts`).sort());
  });

  test.each(files)('%s is as it was generated', (file) => {
    const text = readFileSync(join(directory, file), 'utf8').replace(/\r\n/g, '\n');
    const match = /^(?:\/\/.*\n)*\/\/ content-sha256: ([0-9a-f]{64})\n/.exec(text);
    expect(match).not.toBeNull();
    const body = text.slice(match![0].length);
    expect(createHash('sha256').update(body).digest('hex')).toBe(match![1]);
  });
});

test('the schemas of fields know each kind, and nothing of what it is for', () => {
  expect(Object.keys(FIELD_SCHEMAS).sort()).toEqual(Object.keys(crdTable).sort());
  for (const text of Object.values(FIELD_SCHEMAS)) {
    expect(keywordsIn(JSON.parse(text))).toEqual(new Set());
  }
});

/** Keywords that no schema of fields needs. */
function keywordsIn(schema: any): Set<string> {
  const { properties = {}, required, items = {}, additionalProperties = {}, ...more } = schema;
  const { type, enum: choices, 'x-kubernetes-int-or-string': isEither, ...others } = more;
  expect([required ?? [], choices ?? []]).toEqual([expect.any(Array), expect.any(Array)]);
  expect([undefined, 'string', 'integer', 'number', 'boolean', 'object', 'array']).toContain(type);
  expect([undefined, true]).toContain(isEither);
  return new Set([
    ...Object.keys(others),
    ...[...Object.values(properties), ...[items, additionalProperties]].flatMap((one) =>
      Object.keys(one as object).length > 0 ? [...keywordsIn(one)] : [],
    ),
  ]);
}

describe('the imported classes', () => {
  test('there is exactly one for each kind of the schema table', () => {
    const keys = classes.map(([, { API_VERSION, KIND }]) => `${API_VERSION}/${KIND}`);
    expect(keys.sort()).toEqual(Object.keys(crdTable).sort());
    expect(classes.map(([name]) => name)).toEqual(classes.map(([, { KIND }]) => KIND));
  });

  test.each(classes)('%s keeps fields and patches that its schema does not know', (_, type) => {
    const chart = Testing.chart();
    const object = new type(chart, 'object', { spec: { later: { field: [1] } } });
    object.addJsonPatch(
      JsonPatch.add('/spec/patched', { deep: { value: 'kept' } }),
      JsonPatch.add('/spec/later/other', true),
      JsonPatch.add('/beside', 'spec'),
    );
    expect(Testing.synth(chart)).toEqual([
      {
        apiVersion: type.API_VERSION,
        kind: type.KIND,
        metadata: { name: expect.any(String) },
        spec: { later: { field: [1], other: true }, patched: { deep: { value: 'kept' } } },
        beside: 'spec',
      },
    ]);
  });

  test('the names of fields are those on the wire', () => {
    const chart = Testing.chart();
    new OCIRepository(chart, 'oci', {
      spec: {
        interval: '1m',
        url: 'oci://example.org/podinfo',
        verify: {
          provider: 'cosign',
          matchOIDCIdentity: [{ issuer: '^https://example.org$', subject: '^ci$' }],
        },
      },
    });
    new HelmRelease(chart, 'helm', {
      spec: { interval: '1m', chart: undefined, install: { crds: 'Skip', skipCRDs: true } },
    });
    const [oci, helm] = Testing.synth(chart);
    expect(oci.spec.verify.matchOIDCIdentity).toEqual([
      { issuer: '^https://example.org$', subject: '^ci$' },
    ]);
    expect(helm.spec).toEqual({ interval: '1m', install: { crds: 'Skip', skipCRDs: true } });
  });

  test('metadata is written as given', () => {
    const chart = Testing.chart();
    new GitRepository(chart, 'git', {
      metadata: { name: 'fleet', namespace: 'flux-system', labels: { a: 'b' } },
      spec: { interval: '1m', url: 'https://example.org/fleet.git' },
    });
    expect(Testing.synth(chart)[0].metadata).toEqual({
      name: 'fleet',
      namespace: 'flux-system',
      labels: { a: 'b' },
    });
  });

  test('apiVersion and kind cannot be overridden', () => {
    const chart = Testing.chart();
    const props: any = { apiVersion: 'example.org/v1', kind: 'Thing', spec: {} };
    const { apiVersion, kind } = new Kustomization(chart, 'object', props);
    expect([apiVersion, kind]).toEqual([Kustomization.API_VERSION, Kustomization.KIND]);
  });

  test('props cannot bring along metadata by way of their prototype', () => {
    const chart = Testing.chart();
    const props = JSON.parse('{"spec":{},"__proto__":{"metadata":{"name":"evil"}}}');
    expect(new Kustomization(chart, 'object', props).name).toBe(
      new Kustomization(Testing.chart(), 'object', { spec: {} as any }).name,
    );
  });
});

describe('the importer', () => {
  const module = { group: 'example.org', kinds: ['Thing'], specificationOf: () => 'https://a.b/' };

  function render(spec: object, name = 'Thing'): string {
    const schema = { type: 'object', properties: { spec: { type: 'object', ...spec } } };
    const resource: CustomResource = {
      group: 'example.org',
      version: 'v1',
      kind: name,
      plural: 'things',
      scope: 'Cluster',
      schema,
    };
    return renderModule(module, [resource]);
  }

  test('an object with a key that is no member name stays untyped', () => {
    const odd = { type: 'object', properties: { 'x-odd': { type: 'string' } } };
    const text = render({ properties: { odd, plain: { type: 'string' } } });
    expect(text).toContain('readonly odd?: any;');
    expect(text).toContain('readonly plain?: string;');
    expect(text).not.toContain('x-odd');
  });

  test('a pattern cannot end the comment it is quoted in', () => {
    const text = render({ properties: { path: { type: 'string', pattern: '^.*/x$' } } });
    expect(text).toContain('Pattern: `^.*\\/x$`.');
  });

  test('two structs with the same name are refused', () => {
    const leaf = { type: 'object', properties: { a: { type: 'string' } } };
    const inner = { type: 'object', properties: { b: leaf } };
    expect(() => render({ properties: { aB: leaf, a: inner } })).toThrow(
      'spec.aB of `Thing` of `example.org/v1` needs a second type named ThingSpecAB',
    );
  });
});
