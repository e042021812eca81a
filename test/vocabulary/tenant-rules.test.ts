import * as fc from 'fast-check';
import { TenantRule, TenantRules } from '../../src';

const rule = (changes: Partial<TenantRule>): TenantRule => ({
  apiGroup: 'external-secrets.io',
  resources: ['externalsecrets'],
  ...changes,
});
const allowing = (changes: Partial<TenantRule>) => () => TenantRules.allowing(rule(changes));

describe('a rule for tenants', () => {
  test('has all verbs of applying and pruning, unless it says which', () => {
    expect(TenantRules.allowing(rule({}))._rule).toEqual({
      apiGroups: ['external-secrets.io'],
      resources: ['externalsecrets'],
      verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
    });
    expect(TenantRules.allowing(rule({ verbs: ['get'] }))._rule.verbs).toEqual(['get']);
  });

  test.each([
    ['monitoring.coreos.com', 'servicemonitors podmonitors prometheusrules'],
    ['cert-manager.io', 'certificates issuers'],
    ['postgresql.cnpg.io', 'clusters backups'],
    ['keda.sh', 'scaledobjects triggerauthentications'],
    ['apps', 'deployments/scale'],
    ['', 'pods/log replicationcontrollers'],
  ])('may be on %s: %s', (apiGroup, resources) => {
    expect(allowing({ apiGroup, resources: resources.split(' ') })).not.toThrow();
  });

  test.each([
    'escalate',
    'bind',
    'impersonate',
    'deletecollection',
    'approve',
    'sign',
    'use',
    '*',
    'GET',
    '',
  ])('has no verb %p', (verb) => {
    expect(allowing({ verbs: ['get', verb] })).toThrow(
      `verb of a tenant rule must be one of get, list, watch, create, update, patch, delete, got '${verb}'`,
    );
  });

  test.each(['*', '*.example.com', 'External', 'a..b', ' ', 'a/b', 'a\n'])(
    'is on one group, not %j',
    (apiGroup) => {
      expect(allowing({ apiGroup })).toThrow('apiGroup of a tenant rule must be such as');
    },
  );

  test.each([
    'rbac.authorization.k8s.io',
    'authorization.k8s.io',
    'authentication.k8s.io',
    'authorization.openshift.io',
    'certificates.k8s.io',
    'admissionregistration.k8s.io',
    'k8s.ovn.org',
    'kyverno.io',
    'networking.istio.io',
    'security.istio.io',
    'policies.kyverno.io',
    'reports.kyverno.io',
    'constraints.gatekeeper.sh',
    'templates.gatekeeper.sh',
    'apiextensions.k8s.io',
    'apiregistration.k8s.io',
    'flowcontrol.apiserver.k8s.io',
    'source.extensions.fluxcd.io',
    'fluxcd.controlplane.io',
    'operators.coreos.com',
    'helm.cattle.io',
    'capsule.clastix.io',
    'cilium.io',
    'crd.projectcalico.org',
    'policy.networking.k8s.io',
    'wgpolicyk8s.io',
    'openreports.io',
  ])('is not on group %s, whatever the resource or verb', (apiGroup) => {
    expect(allowing({ apiGroup, resources: ['anything'], verbs: ['get'] })).toThrow(
      `apiGroup of a tenant rule must not be '${apiGroup}', which `,
    );
  });

  test('is not kept from groups that only look like those', () => {
    expect(allowing({ apiGroup: 'notkyverno.io' })).not.toThrow();
    expect(allowing({ apiGroup: 'networking.k8s.io', resources: ['ingresses'] })).not.toThrow();
  });

  test.each([
    ['', 'namespaces'],
    ['', 'resourcequotas'],
    ['', 'limitranges'],
    ['', 'endpoints'],
    ['', 'bindings'],
    ['discovery.k8s.io', 'endpointslices'],
    ['networking.k8s.io', 'networkpolicies'],
    ['extensions', 'networkpolicies'],
    ['gateway.networking.k8s.io', 'listenersets'],
    ['gateway.networking.x-k8s.io', 'xlistenersets'],
    ['acme.example', 'rolebindings'],
    ['source.toolkit.fluxcd.io', 'externalartifacts'],
    ['acme.example', 'artifactgenerators'],
    ['', 'namespaces/finalize'],
  ])('is not on %s/%s, not even to read', (apiGroup, resource) => {
    expect(allowing({ apiGroup, resources: [resource], verbs: ['get'] })).toThrow(
      `resource of a tenant rule must not be '${resource}', which `,
    );
  });

  test.each([
    ['apps', 'deployments/status'],
    ['kustomize.toolkit.fluxcd.io', 'kustomizations/finalizers'],
    ['', 'pods/exec'],
    ['', 'pods/attach'],
    ['', 'pods/portforward'],
    ['', 'pods/proxy'],
    ['', 'pods/ephemeralcontainers'],
    ['', 'pods/binding'],
    ['', 'pods/eviction'],
    ['', 'pods/resize'],
    ['', 'services/proxy'],
    ['', 'serviceaccounts/token'],
    ['subresources.kubevirt.io', 'virtualmachineinstances/console'],
  ])('is not on %s/%s', (apiGroup, resource) => {
    expect(allowing({ apiGroup, resources: [resource] })).toThrow(
      `resource of a tenant rule may have the subresource log or scale, got '${resource}'`,
    );
  });

  test.each([
    ['', 'nodes'],
    ['', 'persistentvolumes'],
    ['', 'nodes/log'],
    ['storage.k8s.io', 'storageclasses'],
    ['scheduling.k8s.io', 'priorityclasses'],
    ['external-secrets.io', 'clustersecretstores'],
    ['cert-manager.io', 'clusterissuers'],
  ])('is not on %s/%s, which lies in no namespace', (apiGroup, resource) => {
    expect(allowing({ apiGroup, resources: [resource] })).toThrow(
      `resource of a tenant rule must lie in namespaces, got '${resource}'`,
    );
  });

  test.each(['*', '*/status', 'pods/*', '*/*', 'Pods', 'pods ', '', 'a.b', '/log', 'pods/', 'a\n'])(
    'is on one plural, not %j',
    (resource) => {
      expect(allowing({ resources: [resource] })).toThrow(
        'resource of a tenant rule must be a plu',
      );
    },
  );

  test('is on something', () => {
    expect(allowing({ resources: [] })).toThrow('tenant rule must have a resource');
    expect(allowing({ verbs: [] })).toThrow('tenant rule must have a verb');
  });

  test('cannot be changed by who wrote it, once it is checked', () => {
    const [resources, verbs] = [['externalsecrets'], ['get']];
    const { _rule } = TenantRules.allowing(rule({ resources, verbs }));
    resources.push('*');
    verbs.push('*');
    expect([_rule.resources, _rule.verbs]).toEqual([['externalsecrets'], ['get']]);
  });

  test('of free text is refused, or holds neither wildcard nor anything but one subresource', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('*', 'pods', 'pods/exec', 'roles', '*/status', 'get', 'bind', 'kyverno.io'),
    );
    fc.assert(
      fc.property(word, word, word, (apiGroup, resource, verb) => {
        try {
          TenantRules.allowing({ apiGroup, resources: [resource], verbs: [verb] });
        } catch (error) {
          expect((error as Error).message).toMatch(/tenant rule must|tenant rule may/);
          return;
        }
        expect(`${apiGroup}${resource}${verb}`).not.toMatch(/[*\s]/);
        expect(resource).toMatch(/^[a-z0-9-]+(\/(log|scale))?$/);
        expect(verb).toMatch(/^(get|list|watch|create|update|patch|delete)$/);
      }),
      { numRuns: 1000 },
    );
  });
});

test.each<[string, TenantRules, string, string[]]>([
  [
    'Flagger',
    TenantRules.flagger(),
    'flagger.app',
    ['canaries', 'metrictemplates', 'alertproviders'],
  ],
  ['DaemonSets', TenantRules.daemonSets(), 'apps', ['daemonsets']],
  [
    'routes',
    TenantRules.gatewayRoutes(),
    'gateway.networking.k8s.io',
    ['httproutes', 'grpcroutes'],
  ],
])('the rules for %s are on their kinds', (_, rules, apiGroup, resources) => {
  expect(rules._rule).toMatchObject({ apiGroups: [apiGroup], resources });
});
