import * as fc from 'fast-check';
import { ApiObject } from 'cdk8s';
import {
  AppRepo,
  Cluster,
  Fleet,
  FleetRepo,
  GitRevision,
  GitSource,
  HelmSource,
  OciVersion,
  PlatformComponent,
  SecretRef,
  Signature,
  SignedOciSource,
  Tenant,
} from '../../src';
import { synthesized, temporaryDirectory } from '../synthesized';

const CLUSTERS = ['prod', 'staging', 'dev'];
const TENANTS = ['team-a', 'team-b', 'team-c'];
const SOURCES = ['git', 'oci', 'another-git', 'charts', 'Service', 'ConfigMap'];
const COMPONENTS = ['ingress', 'cert-manager'];

interface Order {
  readonly clusters: string[];
  readonly tenants: string[];
  readonly sources: string[];
  readonly components: string[];
  readonly patches: [tenant: string, source: string, environment: string][];
  readonly componentsLast: boolean;
}

const PATCHES = TENANTS.flatMap((tenant) =>
  ['git', 'oci', 'another-git'].flatMap((source) =>
    CLUSTERS.map((cluster): Order['patches'][number] => [tenant, source, cluster]),
  ),
);

const AS_WRITTEN: Order = {
  clusters: CLUSTERS,
  tenants: TENANTS,
  sources: SOURCES,
  components: COMPONENTS,
  patches: PATCHES,
  componentsLast: false,
};

const anyOrder: fc.Arbitrary<Order> = fc.record({
  clusters: shuffled(CLUSTERS),
  tenants: shuffled(TENANTS),
  sources: shuffled(SOURCES),
  components: shuffled(COMPONENTS),
  patches: shuffled(PATCHES),
  componentsLast: fc.boolean(),
});

function shuffled<T>(items: T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray(items, { minLength: items.length });
}

/** One fleet, declared in some order, as files. */
function declared(order: Order): Map<string, string> {
  const app = new Fleet({ outdir: temporaryDirectory() });
  const fleet = new FleetRepo(app, 'fleet', { registry: 'ghcr.io/acme' });
  const components = () =>
    order.components.forEach(
      (id) =>
        new ApiObject(new PlatformComponent(fleet, id), 'x', {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: id },
        }),
    );
  if (!order.componentsLast) {
    components();
  }
  const clusters = order.clusters.map((id) => new Cluster(fleet, id, { environment: id }));
  const sources = new Map<string, GitSource | SignedOciSource>();
  for (const id of order.tenants) {
    const tenant = new Tenant(fleet, id, { clusters });
    const apps = new AppRepo(app, id, { tenant });
    for (const source of order.sources) {
      declare(tenant, source, sources);
      new ApiObject(apps, source, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `app-${source.toLowerCase()}` },
      });
    }
  }
  for (const [tenant, source, environment] of order.patches) {
    const one = sources.get(`${tenant}/${source}`)!;
    if (one instanceof GitSource) {
      one.inEnvironment(environment, { revision: GitRevision.branch(environment) });
    } else {
      one.inEnvironment(environment, { version: OciVersion.semver(`>=${environment.length}.0.0`) });
    }
  }
  if (order.componentsLast) {
    components();
  }
  return synthesized(app);
}

function declare(
  tenant: Tenant,
  id: string,
  sources: Map<string, GitSource | SignedOciSource>,
): void {
  if (id === 'charts') {
    new HelmSource(tenant, id, { url: 'https://charts.acme.example' });
  } else if (id === 'Service' || id === 'ConfigMap') {
    new ApiObject(tenant, id, { apiVersion: 'v1', kind: id, metadata: { name: id.toLowerCase() } });
  } else if (id === 'oci') {
    const source = new SignedOciSource(tenant, id, {
      version: OciVersion.semver('1.x'),
      signature: Signature.cosignKey(SecretRef.named('cosign')),
    });
    sources.set(`${tenant.tenantName}/${id}`, source);
    tenant.sync('apps', { source });
  } else {
    const url = `https://github.com/acme/${id}`;
    const source = new GitSource(tenant, id, { url, revision: GitRevision.branch('main') });
    sources.set(`${tenant.tenantName}/${id}`, source);
    tenant.includeFile(`${id}.sops.yaml`);
  }
}

test('a program gives the same bytes every time', () => {
  expect(declared(AS_WRITTEN)).toEqual(declared(AS_WRITTEN));
});

test('the order of clusters, tenants, sources, objects, components and patches changes no byte', () => {
  const expected = declared(AS_WRITTEN);
  expect(expected.get('fleet/tenants/dev/team-a/kustomization.yaml')).toMatch(/git[^]*oci/);
  fc.assert(
    fc.property(anyOrder, (order) => {
      expect([...declared(order)]).toEqual([...expected]);
    }),
    { numRuns: 25 },
  );
});
