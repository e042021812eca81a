import * as fc from 'fast-check';
import { isolationJson } from '../../src/report/isolation-json';
import { fleetIsolation } from '../../src/report/isolation/fleet-isolation';
import { audit } from '../../src/cli/audit';
import {
  AccessAction,
  AccessSubject,
  Cluster,
  Decryption,
  Fleet,
  FleetRepo,
  PlatformComponent,
  SecretRef,
  Tenant,
  TenantLists,
} from '../../src';
import { objectsIn, synthesized, temporaryDirectory } from '../synthesized';

const CLUSTER = 'fleet-infra/clusters/prod';
const LISTS = 'fleet-infra/tenants/lists/prod';
const MOVABLE = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
const WARNING =
  '[fleet-infra/prod] a tenant that the program gives up stays in the cluster while its list is movable; ' +
  'write lists without movable() once the cluster has reconciled these';

function fleetOf(tenantLists: TenantLists | undefined, names: readonly string[]) {
  const app = new Fleet({ outdir: temporaryDirectory() });
  const fleet = new FleetRepo(app, 'fleet-infra', { registry: 'ghcr.io/acme/manifests' });
  const prod = new Cluster(fleet, 'prod', { environment: 'production', tenantLists });
  names.forEach((name) => new Tenant(fleet, name, { clusters: [prod] }));
  return { app, fleet, prod };
}

const filesOf = (lists: TenantLists | undefined, names: readonly string[], warnings?: string[]) =>
  synthesized(fleetOf(lists, names).app, warnings);

/** The directory of each tenant's list, by the name of its Flux Kustomization. */
function placesOf(files: Map<string, string>): Map<string, string> {
  const places = new Map<string, string>();
  for (const [file, text] of files) {
    if (file.endsWith('/tenants.yaml')) {
      for (const { metadata } of objectsIn(text)) {
        places.set(metadata.name, file.slice(0, -'/tenants.yaml'.length));
      }
    }
  }
  return places;
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `team-${index}`);

describe('lists of tenants in parts', () => {
  test('are applied by a Flux Kustomization each, which the root applies instead of tenants', () => {
    const files = filesOf(TenantLists.inParts(4), names(12));
    const parts = ['part-000', 'part-001', 'part-002', 'part-003'];
    const lists = objectsIn(files.get(`${CLUSTER}/tenants.yaml`));
    expect(lists.map(({ metadata }) => metadata.name)).toEqual(parts.map((p) => `tenants-${p}`));
    expect(lists.map(({ spec }) => spec.path)).toEqual(
      parts.map((p) => `./tenants/lists/prod/${p}`),
    );
    const listed = parts.flatMap((part) => {
      const [kustomization] = objectsIn(files.get(`${LISTS}/${part}/kustomization.yaml`));
      expect(kustomization.resources).toEqual(['tenants.yaml']);
      return objectsIn(files.get(`${LISTS}/${part}/tenants.yaml`)).map(
        (sync) => sync.metadata.name,
      );
    });
    expect(listed.sort()).toEqual(names(12).sort());
  });

  test('wait for no health, decrypt nothing, and prune as the platform', () => {
    const app = new Fleet({ outdir: temporaryDirectory() });
    const fleet = new FleetRepo(app, 'fleet-infra', { registry: 'ghcr.io/acme/manifests' });
    const prod = new Cluster(fleet, 'prod', {
      environment: 'production',
      decryption: Decryption.keys(SecretRef.named('sops-age')),
      tenantLists: TenantLists.inParts(2),
    });
    new Tenant(fleet, 'team-a', { clusters: [prod] });
    const files = synthesized(app);
    const [{ metadata, spec }, ...others] = objectsIn(files.get(`${CLUSTER}/tenants.yaml`));
    expect(others).toEqual([]);
    expect(metadata).toEqual({ name: 'tenants-part-001', namespace: 'flux-system' });
    expect(spec).toEqual({
      interval: '10m',
      path: './tenants/lists/prod/part-001',
      prune: true,
      retryInterval: '2m',
      serviceAccountName: 'kustomize-controller',
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      timeout: '5m',
    });
    const [tenant] = objectsIn(files.get(`${LISTS}/part-001/tenants.yaml`));
    expect(tenant.spec).toMatchObject({ wait: true, dependsOn: [{}, {}], decryption: {} });
  });

  test('hold for each tenant what the one list would, and nothing else is written otherwise', () => {
    const teams = names(7);
    const [one, parts] = [filesOf(undefined, teams), filesOf(TenantLists.inParts(3), teams)];
    const isList = (file: string) => /tenants\.yaml$|lists\/|verify\.sh$|owned-by/.test(file);
    const rest = (files: Map<string, string>) => [...files].filter(([file]) => !isList(file));
    expect(rest(parts)).toEqual(rest(one));
    const entries = [...parts]
      .filter(([file]) => file.startsWith(LISTS) && file.endsWith('/tenants.yaml'))
      .flatMap(([, text]) => objectsIn(text))
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    expect(entries).toEqual(objectsIn(one.get(`${CLUSTER}/tenants.yaml`)));
    const added = [...parts.keys()].filter((file) => !one.has(file));
    expect(added.every((file) => file.startsWith(LISTS))).toBe(true);
  });

  test('are the same in whichever order tenants are declared', () => {
    const lists = TenantLists.inParts(3);
    expect([...filesOf(lists, names(8).reverse())]).toEqual([...filesOf(lists, names(8))]);
  });

  test('are one list where nothing is said, of tenants that Flux prunes', () => {
    const files = filesOf(undefined, ['team-a']);
    expect(filesOf(TenantLists.single(), ['team-a'])).toEqual(files);
    const [sync] = objectsIn(files.get(`${CLUSTER}/tenants.yaml`));
    expect(sync.metadata).toEqual({ name: 'team-a', namespace: 'flux-system' });
    expect([...files.keys()].filter((file) => file.includes('/lists/'))).toEqual([]);
  });

  test('are verified on the cluster, as the tenants in them are', () => {
    const script = filesOf(TenantLists.inParts(2), ['team-a']).get(`${CLUSTER}/verify.sh`);
    expect(script).toMatch(
      /\nkustomizations\.kustomize\S+ flux-system\/tenants-part-001 kustomize-controller/,
    );
    expect(script).toMatch(
      /\nkustomizations\.kustomize\S+ flux-system\/team-a kustomize-controller/,
    );
  });
});

