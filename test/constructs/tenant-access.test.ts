import { ApiObject, JsonPatch } from 'cdk8s';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import {
  AccessAction,
  AccessReview,
  AccessSubject,
  Admission,
  AppRepo,
  Cluster,
  Tenant,
  TenantAccess,
  TenantAccessProps,
  TenantRules,
} from '../../src';
import { allObjects, find, objectsIn, smallFleet, synthesized } from '../synthesized';

const VIEWERS = 'acme:team-a';
const DEBUGGERS = 'acme:team-a-on-call';
const ADMINS = 'acme:team-a-leads';
const NAMESPACES = ['team-a', 'team-a-jobs'];

/** A tenant with two namespaces whose people have access. */
function program(
  props: TenantAccessProps = { viewers: [VIEWERS], debuggers: [DEBUGGERS], appAdmins: [ADMINS] },
  tenantRules?: TenantRules[],
) {
  const fleet = smallFleet({ tenantRules });
  const team = fleet.tenant('team-a', { namespaces: NAMESPACES });
  fleet.tenant('team-b');
  const access = new TenantAccess(team, 'people', props);
  return { ...fleet, team, access };
}

/** Where a group may do something. */
function asks(review: AccessReview, group: string) {
  return (verb: string, resource: string) =>
    review.where(AccessSubject.group(group), AccessAction.on(verb, resource));
}

const WRITE = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const LOOK = ['get', 'list', 'watch'];

describe('a group that may look', () => {
  const { app, prod } = program();
  const where = asks(app.reviewAccess(prod), VIEWERS);

  test.each([
    ...['pods', 'pods/log', 'events', 'configmaps', 'services', 'deployments.apps'],
    ...['replicasets.apps', 'jobs.batch', 'ingresses.networking.k8s.io'],
    ...['kustomizations.kustomize.toolkit.fluxcd.io', 'helmreleases.helm.toolkit.fluxcd.io'],
    ...['ocirepositories.source.toolkit.fluxcd.io', 'canaries.flagger.app'],
    ...['resourcequotas', 'limitranges', 'networkpolicies.networking.k8s.io'],
  ])('sees %s in each namespace of the tenant, and changes none', (resource) => {
    for (const verb of LOOK) {
      expect(where(verb, resource).namespaces).toEqual(NAMESPACES);
    }
    for (const verb of WRITE) {
      expect(where(verb, resource).isNowhere).toBe(true);
    }
  });

  test.each([
    ...['secrets', 'serviceaccounts/token', 'pods/exec', 'pods/attach', 'pods/portforward'],
    ...['pods/ephemeralcontainers', 'pods/proxy', 'services/proxy', 'nodes'],
    ...['roles', 'rolebindings', 'clusterroles'].map((one) => `${one}.rbac.authorization.k8s.io`),
  ])('does not even see %s', (resource) => {
    for (const verb of [...LOOK, ...WRITE]) {
      expect(`${where(verb, resource)}`).toMatch(/nowhere that is known$/);
      expect(where(verb, resource).isNowhere).toBe(true);
    }
  });

  test('sees its own Namespace objects alone', () => {
    expect(where('get', 'namespaces').namespaces).toEqual(NAMESPACES);
    expect(where('list', 'namespaces').isNowhere).toBe(true);
  });

  test('sees what the fleet lets tenants do besides, but never Secrets', () => {
    const rules = [
      TenantRules.daemonSets(),
      TenantRules.allowing({ apiGroup: '', resources: ['secrets', 'replicationcontrollers'] }),
      TenantRules.allowing({ apiGroup: 'x.example', resources: ['orders'], verbs: ['create'] }),
    ];
    const other = program({ viewers: [VIEWERS] }, rules);
    const ask = asks(other.app.reviewAccess(other.prod), VIEWERS);
    expect(ask('list', 'daemonsets.apps').namespaces).toEqual(NAMESPACES);
    expect(ask('list', 'replicationcontrollers').namespaces).toEqual(NAMESPACES);
    for (const verb of [...LOOK, ...WRITE]) {
      expect(ask(verb, 'secrets').isNowhere).toBe(true);
      expect(ask(verb, 'canaries.flagger.app').isNowhere).toBe(true);
      expect(ask(verb, 'orders.x.example').isNowhere).toBe(true);
    }
  });
});

