import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import {
  AuditVerdict,
  CheckProfile,
  Checks,
  Cluster,
  Fleet,
  FleetRepo,
  PlatformComponent,
  SuppressionProps,
} from '../../src';
import { CheckResult } from '../../src/checks/run-checks';
import { audit } from '../../src/cli/audit';
import { readTree, synthesized, temporaryDirectory } from '../synthesized';

interface Program {
  readonly fleet: Fleet;
  readonly component: PlatformComponent;
  readonly bucket: ApiObject;
}

/** A program with a Bucket of a version that Flux does not serve. */
function program(checkProfile?: CheckProfile): Program {
  const fleet = new Fleet({ outdir: temporaryDirectory(), checkProfile });
  const repo = new FleetRepo(fleet, 'fleet-infra', { registry: 'registry.example.com/manifests' });
  new Cluster(repo, 'prod', { environment: 'production' });
  const component = new PlatformComponent(repo, 'charts');
  const bucket = new ApiObject(component, 'bucket', {
    apiVersion: 'source.toolkit.fluxcd.io/v1beta2',
    kind: 'Bucket',
    metadata: { name: 'charts', namespace: 'flux-system' },
    spec: { interval: '5m', endpoint: 'minio.example.com', bucketName: 'charts' },
  });
  return { fleet, component, bucket };
}

const ACCEPTED = { owner: 'platform team', reason: 'the old cluster goes in May' };

test('an error of a check refuses the synthesis, with construct, file, field and remedy', () => {
  const { fleet, bucket } = program();
  expect(() => fleet.synth()).toThrow(
    `validation failed, nothing was written:\n  [${bucket.node.path}] infrastructure/charts/bucket.yaml:1 ` +
      "Bucket flux-system/charts must have apiVersion 'source.toolkit.fluxcd.io/v1', got " +
      "'source.toolkit.fluxcd.io/v1beta2' (flux-api-version): set apiVersion",
  );
  expect(fs.readdirSync(fleet.outdir)).toEqual([]);
});

test.each<[object, string]>([
  [
    { checkProfile: 'stict' },
    "'checkProfile' of fleet program must be one of recommended, strict, got 'stict'",
  ],
  [{ checkprofile: 'strict' }, "fleet program has no 'checkprofile'; did you mean 'checkProfile'?"],
  [{ outdir: 1 }, "'outdir' of fleet program must be a text, got 1"],
])('a program in JavaScript is not judged by less than it asks for: %j', (props, message) => {
  expect(() => new Fleet(props)).toThrow(message);
});

test('an audit reports what a synthesis would refuse', () => {
  const { fleet } = program();
  const report = fleet.audit();
  expect(report.errors).toHaveLength(1);
  expect(report.verdict).toBe(AuditVerdict.FAILED);
  expect(report.toText()).toContain('made by fleet-infra/charts/bucket');
  expect(JSON.parse(report.toSarif()).runs[0].results).toHaveLength(1);
  expect(JSON.parse(report.toJson()).summary.errors).toBe(1);
  expect(report.toJunit()).toContain('failures="1"');
});

describe.each([
  ['the object', ({ bucket }: Program) => bucket],
  ['what it lies in', ({ component }: Program) => component],
  ['the whole fleet', ({ fleet }: Program) => fleet as unknown as Chart],
])('a suppression of %s', (_, scopeOf) => {
  test('lets it be written, and says so in the repository', () => {
    const one = program();
    Checks.of(scopeOf(one)).suppress('flux-api-version', ACCEPTED);
    const files = synthesized(one.fleet);
    expect(files.get('fleet-infra/.flux-checks')).toBe(`suppressions:
  - check: flux-api-version
    path: infrastructure/charts/bucket.yaml
    object: source.toolkit.fluxcd.io/Bucket flux-system/charts
    owner: platform team
    reason: the old cluster goes in May
`);
    expect(one.fleet.audit().suppressed).toEqual([expect.stringContaining(ACCEPTED.reason)]);
  });
});

test('SARIF of several repositories names files below the directory of each', () => {
  const { fleet } = program();
  const uriOf = (): string =>
    JSON.parse(fleet.audit().toSarif()).runs[0].results[0].locations[0].physicalLocation
      .artifactLocation.uri;
  expect(uriOf()).toBe('infrastructure/charts/bucket.yaml');
  new FleetRepo(fleet, 'other', { registry: 'registry.example.com/others' });
  expect(uriOf()).toBe('fleet-infra/infrastructure/charts/bucket.yaml');
});

test('an audit passes without what flux bootstrap writes, and says so', () => {
  const one = program();
  Checks.of(one.bucket).suppress('flux-api-version', ACCEPTED);
  const report = one.fleet.audit();
  expect(report.verdict).toBe(AuditVerdict.PASSED);
  expect(report.unread).toEqual([
    'fleet-infra what clusters/prod/flux-system/kustomization.yaml takes from clusters/prod/flux-system/gotk-components.yaml',
    'fleet-infra what clusters/prod/flux-system/kustomization.yaml takes from clusters/prod/flux-system/gotk-sync.yaml',
  ]);
});

test('an audit has the evidence of isolation', () => {
  const report = program().fleet.audit();
  expect(JSON.parse(report.isolationJson()).summary).toMatchObject({
    verdict: 'failed',
    errors: 1,
  });
  expect(report.isolationHtml()).toContain('<title>Evidence of tenant isolation</title>');
});