describe('the part of a tenant', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/);

  test('is the same whoever else comes or goes', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 2, max: 9 }),
        (teams, parts) => {
          fc.pre(!teams.some((team) => team.startsWith('kube-') || team === 'default'));
          const all = placesOf(filesOf(TenantLists.inParts(parts), teams));
          const fewer = placesOf(filesOf(TenantLists.inParts(parts), teams.slice(1).reverse()));
          teams.slice(1).forEach((team) => expect(fewer.get(team)).toBe(all.get(team)));
          expect(fewer.has(teams[0])).toBe(false);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('leaves no file of another part touched when a tenant is added', () => {
    const [before, after] = [names(30), names(31)].map((teams) =>
      filesOf(TenantLists.inParts(8), teams),
    );
    const part = placesOf(after).get('team-30')!;
    const touched = [...after].filter(([file, text]) => before.get(file) !== text);
    expect(touched.map(([file]) => file).filter((file) => file.includes('/lists/'))).toEqual([
      `${part}/tenants.yaml`,
    ]);
  });

  test('is what it was in every release, because another one would make Flux remove the tenant first', () => {
    const places = placesOf(filesOf(TenantLists.inParts(16), ['billing', 'checkout', 'team-a']));
    // The first six bytes of sha256, read as a number, modulo 16.
    expect(['billing', 'checkout', 'team-a'].map((team) => places.get(team))).toEqual(
      ['part-014', 'part-015', 'part-001'].map((part) => `${LISTS}/${part}`),
    );
  });

  test('is one of about as many as others have', () => {
    const lists = TenantLists.inParts(16);
    const sizes = new Map<string, number>();
    for (let index = 0; index < 8000; index++) {
      const part = lists._partOf(`team-${index}`)!;
      sizes.set(part, (sizes.get(part) ?? 0) + 1);
    }
    expect(sizes.size).toBe(16);
    expect(Math.max(...sizes.values())).toBeLessThan(600);
    expect(Math.min(...sizes.values())).toBeGreaterThan(400);
  });

  test('is gone with its last tenant, and its Flux Kustomization with it', () => {
    const files = filesOf(TenantLists.inParts(999), ['team-a']);
    expect(objectsIn(files.get(`${CLUSTER}/tenants.yaml`))).toHaveLength(1);
    expect([...files.keys()].filter((file) => file.startsWith(LISTS))).toHaveLength(2);
  });
});