describe('a group that may debug', () => {
  const { app, prod } = program();
  const where = asks(app.reviewAccess(prod), DEBUGGERS);

  test.each([
    ['get', 'pods/exec'],
    ['create', 'pods/exec'],
    ['get', 'pods/attach'],
    ['create', 'pods/attach'],
    ['get', 'pods/portforward'],
    ['create', 'pods/portforward'],
    ['patch', 'pods/ephemeralcontainers'],
    ['delete', 'pods'],
    ['get', 'pods/log'],
    ['list', 'events'],
  ])('may %s %s in each namespace of the tenant', (verb, resource) => {
    expect(where(verb, resource).namespaces).toEqual(NAMESPACES);
  });

  test.each([
    ['create', 'pods'],
    ['patch', 'pods'],
    ['deletecollection', 'pods'],
    ['patch', 'deployments.apps'],
    ['patch', 'deployments.apps/scale'],
    ['patch', 'kustomizations.kustomize.toolkit.fluxcd.io'],
    ['create', 'serviceaccounts/token'],
    ['get', 'secrets'],
    ['get', 'pods/proxy'],
  ])('may not %s %s', (verb, resource) => {
    expect(where(verb, resource).isNowhere).toBe(true);
  });
});

describe('a group that may do what the account may', () => {
  const { app, prod, team } = program();
  const review = app.reviewAccess(prod);
  const kept = (subject: AccessSubject) =>
    review
      .rightsOf(subject)
      .grants.filter(({ role }) => role === "ClusterRole 'tenant-app-admin'")
      .map(({ inNamespace, source }) => `${inNamespace} ${source}`);

  test('has its rights in the same namespaces, and looks', () => {
    expect(kept(AccessSubject.group(ADMINS))).toEqual(kept(AccessSubject.accountOf(team)));
    expect(asks(review, ADMINS)('get', 'resourcequotas').namespaces).toEqual(NAMESPACES);
  });

  test.each([
    ['create', 'rolebindings.rbac.authorization.k8s.io'],
    ['create', 'pods/exec'],
    ['patch', 'resourcequotas'],
    ['patch', 'namespaces'],
  ])('may not %s %s either', (verb, resource) => {
    expect(asks(review, ADMINS)(verb, resource).isNowhere).toBe(true);
  });
});

