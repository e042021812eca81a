import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AppRepo,
  FluxInstallation,
  helm,
  HelmApp,
  HelmSource,
  OciVersion,
  SecretRef,
  Signature,
  SignedOciSource,
  SlackAlerting,
  SlackCredentials,
  Tenant,
} from '../../src';
import { addPipeline } from '../pipelines';
import { allObjects, find, smallFleet, synthesized } from '../synthesized';

const SHARD = 'sharding.fluxcd.io/key';

/** A tenant with an object of each kind of Flux that we make, and a repository of its own. */
function program(shard?: string) {
  const { app, fleet, staging } = smallFleet({
    flux: FluxInstallation.bootstrap({ shards: ['one'] }),
  });
  const tenant = new Tenant(fleet, 'team-a', { clusters: [staging], shard });
  const manifests = new SignedOciSource(tenant, 'manifests', {
    version: OciVersion.semver('1.x'),
    signature: Signature.cosignKey(SecretRef.named('cosign-pub')),
  });
  tenant.sync('apps', { source: manifests });
  const charts = new HelmSource(tenant, 'charts', { url: 'https://charts.acme.example' });
  new HelmApp(tenant, 'app', { chart: charts.chart('app', '1.x') });
  new SlackAlerting(tenant, 'alerts', {
    channel: 'team-a',
    credentials: SlackCredentials.bot(SecretRef.named('slack')),
  });
  addPipeline(tenant);
  const repo = new AppRepo(app, 'repo', { tenant });
  return { app, fleet, tenant, manifests, repo };
}

function release(scope: Construct, chart: object = {}): void {
  new helm.HelmRelease(scope, 'raw', {
    metadata: { name: 'raw' },
    spec: {
      interval: '5m',
      serviceAccountName: 'team-a',
      chart: {
        ...chart,
        spec: { chart: 'x', sourceRef: { kind: 'HelmRepository', name: 'charts' } },
      },
    },
  });
}

function configMap(scope: Construct): void {
  new ApiObject(scope, 'x', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
}

const isOfFlux = ({ apiVersion }: any) => apiVersion.includes('.fluxcd.io/');
const labelOf = ({ metadata }: any) => metadata.labels?.[SHARD];

describe('a tenant on a shard', () => {
  test('has the label of the shard on each of its Flux objects, and on nothing else', () => {
    const { app, repo } = program('one');
    configMap(repo);
    release(repo);
    const objects = allObjects(synthesized(app));
    const labelled = objects.filter((object) => labelOf(object) === 'one');
    expect([...new Set(labelled.map(({ kind }) => kind))].sort()).toEqual([
      'Alert',
      'GitRepository',
      'HelmChart',
      'HelmRelease',
      'HelmRepository',
      'ImagePolicy',
      'ImageRepository',
      'ImageUpdateAutomation',
      'Kustomization',
      'OCIRepository',
      'Provider',
    ]);
    const others = objects.filter((object) => labelOf(object) !== 'one');
    expect(others.filter(isOfFlux).map(({ metadata }) => metadata.name)).toEqual([
      'admission',
      'tenancy',
      'admission',
      'tenancy',
    ]);
    expect(others.filter((object) => labelOf(object) !== undefined)).toEqual([]);
  });

  test.each([
    ['none', {}, { [SHARD]: 'one' }],
    [
      'others',
      { metadata: { labels: { app: 'x', zone: 'y' } } },
      { app: 'x', [SHARD]: 'one', zone: 'y' },
    ],
  ])('has it on the chart that a HelmRelease makes, where that has %s', (_, chart, labels) => {
    for (const inRepository of [true, false]) {
      const { app, tenant, repo } = program('one');
      release(inRepository ? repo : new Chart(tenant, 'nested', { namespace: 'team-a' }), chart);
      const { metadata, spec } = find(synthesized(app), 'HelmRelease', 'raw');
      expect(spec.chart.metadata).toEqual({ labels });
      expect(metadata.labels).toHaveProperty([SHARD], 'one');
    }
  });

  test('cannot have Flux objects that another shard, or none, reconciles', () => {
    const { app, tenant, repo, manifests } = program('one');
    release(repo, { metadata: { labels: { [SHARD]: 'two' } } });
    manifests.repository.metadata.addLabel(SHARD, 'two');
    const path = `/metadata/labels/${SHARD.replace('/', '~1')}`;
    tenant.patchInEnvironment('staging', tenant.node.findChild('charts'), [{ op: 'remove', path }]);
    const told = (what: string) => `must be on the shard of its tenant (one), got ${what}.labels`;
    for (const error of [
      `OCIRepository 'manifests' ${told("'two' in metadata")}`,
      `environment 'staging': HelmRepository 'charts' ${told("'none' in metadata")}`,
      `HelmRelease 'raw' ${told("'two' in spec.chart.metadata")}`,
    ]) {
      expect(() => app.synth()).toThrow(error);
    }
  });

  test('may differ in an environment as any other does', () => {
    const { app, manifests } = program('one');
    manifests.inEnvironment('staging', { version: OciVersion.semver('2.x') });
    const files = synthesized(app);
    expect(files.get('fleet-infra/tenants/staging/team-a/kustomization.yaml')).toContain("'2.x'");
  });
});

describe('a tenant on no shard', () => {
  test('has no such label, though its cluster has shards', () => {
    const { app, repo } = program();
    release(repo);
    const objects = allObjects(synthesized(app));
    expect(objects.filter((object) => labelOf(object) !== undefined)).toEqual([]);
    expect(find(synthesized(app), 'HelmRelease', 'raw').spec.chart).not.toHaveProperty('metadata');
  });

  test('cannot have Flux objects that a shard reconciles', () => {
    const { app, tenant, manifests } = program();
    manifests.repository.addJsonPatch(
      JsonPatch.add(`/metadata/labels/${SHARD.replace('/', '~1')}`, 'one'),
    );
    release(tenant, { metadata: { labels: { [SHARD]: 'one' } } });
    expect(() => app.synth()).toThrow(
      /OCIRepository 'manifests' must be on the shard of its tenant \(none\), got 'one' in metadata\.labels[^]*HelmRelease 'raw' must be on the shard of its tenant \(none\), got 'one' in spec\.chart/,
    );
  });
});
