import { ApiObject, JsonPatch } from 'cdk8s';
import { Fleet, FleetRepo, TenantRules } from '../../src';
import { find, smallFleet, synthesized, temporaryDirectory } from '../synthesized';

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

describe('tenant-app-admin', () => {
  const { app } = smallFleet();
  const files = synthesized(app);
  const role = find(files, 'ClusterRole', 'tenant-app-admin');
  const rules: Rule[] = role.rules;
  const may = (verb: string, group: string, resource: string) =>
    rules.some(
      (rule) =>
        rule.apiGroups.includes(group) &&
        rule.resources.includes(resource) &&
        rule.verbs.includes(verb),
    );

  test('is written once, by the platform', () => {
    expect([...files.keys()]).toContain('fleet-infra/infrastructure/tenancy/clusterrole.yaml');
    expect(role.metadata).toEqual({ name: 'tenant-app-admin' });
  });

  test('has no wildcard and no verb that gives rights', () => {
    const words = rules.flatMap((rule) => [...rule.apiGroups, ...rule.resources, ...rule.verbs]);
    expect(words.filter((word) => word.includes('*'))).toEqual([]);
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(
      new Set(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete']),
    );
  });

  test('has no subresource but the logs of pods, which it may only read', () => {
    const subresources = rules.flatMap(({ resources }) =>
      resources.filter((one) => one.includes('/')),
    );
    expect(subresources).toEqual(['pods/log']);
    expect(may('create', '', 'pods/log')).toBe(false);
  });

  test.each([
    ['', 'namespaces'],
    ['', 'resourcequotas'],
    ['', 'limitranges'],
    ['', 'pods'],
    ['rbac.authorization.k8s.io', 'roles'],
    ['rbac.authorization.k8s.io', 'rolebindings'],
    ['rbac.authorization.k8s.io', 'clusterrolebindings'],
    ['networking.k8s.io', 'networkpolicies'],
    ['policies.kyverno.io', 'policyexceptions'],
    ['admissionregistration.k8s.io', 'validatingadmissionpolicies'],
    ['source.toolkit.fluxcd.io', 'externalartifacts'],
    ['source.extensions.fluxcd.io', 'artifactgenerators'],
  ])('cannot change %s/%s', (group, resource) => {
    for (const verb of ['create', 'update', 'patch', 'delete']) {
      expect(may(verb, group, resource)).toBe(false);
    }
  });

  test.each([
    ['apps', 'deployments'],
    ['', 'secrets'],
    ['kustomize.toolkit.fluxcd.io', 'kustomizations'],
    ['helm.toolkit.fluxcd.io', 'helmreleases'],
    ['flagger.app', 'canaries'],
    ['autoscaling', 'horizontalpodautoscalers'],
    ['networking.k8s.io', 'ingresses'],
  ])('can apply and prune %s/%s', (group, resource) => {
    for (const verb of ['get', 'create', 'patch', 'delete']) {
      expect(may(verb, group, resource)).toBe(true);
    }
  });

  test('grows with nothing that is installed later', () => {
    expect(role).not.toHaveProperty('aggregationRule');
  });
});

describe('the rules that a fleet adds', () => {
  const rulesWith = (tenantRules?: TenantRules[]): Rule[] => {
    const app = new Fleet({ outdir: temporaryDirectory() });
    new FleetRepo(app, 'fleet-infra', { registry: 'ghcr.io/acme', tenantRules });
    return find(synthesized(app), 'ClusterRole', 'tenant-app-admin').rules;
  };
  const groups = (rules: Rule[]) => rules.flatMap(({ apiGroups }) => apiGroups);

  test("are those of Flagger, unless it says so, and a fleet can do without Flagger's", () => {
    expect(groups(rulesWith())).toContain('flagger.app');
    expect(groups(rulesWith([]))).not.toContain('flagger.app');
    expect(rulesWith([TenantRules.flagger()])).toEqual(rulesWith());
  });

  test('come after the fixed ones, which stay as they are', () => {
    const daemonSets = { apiGroups: ['apps'], resources: ['daemonsets'] };
    expect(rulesWith([TenantRules.daemonSets()])).toEqual([
      ...rulesWith([]),
      expect.objectContaining(daemonSets),
    ]);
    expect(rulesWith([])).not.toContainEqual(expect.objectContaining(daemonSets));
  });
});

describe('the roles of tenants cannot be changed but by those rules', () => {
  test.each([
    ['more rules', JsonPatch.add('/rules/-', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] })],
    ['another verb', JsonPatch.add('/rules/0/verbs/-', 'deletecollection')],
    ['no rules', JsonPatch.remove('/rules')],
    ['rules of others', JsonPatch.add('/aggregationRule', { clusterRoleSelectors: [{}] })],
    ['another name', JsonPatch.replace('/metadata/name', 'x')],
  ])('%s', (_, patch) => {
    const { app, fleet } = smallFleet();
    const made = fleet.node.findChild('tenancy').node.findChild('tenant-app-admin') as ApiObject;
    made.addJsonPatch(patch);
    expect(() => app.synth()).toThrow(
      /\[fleet-infra\/tenancy\/tenant-app-admin\] ClusterRole '[a-z-]+' must keep '\/[a-zA-Z/]+' as it was made/,
    );
  });

  test('is told in a line that can be read', () => {
    const { app, fleet } = smallFleet();
    const made = fleet.node.findChild('tenancy').node.findChild('tenant-app-admin') as ApiObject;
    made.addJsonPatch(JsonPatch.remove('/rules/0'));
    expect(() => app.synth()).toThrow(/^.{0,60}\n.{0,600}$/);
  });
});