describe('access of people', () => {
  test.each([VIEWERS, DEBUGGERS, ADMINS])('ends at the namespaces of the tenant: %s', (group) => {
    const { app, prod, staging } = program();
    for (const cluster of [prod, staging]) {
      const rights = app.reviewAccess(cluster).rightsOf(AccessSubject.group(group));
      expect(rights.namespaces).toEqual(NAMESPACES);
      expect(rights.isClusterWide).toBe(false);
      expect(rights.unknowns).toEqual([]);
    }
  });

  test('is for groups alone, never for accounts or whoever has logged in', () => {
    const bindings = allObjects(synthesized(program().app)).filter(
      ({ kind, metadata }) => kind === 'RoleBinding' && metadata.name.startsWith('people-'),
    );
    expect(bindings).toHaveLength(6);
    const kinds = bindings.flatMap(({ subjects }) => subjects.map((one: any) => one.kind));
    expect(new Set(kinds)).toEqual(new Set(['Group']));
  });

  test('is written to a file of its own, a binding a role and namespace', () => {
    const files = synthesized(program().app);
    const bindings = objectsIn(files.get('fleet-infra/tenants/base/team-a/access.yaml'));
    expect(
      bindings.map(({ metadata, roleRef, subjects }) => [
        `${metadata.namespace}/${metadata.name}`,
        roleRef.name,
        subjects.map(({ name }: any) => name),
      ]),
    ).toEqual([
      ['team-a/people-app-admin', 'tenant-app-admin', [ADMINS]],
      ['team-a/people-debug', 'tenant-debug', [DEBUGGERS]],
      ['team-a/people-view', 'tenant-view', [VIEWERS, DEBUGGERS, ADMINS]],
      ['team-a-jobs/people-app-admin', 'tenant-app-admin', [ADMINS]],
      ['team-a-jobs/people-debug', 'tenant-debug', [DEBUGGERS]],
      ['team-a-jobs/people-view', 'tenant-view', [VIEWERS, DEBUGGERS, ADMINS]],
    ]);
  });

  test('leaves out roles that nobody has, and names a group once', () => {
    const { app } = program({ viewers: [VIEWERS, VIEWERS], debuggers: [] });
    const names = allObjects(synthesized(app))
      .filter(({ kind, metadata }) => kind === 'RoleBinding' && /^people/.test(metadata.name))
      .map(({ metadata, subjects }) => [metadata.name, subjects.length]);
    expect(names).toEqual([
      ['people-view', 1],
      ['people-view', 1],
    ]);
  });

  test('goes with the tenant, when the binding of the account stays until Flux is done', () => {
    const bindings = allObjects(synthesized(program().app)).filter(
      ({ kind }) => kind === 'RoleBinding',
    );
    for (const { metadata } of bindings) {
      const isKept = metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune'] === 'disabled';
      expect([metadata.name, isKept]).toEqual([metadata.name, /-reconciler$/.test(metadata.name)]);
    }
  });

  test('differs by environment where it says so', () => {
    const { app, fleet, prod, staging, team } = program({ viewers: [VIEWERS] });
    const more = { environment: 'staging', debuggers: [DEBUGGERS] };
    new TenantAccess(team, 'people-in-staging', more);
    const exec = (cluster: Cluster) =>
      asks(app.reviewAccess(cluster), DEBUGGERS)('create', 'pods/exec').namespaces;
    expect(exec(staging)).toEqual(NAMESPACES);
    expect(exec(prod)).toEqual([]);
    const late = new Cluster(fleet, 'late', { environment: 'staging' });
    expect(exec(late)).toEqual([]);
    const files = synthesized(app);
    expect(files.get('fleet-infra/tenants/staging/team-a/access.yaml')).toContain(DEBUGGERS);
    expect(
      parse(files.get('fleet-infra/tenants/staging/team-a/kustomization.yaml')!).resources,
    ).toEqual(['../../base/team-a', 'access.yaml']);
  });

  test('is not taken twice from two places', () => {
    const { app, team } = program({ viewers: [VIEWERS] });
    new TenantAccess(new TenantAccess(team, 'x', { viewers: [VIEWERS] }), 'people', {
      environment: 'staging',
      viewers: [DEBUGGERS],
    });
    expect(() => app.synth()).toThrow(
      "write RoleBinding 'people-view' in namespace 'team-a' to cluster 'staging'",
    );
  });

  test.each<[string, JsonPatch]>([
    ['another role', JsonPatch.replace('/roleRef/name', 'cluster-admin')],
    [
      'another group',
      JsonPatch.add('/subjects/-', { kind: 'Group', name: 'system:authenticated' }),
    ],
    ['another namespace', JsonPatch.replace('/metadata/namespace', 'team-b')],
    ['the whole cluster', JsonPatch.replace('/kind', 'ClusterRoleBinding')],
  ])('cannot be patched to %s, in all environments or in one', (_, patch) => {
    const binding = (access: TenantAccess) => access.node.findChild('team-a-view') as ApiObject;
    const [all, one] = [program(), program()];
    binding(all.access).addJsonPatch(patch);
    expect(() => all.app.synth()).toThrow(/'people-view' must keep '\//);
    const { op, path, value } = patch._toJson() as any;
    one.team.patchInEnvironment('staging', binding(one.access), [{ op, path, value }]);
    expect(() => one.app.synth()).toThrow(/patch for environment 'staging': .* must (keep|stay)/);
  });

  test('leaves the tenant without a right to bind anybody, by itself or by its people', () => {
    const { app, team, access } = program();
    const forged = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'mine' },
    };
    new ApiObject(team, 'beside', forged);
    new ApiObject(access, 'inside', { ...forged, metadata: { name: 'more' } });
    expect(() => app.synth()).toThrow(
      /team-a\/people\/inside\] RoleBinding 'more' decides over rights[^]*team-a\/beside\] RoleBinding 'mine' decides over rights/,
    );
  });
});

