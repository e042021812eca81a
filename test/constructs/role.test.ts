import { find, smallFleet, synthesized } from '../synthesized';

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

describe('tenant-app-admin', () => {
  const { app } = smallFleet();
  const files = synthesized(app);
  const role = find(files, 'ClusterRole');
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
