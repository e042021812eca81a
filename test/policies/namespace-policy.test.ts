import { acme } from '../../examples/acme/main';
import { Admission } from '../../src';
import { TENANT_NAMESPACE } from '../../src/policies/fixtures/fixture';
import { NamespaceChange, namespaceFixtures } from '../../src/policies/fixtures/namespace-fixtures';
import { namespacePolicy } from '../../src/policies/namespace-policy';
import { allObjects, synthesized, temporaryDirectory } from '../synthesized';
import { looksAt, messages } from './cel';

interface User {
  readonly username: string;
  readonly groups?: string[];
}

const GROUP = 'acme:platform admins';
const account = (name: string): User => ({ username: `system:serviceaccount:${name}` });
const PLATFORM = account('flux-system:kustomize-controller');
const NAMESPACE_CONTROLLER = account('kube-system:namespace-controller');
const TENANT = account('team-a:team-a');
const JANE: User = { username: 'jane', groups: ['system:authenticated', GROUP] };
const SUBRESOURCES = ['', '/status', '/finalize'];

/** The names of those changes that are refused when `user` asks for them. */
function refused(
  changes: readonly NamespaceChange[],
  user: User,
  { subresource = '', breakGlassGroups = [] as string[] } = {},
): string[] {
  const policy = namespacePolicy(breakGlassGroups);
  const asked = changes.filter(({ operation, object, oldObject }) =>
    looksAt(policy, operation, `namespaces${subresource}`, [object, oldObject]),
  );
  const told = messages(
    asked.map((change) => ({ policy, ...change, ...user, namespaceObject: null })),
  );
  return asked.filter((_, i) => told[i].length > 0).map(({ name }) => name);
}

const changes = namespaceFixtures();
const updates = changes.filter(({ operation }) => operation === 'UPDATE');
const forPlatform = (some: readonly NamespaceChange[]) =>
  some.filter(({ passes }) => !passes).map(({ name }) => name);

describe('what decides over a tenant, in its namespace', () => {
  test.each([
    ['the account of the tenant', TENANT],
    ['a person', { username: 'jane', groups: ['system:authenticated'] }],
    ['an account of the same name elsewhere', account('team-a:kustomize-controller')],
    ['another controller of Flux', account('flux-system:helm-controller')],
    ['the namespace controller', NAMESPACE_CONTROLLER],
    ['a user without groups, named as a group', { username: 'system:masters' }],
  ])("is not changed by %s, nor is a namespace made a tenant's", (_, user) => {
    expect(refused(changes, user)).toEqual(forPlatform(changes));
  });

  test.each(SUBRESOURCES)('is not changed through namespaces%s', (subresource) => {
    expect(forPlatform(updates).length).toBeGreaterThan(40);
    expect(refused(updates, TENANT, { subresource })).toEqual(forPlatform(updates));
  });

  test.each([
    ['Flux for the platform', PLATFORM],
    ['system:masters', { username: 'x', groups: ['system:authenticated', 'system:masters'] }],
  ])('is changed by %s', (_, user) => {
    for (const subresource of SUBRESOURCES) {
      expect(refused(changes, user, { subresource })).toEqual([]);
    }
  });

  test('is all that stays: the rest comes and goes, and a namespace is told to end, finalized and deleted', () => {
    const ordinary = changes.filter(({ passes }) => passes);
    for (const subresource of SUBRESOURCES) {
      for (const user of [NAMESPACE_CONTROLLER, TENANT]) {
        expect(refused(ordinary, user, { subresource })).toEqual([]);
      }
    }
    expect(ordinary.map(({ operation }) => operation)).toContain('DELETE');
  });

  test('is what Kyverno sees, too, to which what is new has an empty old object', () => {
    const created = changes.filter(({ operation }) => operation === 'CREATE');
    const seen = created.map((change) => ({ ...change, oldObject: {} }));
    expect(refused(seen, TENANT)).toEqual(forPlatform(created));
    expect(refused(seen, PLATFORM)).toEqual([]);
    expect(forPlatform(created)).toHaveLength(2);
  });

  test("is every label and annotation that a tenant's namespace is given, but for what Flux does with it", () => {
    const namespaces = allObjects(synthesized(acme(temporaryDirectory()))).filter(
      ({ kind, metadata }) => kind === 'Namespace' && metadata.labels?.['toolkit.fluxcd.io/tenant'],
    );
    const given = namespaces.flatMap(({ metadata }) => [
      ...Object.keys(metadata.labels),
      ...Object.keys(metadata.annotations),
    ]);
    const { labels, annotations } = TENANT_NAMESPACE.metadata;
    const guarded = [...Object.keys(labels), ...Object.keys(annotations)];
    expect(namespaces).toHaveLength(3);
    expect([...new Set(given)].filter((key) => !guarded.includes(key))).toEqual([
      'kustomize.toolkit.fluxcd.io/prune',
    ]);
    const names = forPlatform(changes);
    for (const key of guarded) {
      expect(names).toEqual(expect.arrayContaining([`with another ${key}`, `without ${key}`]));
    }
  });
});

describe('a group that breaks the glass', () => {
  test('changes what decides over a tenant, when the platform names it', () => {
    expect(refused(changes, JANE)).toEqual(forPlatform(changes));
    expect(refused(changes, JANE, { breakGlassGroups: ['acme:sre', GROUP] })).toEqual([]);
  });

  test.each([
    'acme:platform',
    'acme:platform admins ',
    'acme:platform-admins',
    'ACME:PLATFORM ADMINS',
  ])('is not %j, which is another', (other) => {
    const user = { username: GROUP, groups: [other] };
    expect(refused(changes, user, { breakGlassGroups: [GROUP] })).toEqual(forPlatform(changes));
  });

  test.each([
    ['system:authenticated', /must not begin with 'system:'/],
    ['SYSTEM:masters', /must not begin with 'system:'/],
    ['', /must be a name of one line/],
    ['*', /must be a name of one line/],
    ["x'] || true || '' in ['", /must be of letters, digits, spaces and '@:\._\/\+=,-'/],
    ['x\\', /must be of letters/],
    ['x\n', /must be a name of one line/],
    ['x"', /must be of letters/],
    ['{{ x }}', /must be of letters/],
    ['$(x)', /must be of letters/],
    ['grüße', /must be of letters/],
  ])('is not %j', (group, message) => {
    expect(() => Admission.native({ breakGlassGroups: [group] })).toThrow(message);
    expect(() => Admission.kyverno({ component: 'kyverno', breakGlassGroups: [group] })).toThrow(
      message,
    );
  });
});