describe('access of people is refused', () => {
  const create =
    (props: TenantAccessProps, id = 'people') =>
    () =>
      new TenantAccess(smallFleet().tenant('team-a'), id, props);

  test.each(['system:masters', 'system:authenticated', 'system:serviceaccounts:x', 'SYSTEM:x'])(
    "to Kubernetes' own group %p",
    (group) => {
      for (const props of [{ viewers: [group] }, { debuggers: [group] }, { appAdmins: [group] }]) {
        expect(create(props)).toThrow(
          `group must not begin with 'system:', which is Kubernetes' own, got '${group}'`,
        );
      }
    },
  );

  test.each([
    ['an empty name', ''],
    ['a space', ' '],
    ['a space before', ' acme:x'],
    ['a space behind', 'acme:x '],
    ['a wildcard', 'acme:*'],
    ['a second line', 'acme:x\nsystem:masters'],
    ['a control character', 'acme:\u0000x'],
    ['text that runs backwards', 'acme:\u202ex'],
    ['a space that does not show', 'acme:\u200bx'],
    ['a space that cannot be told apart', 'acme:\u00a0x'],
    ['half a character', 'acme:\ud800'],
    ['a letter that does not show', '\uffa0'],
    ['a pattern of no dots', '\u2800x'],
    ['too much', 'x'.repeat(257)],
  ])('to %s', (_, group) => {
    expect(create({ viewers: [group] })).toThrow('group must be a name of one line');
  });

  test.each(['acme:team-a', 'acme:Team A', 'cn=team-a,ou=groups', '7f3e-a', 'équipe', 'a/b@c.d'])(
    'not to %p',
    (group) => {
      expect(create({ viewers: [group] })).not.toThrow();
    },
  );

  test('to nobody', () => {
    const message = "access 'people' of tenant 'team-a' must name a group";
    expect(create({})).toThrow(message);
    expect(create({ viewers: [], debuggers: [], appAdmins: [], environment: 'staging' })).toThrow(
      message,
    );
  });

  test.each(['viewers', 'debuggers', 'appAdmins'])(
    'to a group that breaks the glass, as %s, and not to another',
    (prop) => {
      const admission = Admission.native({ breakGlassGroups: ['acme:sre', 'acme:admins'] });
      const { tenant } = smallFleet({ admission });
      const team = tenant('team-a');
      expect(() => new TenantAccess(team, 'people', { [prop]: [VIEWERS, 'acme:admins'] })).toThrow(
        "group 'acme:admins' must not be one of tenant 'team-a', because it breaks the glass " +
          "('breakGlassGroups' of the fleet's admission), and could change what bounds the tenant; make a group for each",
      );
      expect(() => new TenantAccess(team, 'others', { [prop]: ['acme:admin'] })).not.toThrow();
    },
  );

  test('under a name that is none', () => {
    expect(create({ viewers: [VIEWERS] }, 'People')).toThrow('access must be lowercase letters');
  });

  test('in an environment that the tenant is not in', () => {
    expect(create({ viewers: [VIEWERS], environment: 'dev' })).toThrow(
      "tenant 'team-a' has no cluster in environment 'dev'",
    );
  });

  test('outside of a tenant, and in its repository, which it writes itself', () => {
    const { app, fleet, tenant } = smallFleet();
    const repo = new AppRepo(app, 'repo', { tenant: tenant('team-a') });
    const props = { viewers: [VIEWERS] };
    expect(() => new TenantAccess(fleet, 'people', props)).toThrow('belongs to no tenant');
    expect(() => new TenantAccess(repo, 'people', props)).toThrow(
      "access 'repo/people' must be created inside the Tenant",
    );
  });
});

test('any group that is taken is bound as it is written, and has what it was given', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string()), (group) => {
      const { app, prod, tenant } = smallFleet();
      const team: Tenant = tenant('team-a');
      try {
        new TenantAccess(team, 'people', { viewers: [group] });
      } catch (error) {
        expect((error as Error).message).toMatch(/^group must/);
        return;
      }
      expect(asks(app.reviewAccess(prod), group)('get', 'pods').namespaces).toEqual(['team-a']);
      expect(find(synthesized(app), 'RoleBinding', 'people-view').subjects).toEqual([
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group },
      ]);
    }),
    { numRuns: 50 },
  );
});
