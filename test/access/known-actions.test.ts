import { AccessAction, AccessSubject, TenantRules } from '../../src';
import { isKnownKind, knownResources, pluralOf } from '../../src/vocabulary/known-kinds';
import { smallFleet } from '../synthesized';
import { binding, reviewOf, role, rule, user } from './rbac-manifests';
import * as crds from '../schemas/crds.json';
import * as kubernetes from '../schemas/kubernetes.json';

const jane = AccessSubject.user('jane').asStranger();
const ask = (action: AccessAction, ...manifests: any[]) =>
  reviewOf(...manifests).where(jane, action);

/** The definition of a kind, as a cluster gets it. */
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'oxen.farm.example' },
  spec: { group: 'farm.example', names: { kind: 'Ox', plural: 'oxen' } },
};

describe('a question about rights', () => {
  test.each([
    ['get', 'secretz', "resource 'secretz' of 'get secretz' is not known", 'secrets'],
    ['get', 'secret', "resource 'secret'", 'secrets'],
    [
      'create',
      'rolebinding.rbac.authorization.k8s.io',
      'resource',
      'rolebindings.rbac.authorization.k8s.io',
    ],
    ['create', 'deployments', "resource 'deployments'", 'deployments.apps'],
    ['create', 'deployments.app', 'resource', 'deployments.apps'],
    ['create', 'pod/exec', "resource 'pod/exec'", 'pods/exec'],
    ['create', 'pods/exce', "subresource 'exce'", 'exec'],
    ['creat', 'pods', "verb 'creat'", 'create'],
    ['write', 'secrets', "verb 'write'", undefined],
  ])(
    'that misspells something (%s %s) throws, rather than prove anything',
    (verb, resource, what, hint) => {
      const custom = 'one that only an operator knows (AccessAction.onCustom)?';
      const question = () => ask(AccessAction.on(verb, resource));
      expect(question).toThrow(what);
      expect(question).toThrow(
        hint ? `did you mean '${hint}', or ${custom}` : `did you mean ${custom}`,
      );
      expect(ask(AccessAction.onCustom(verb, resource)).isNowhere).toBe(true);
    },
  );

  test('that misspells the method of a URL throws', () => {
    expect(() => ask(AccessAction.onUrl('gte', '/metrics'))).toThrow("did you mean 'get'?");
    expect(ask(AccessAction.onUrl('post', '/metrics')).isNowhere).toBe(true);
  });

  test('may be about what the program defines or names in a role', () => {
    const action = AccessAction.on('milk', 'oxen.farm.example');
    const milks = role('r', [rule('milk', 'cows', 'farm.example')]);
    expect(() => ask(action, milks)).toThrow("resource 'oxen.farm.example'");
    expect(() => ask(action, definition)).toThrow("verb 'milk'");
    expect(ask(action, definition, milks).isNowhere).toBe(true);
    expect(ask(AccessAction.on('get', 'cows.farm.example'), milks).isNowhere).toBe(true);
  });

  test('is about no resource that only a wildcard takes in', () => {
    const all = [role('r', [rule('*', '*', '*')]), binding('b', 'r', [user('jane')])];
    expect(() => ask(AccessAction.on('get', 'secretz'), ...all)).toThrow('is not known');
    const everywhere = [role('r', [rule('get', 'cows', '*')])];
    expect(ask(AccessAction.on('get', 'cows.farm.example'), ...everywhere).isNowhere).toBe(true);
  });
});

describe('the kinds that are known', () => {
  test.each([...Object.keys(crds), ...Object.keys(kubernetes)].filter((one) => one.includes('/')))(
    'include %s, which the library writes',
    (id) => {
      const parts = id.split('/');
      const kind = parts.pop()!;
      expect(isKnownKind(parts.length === 2 ? parts[0] : '', kind)).toBe(true);
    },
  );

  test.each([
    ['Endpoints', 'endpoints'],
    ['Ingress', 'ingresses'],
    ['NetworkPolicy', 'networkpolicies'],
    ['OCIRepository', 'ocirepositories'],
    ['Canary', 'canaries'],
    ['IPAddress', 'ipaddresses'],
    ['StorageClass', 'storageclasses'],
    ['Deployment', 'deployments'],
  ])('have plurals, such as %s %s', (kind, plural) => {
    expect(pluralOf(kind)).toBe(plural);
  });

  test('are those of every right that a tenant has', () => {
    const { app, prod, tenant } = smallFleet({ tenantRules: [TenantRules.flagger()] });
    const account = AccessSubject.accountOf(tenant('team-a'));
    const known = new Set(knownResources().map((one) => one.join(' ')));
    const named = app
      .reviewAccess(prod)
      .rightsOf(account)
      .grants.flatMap(({ rule: { apiGroups, resources } }) =>
        apiGroups.flatMap((group) => resources.map((one) => `${group} ${one.replace('/log', '')}`)),
      );
    expect(named.filter((one) => !known.has(one))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });
});