describe('movable lists', () => {
  test.each([
    ['one', TenantLists.single(), `${CLUSTER}/tenants.yaml`],
    ['parts', TenantLists.inParts(2), `${LISTS}/part-001/tenants.yaml`],
  ])(
    'of %s keep each tenant where it is, marked so that Flux does not prune it',
    (_, lists, file) => {
      const [still, movable] = [
        filesOf(lists, ['team-a']),
        filesOf(lists.movable(), ['team-a'], [WARNING]),
      ];
      expect([...movable.keys()]).toEqual([...still.keys()]);
      const touched = [...movable].filter(([path, text]) => still.get(path) !== text);
      expect(touched.map(([path]) => path)).toEqual([file]);
      const [before, after] = [still, movable].map((files) => objectsIn(files.get(file))[0]);
      expect(before.metadata.annotations).toBeUndefined();
      expect(after).toEqual({ ...before, metadata: { ...before.metadata, annotations: MOVABLE } });
    },
  );

  test('are other lists than those they were made of', () => {
    const lists = TenantLists.inParts(2);
    lists.movable();
    const file = filesOf(lists, ['team-a']).get(`${LISTS}/part-001/tenants.yaml`);
    expect(objectsIn(file)[0].metadata.annotations).toBeUndefined();
  });
});

describe('lists are refused', () => {
  test.each([[1], [1000], [2.5], [NaN], ['4' as any]])('in %p parts', (parts) => {
    expect(() => TenantLists.inParts(parts)).toThrow(
      /number of parts must be a whole number from 2 to 999/,
    );
  });

  test.each(['tenants-part-000', 'tenants-part-998'])(
    'with a tenant or a component %s, where a list has or may get that name',
    (name) => {
      const message = `name must not be '${name}' on cluster 'prod', where lists of tenants have such names`;
      expect(() => fleetOf(TenantLists.inParts(2), [name])).toThrow(message);
      const { fleet } = fleetOf(TenantLists.inParts(2), []);
      expect(() => new PlatformComponent(fleet, name)).toThrow(message);
      expect(() => fleetOf(undefined, [name])).not.toThrow();
    },
  );

  test('when they are no lists', () => {
    expect(() => fleetOf(16 as any, [])).toThrow(
      "'tenantLists' of cluster 'prod' must be a TenantLists, such as TenantLists.inParts(16)",
    );
  });
});

describe('what is known of a cluster with lists in parts', () => {
  /** Evidence without the places in files. */
  const evidenceOf = (root: string) => {
    const { fleet, result } = audit([{ directory: root }], 'strict');
    const json = isolationJson(fleetIsolation(fleet, result)).replaceAll(root, '');
    return { result, json };
  };

  test('is the evidence of isolation that one list gives, but for files', () => {
    const [one, parts] = [undefined, TenantLists.inParts(3)].map((lists) => {
      const { app } = fleetOf(lists, names(5));
      app.synth();
      return evidenceOf(`${app.outdir}/fleet-infra`);
    });
    expect(parts.json).toContain('team-4');
    expect(parts.result.findings).toEqual([]);
    expect(parts.result.verdict).toBe(one.result.verdict);
    expect(parts.result.unread.map(({ what }) => what)).toEqual(
      one.result.unread.map(({ what }) => what),
    );
    expect(JSON.parse(parts.json)).toEqual(JSON.parse(one.json));
  });

  test('is the access that one list gives', () => {
    const [one, parts] = [undefined, TenantLists.inParts(3)].map((lists) => {
      const { app, prod } = fleetOf(lists, names(3));
      const review = app.reviewAccess(prod);
      const account = AccessSubject.serviceAccount('team-0', 'team-0');
      return review.where(account, AccessAction.on('get', 'pods')).namespaces;
    });
    expect(parts).toEqual(one);
    expect(parts).toEqual(['team-0']);
  });
});
