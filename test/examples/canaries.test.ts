import * as path from 'path';
import { canaries } from '../../examples/canaries/main';
import { ROLLOUTS } from '../../examples/canaries/rollouts';
import { tenancyPolicies } from '../../src/policies/tenancy-policies';
import { goldenCanaries } from '../../tools/golden-canaries';
import { foundBy } from '../checks/found-by';
import { messages } from '../policies/cel';
import { validateAgainstSchemas } from '../schemas/schema-table';
import {
  allObjects,
  find,
  objectsIn,
  readTree,
  synthesized,
  temporaryDirectory,
} from '../synthesized';

const golden = readTree(path.join(__dirname, '../golden/canaries'));
const files = synthesized(canaries(temporaryDirectory()));
const objects = allObjects(files);
const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);

test('writes what was reviewed in test/golden/canaries', () => {
  const written = goldenCanaries(temporaryDirectory());
  expect([...written.keys()].sort()).toEqual([...golden.keys()]);
  for (const [file, text] of golden) {
    expect(written.get(file)).toBe(text);
  }
});

test('writes nothing that the API server does not know', () => {
  for (const object of objects) {
    expect([object.metadata.name, validateAgainstSchemas(object)]).toEqual([
      object.metadata.name,
      [],
    ]);
  }
  expect(ofKind('Canary')).toHaveLength(Object.keys(ROLLOUTS).length + 2);
});

test('writes nothing that the admission policies of its fleet refuse', () => {
  const policies: Record<string, string> = {
    Canary: 'canaries',
    MetricTemplate: 'metric-templates',
    AlertProvider: 'alert-providers',
    Ingress: 'ingresses',
    Service: 'services',
  };
  const namespaceObject = find(files, 'Namespace', 'shop');
  const requests = objects
    .filter(({ kind }) => kind in policies)
    .map((object) => ({
      policy: tenancyPolicies().find(
        ({ name }) => name === `flux-tenants-${policies[object.kind]}`,
      )!,
      object,
      namespaceObject,
    }));
  expect(requests.length).toBeGreaterThan(40);
  expect(messages(requests)).toEqual(requests.map(() => []));
});

describe.each(Object.keys(ROLLOUTS))('%s', (app) => {
  const canary = find(files, 'Canary', app);

  test('asks of its provider only what that one can do', () => {
    const text = `# with: tenant shop\n${JSON.stringify(canary)}`;
    expect(
      foundBy(
        [
          ...['canary-strategy-provider', 'canary-provider', 'canary-analysis', 'canary-metric'],
          ...['canary-cookies', 'canary-duration', 'canary-interval', 'canary-webhook-host'],
        ],
        text,
      ),
    ).toEqual([]);
  });

  test('has one strategy, and a metric', () => {
    const { analysis } = canary.spec;
    const strategies = ['iterations', 'stepWeight', 'stepWeights'].filter((key) => key in analysis);
    expect(strategies).toHaveLength(1);
    expect(analysis.metrics.length).toBeGreaterThan(0);
  });
});

test('emits nothing that Flagger owns', () => {
  const names = ofKind('Canary').map(({ spec }) => spec.targetRef.name);
  const owned = names.flatMap((name) => [name, `${name}-primary`, `${name}-canary`]);
  expect(ofKind('Service').filter(({ metadata }) => owned.includes(metadata.name))).toEqual([]);
  expect(objects.filter(({ metadata }) => metadata.name.endsWith('-primary'))).toEqual([]);
  for (const kind of ['VirtualService', 'HTTPRoute', 'HTTPProxy', 'TraefikService']) {
    expect(ofKind(kind)).toEqual([]);
  }
});

test('the golden file of canaries has a document for each row', () => {
  const rows = objectsIn(golden.get('canaries.yaml')).map(({ metadata }) => metadata.name);
  expect(rows).toEqual([...Object.keys(ROLLOUTS), 'checkout', 'agent']);
});