test('an audit of what was written comes to the judgement of the program', () => {
  const { fleet, bucket } = program();
  Checks.of(bucket).suppress('flux-api-version', ACCEPTED);
  fleet.synth();
  const { findings, suppressed } = audit(
    [{ directory: path.join(fleet.outdir, 'fleet-infra') }],
    'recommended',
  ).result;
  expect([findings, suppressed.map(({ check }) => check)]).toEqual([[], ['flux-api-version']]);
});

/** Findings as a program and an audit of what it wrote must both have them. */
function comparable({ findings, suppressed }: CheckResult): object[] {
  return [...findings, ...suppressed].map((one) => {
    const { check, path, object, clusters, suppression } = one;
    return { check, path, object, clusters, reason: suppression?.reason };
  });
}

test('an audit of what was written agrees, of two files with the same object and of annotations', () => {
  const fleet = new Fleet({ outdir: temporaryDirectory() });
  const repo = new FleetRepo(fleet, 'fleet-infra', { registry: 'registry.example.com/manifests' });
  const [prod] = ['prod', 'staging'].map((name) => {
    const cluster = new Cluster(repo, name, { environment: name });
    for (const chat of ['chat', 'agreed']) {
      new ApiObject(cluster, chat, {
        apiVersion: 'flagger.app/v1beta1',
        kind: 'AlertProvider',
        metadata: { name: chat, namespace: 'flux-system' },
        spec: { type: 'slack', address: 'https://hooks.slack.com/services/T0/B0/secret' },
      });
    }
    const agreed = cluster.node.findChild('agreed') as ApiObject;
    agreed.metadata.addAnnotation(
      'checks.cdk8s-flux-tenants/alert-provider-address',
      'platform team: it is revoked',
    );
    return cluster;
  });
  const scope = prod.node.findChild('chat') as ApiObject;
  Checks.of(scope).suppress('alert-provider-address', ACCEPTED);
  const own = fleet.audit()._result;
  const found = [own.findings, own.suppressed].map((list) =>
    list.map(({ clusters, object }) => `${clusters}: ${object}`),
  );
  expect(found).toEqual([
    ['staging: AlertProvider flux-system/chat'],
    [
      'prod: AlertProvider flux-system/agreed',
      'prod: AlertProvider flux-system/chat',
      'staging: AlertProvider flux-system/agreed',
    ],
  ]);
  fleet.synth();
  const written = audit([{ directory: path.join(fleet.outdir, 'fleet-infra') }], 'recommended');
  expect(comparable(written.result)).toEqual(comparable(own));
});

test('a plan lists what is suppressed, with owner and reason', () => {
  const { fleet, bucket } = program();
  Checks.of(bucket).suppress('flux-api-version', ACCEPTED);
  const [repo] = fleet.node.children;
  const plan = (repo as FleetRepo).plan(temporaryDirectory());
  expect(plan.suppressed).toEqual([
    expect.stringContaining('platform team: the old cluster goes in May'),
  ]);
  expect(plan.toString()).toContain('suppressed [fleet-infra/charts/bucket]');
});

test('a suppression elsewhere lets nothing be written', () => {
  const { fleet } = program();
  const repo = fleet.node.findChild('fleet-infra') as FleetRepo;
  const other = new PlatformComponent(repo, 'other');
  new ApiObject(other, 'settings', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'flux-system' },
  });
  Checks.of(other).suppress('flux-api-version', ACCEPTED);
  expect(() => fleet.synth()).toThrow('(flux-api-version)');
});

test('a suppression with nothing to suppress is a warning', () => {
  const { fleet, bucket } = program();
  bucket.addJsonPatch(JsonPatch.replace('/apiVersion', 'source.toolkit.fluxcd.io/v1'));
  Checks.of(bucket).suppress('flux-api-version', ACCEPTED);
  expect(fleet.audit().errors).toEqual([]);
  const plan = (fleet.node.findChild('fleet-infra') as FleetRepo).plan(temporaryDirectory());
  expect(plan.warnings).toEqual(fleet.audit().warnings);
  expect(plan.warnings).toEqual([
    expect.stringContaining("the program accepts 'flux-api-version', of which nothing is found"),
  ]);
});

test('a suppression of no known check refuses the synthesis', () => {
  const { fleet, bucket } = program();
  Checks.of(bucket).suppress('flux-api-versoin', ACCEPTED);
  expect(() => fleet.synth()).toThrow("no check is called that; did you mean 'flux-api-version'?");
});

test.each([
  [{ owner: '', reason: 'known' }, 'owner of a suppression'],
  [{ owner: 'platform team', reason: ' ' }, 'reason of a suppression'],
  [{ owner: 'platform team', reason: 'two\nlines' }, 'reason of a suppression'],
  [{ owner: 'platform team' } as SuppressionProps, "'reason' of suppression is missing"],
])('a suppression with %p is refused', (props, message) => {
  const { bucket } = program();
  expect(() => Checks.of(bucket).suppress('flux-api-version', props)).toThrow(message);
});

test('without a suppression there is no list of them', () => {
  const fleet = new Fleet({ outdir: temporaryDirectory() });
  new FleetRepo(fleet, 'fleet-infra', { registry: 'registry.example.com/manifests' });
  fleet.synth();
  expect([...readTree(fleet.outdir).keys()]).not.toContain('fleet-infra/.flux-checks');
});
