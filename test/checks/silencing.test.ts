import { runChecks } from '../../src/checks/run-checks';
import { viewClusters } from '../../src/clusters/view-clusters';
import { gitOf, repositoryOf, syncOf } from '../clusters/repository-of';
import { object } from './tenancy-example';

const FLEET = 'https://git.example.com/acme/fleet';

const GOTK = `${gitOf('flux-system', FLEET)}---\n${syncOf('flux-system', { path: 'clusters/prod' })}`;

/** What the platform applies for a tenant: without bounds, and with an account that is not there. */
function tenant(name: string): string {
  const labels = `{ 'toolkit.fluxcd.io/tenant': ${name} }`;
  return [
    object('v1', 'Namespace', name, { labels }),
    '---\n',
    gitOf('apps', `https://git.example.com/acme/${name}`).replace(/flux-system/g, name),
    '---\n',
    syncOf('apps', { source: 'apps', spec: `serviceAccountName: ${name}` }).replace(
      /flux-system/g,
      name,
    ),
  ].join('');
}

/** What is found in the repository of the platform when team-a has these files in its own. */
function found(files: Record<string, string>): string[] {
  const fleet = viewClusters([
    repositoryOf('fleet', {
      'clusters/prod/flux-system/gotk-sync.yaml': GOTK,
      'clusters/prod/tenants.yaml': syncOf('tenants'),
      'tenants/team-a.yaml': tenant('team-a'),
      'tenants/team-b.yaml': tenant('team-b'),
    }),
    repositoryOf(
      'team-a',
      { 'apps/settings.yaml': object('v1', 'ConfigMap', 'team-a/settings'), ...files },
      'git.example.com/acme/team-a',
    ),
  ]);
  return runChecks(fleet, { profile: 'strict' })
    .findings.filter(({ repository }) => repository === 'fleet')
    .map(({ check, message }) => `${check} ${message}`);
}

const RBAC = 'rbac.authorization.k8s.io/v1';
const HIDDEN = 'subjects: [{ kind: ServiceAccount, name: "${who}", namespace: "${where}" }]';

describe('what a tenant applies', () => {
  const baseline = found({});

  test('is judged against what is wrong with another', () => {
    expect(baseline.filter((one) => one.includes('team-b'))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^namespace-default-deny /),
        expect.stringMatching(/^namespace-quota /),
        expect.stringMatching(/^service-account-exists /),
      ]),
    );
  });

  test.each([
    [
      'a ResourceSet',
      object('fluxcd.controlplane.io/v1', 'ResourceSet', 'team-a/all', { body: 'spec: {}' }),
    ],
    [
      'a ResourceSet in the namespace of Flux',
      object('fluxcd.controlplane.io/v1', 'ResourceSet', 'flux-system/all', { body: 'spec: {}' }),
    ],
    [
      'an object of Capsule',
      object('capsule.clastix.io/v1beta2', 'Tenant', 'all', { body: 'spec: {}' }),
    ],
    [
      'a policy that generates',
      object('kyverno.io/v1', 'ClusterPolicy', 'all', {
        body: 'spec: { rules: [{ name: all, generate: { kind: ResourceQuota } }] }',
      }),
    ],
    ['an account without namespace', object('v1', 'ServiceAccount', 'anybody')],
    ['an account in a variable namespace', object('v1', 'ServiceAccount', '${where}/anybody')],
    ['a binding of a variable account', object(RBAC, 'RoleBinding', 'team-a/x', { body: HIDDEN })],
    [
      'a cluster-wide binding of a variable account',
      object(RBAC, 'ClusterRoleBinding', 'x', { body: HIDDEN }),
    ],
    [
      'a NetworkPolicy of its own',
      object('networking.k8s.io/v1', 'NetworkPolicy', 'team-a/deny', {
        body: 'spec: { podSelector: {}, policyTypes: [Ingress, Egress] }',
      }),
    ],
    [
      'a policy of another engine for all traffic',
      object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', 'all', { body: 'spec: {}' }),
    ],
    [
      'a quota of its own',
      object('v1', 'ResourceQuota', 'team-a/q', { body: 'spec: { hard: { pods: "10" } }' }),
    ],
    [
      'a quota of its own for classes of the system',
      object('v1', 'ResourceQuota', 'team-a/q', {
        body: 'spec: { hard: { pods: "0" }, scopeSelector: { matchExpressions: [{ scopeName: PriorityClass, operator: In, values: [system-cluster-critical, system-node-critical] }] } }',
      }),
    ],
    [
      'a sync of what is not there',
      syncOf('more', { source: 'gone' }).replace(/flux-system/g, 'team-a'),
    ],
    ['a sync in the namespace of Flux', syncOf('more', { source: 'gone' })],
    [
      'a sync into the namespace of the other',
      syncOf('more', { source: 'gone', spec: 'targetNamespace: team-b' }),
    ],
    [
      'a release into the namespace of the other',
      object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'team-a/raw', {
        body: 'spec: { interval: 1h, targetNamespace: team-b, chart: { spec: { chart: raw } } }',
      }),
    ],
    [
      'the namespace of Flux as its own',
      object('v1', 'Namespace', 'flux-system', {
        labels: "{ 'toolkit.fluxcd.io/tenant': team-a }",
      }),
    ],
  ])('silences nothing with %s', (_title, added) => {
    expect(found({ 'apps/added.yaml': added })).toEqual(expect.arrayContaining(baseline));
  });

  test('silences nothing with a base that cannot be read', () => {
    const kustomization = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [settings.yaml, https://git.example.com/acme/more]
`;
    expect(found({ 'apps/kustomization.yaml': kustomization })).toEqual(
      expect.arrayContaining(baseline),
    );
  });
});

describe('a sync that a tenant calls like one of the platform', () => {
  /** What the cluster gets of the platform's sync 'tenants', which is further from the root than the tenant's. */
  function foundWith(added: string): string[] {
    const fleet = viewClusters([
      repositoryOf('fleet', {
        'clusters/prod/flux-system/gotk-sync.yaml': GOTK,
        'clusters/prod/the-rest.yaml': syncOf('infra'),
        'clusters/prod/team-a.yaml': tenant('team-a'),
        'infra/tenants.yaml': syncOf('tenants'),
        'tenants/team-b.yaml': tenant('team-b'),
      }),
      repositoryOf(
        'team-a',
        { 'apps/added.yaml': added, 'empty/map.yaml': object('v1', 'ConfigMap', 'team-a/empty') },
        'git.example.com/acme/team-a',
      ),
    ]);
    return runChecks(fleet, { profile: 'strict' })
      .findings.filter(({ message }) => message.includes('team-b'))
      .map(({ check, message }) => `${check} ${message}`);
  }

  test('keeps nothing of what the platform applies from being judged', () => {
    const baseline = foundWith(object('v1', 'ConfigMap', 'team-a/settings'));
    const ownSource = 'kind: GitRepository\n    namespace: team-a';
    const shadow = syncOf('tenants', { source: 'apps', path: 'empty' });

    expect(baseline).not.toEqual([]);
    expect(foundWith(shadow.replace('kind: GitRepository', ownSource))).toEqual(
      expect.arrayContaining(baseline),
    );
  });
});

describe('a directory that a tenant calls a cluster', () => {
  const insecure = gitOf('more', 'http://git.example.com/acme/more').replace(
    /flux-system/g,
    'team-a',
  );

  /** What is found in the repository of a tenant that has a cluster in it, and accepts what is wrong there. */
  function foundIn(platform: Record<string, string>): string[] {
    const fleet = viewClusters([
      repositoryOf('fleet', {
        'clusters/prod/flux-system/gotk-sync.yaml': GOTK,
        'clusters/prod/tenant.yaml': tenant('team-a'),
        ...platform,
      }),
      repositoryOf(
        'team-a',
        {
          'apps/more.yaml': insecure,
          'clusters/prod/flux-system/gotk-sync.yaml': GOTK,
          '.flux-checks':
            'suppressions: [{ check: tenant-source-insecure, path: apps/more.yaml, owner: me, reason: mine }]\n',
        },
        'git.example.com/acme/team-a',
      ),
    ]);
    return runChecks(fleet, { profile: 'recommended' })
      .findings.filter(({ repository }) => repository === 'team-a')
      .map(({ check }) => check);
  }

  test('makes its list of accepted findings no list of the platform', () => {
    expect(foundIn({})).toContain('tenant-source-insecure');
  });

  test('is one of the platform where the platform applies the repository, too', () => {
    const platform = `${gitOf('more', 'https://git.example.com/acme/team-a')}---\n${syncOf('more', { source: 'more', path: 'clusters' })}`;
    expect(foundIn({ 'clusters/prod/more.yaml': platform })).not.toContain(
      'tenant-source-insecure',
    );
  });
});

describe('a namespace that a tenant calls its own', () => {
  const claimed = (name: string): string =>
    object('v1', 'Namespace', name, { labels: "{ 'toolkit.fluxcd.io/tenant': team-a }" });

  /** The owners of 'team-a' and `other` when team-a's sync applies `added`. */
  function owners(other: string, added: string): (string | undefined)[] {
    const [prod] = viewClusters([
      repositoryOf('fleet', {
        'clusters/prod/flux-system/gotk-sync.yaml': GOTK,
        'clusters/prod/platform.yaml':
          syncOf('tenants', { source: 'fleet' }).replace(/flux-system/g, 'platform') +
          gitOf('fleet', FLEET)
            .replace(/^/, '---\n')
            .replace(/flux-system/g, 'platform'),
        'tenants/team-a.yaml': tenant('team-a'),
      }),
      repositoryOf('team-a', { 'apps/added.yaml': added }, 'git.example.com/acme/team-a'),
    ]).clusters;
    return ['team-a', other].map((one) => prod.tenants.ownerOf(one));
  }

  test('is not, where the platform applies the tenant from it', () => {
    expect(owners('platform', claimed('platform'))).toEqual(['team-a', undefined]);
  });

  test('is not, where the tenant has a sync in yet another namespace apply it', () => {
    const detour = syncOf('detour', { source: 'apps', path: 'more' }).replace(
      'kind: GitRepository',
      'kind: GitRepository\n    namespace: team-a',
    );
    expect(owners('web', `${detour}${claimed('web')}`)).toEqual(['team-a', undefined]);
  });
});

describe('what looks like a variable', () => {
  const account = tenant('team-b').replace(
    'serviceAccountName: team-b',
    'serviceAccountName: "${who}"',
  );
  const insecure = gitOf('more', 'http://git.example.com/acme/${where}').replace(
    /flux-system/g,
    'team-b',
  );

  /** What is found when the platform's sync of the tenants has more lines. */
  function foundWith(spec: string): string[] {
    const fleet = viewClusters([
      repositoryOf('fleet', {
        'clusters/prod/flux-system/gotk-sync.yaml': GOTK,
        'clusters/prod/tenants.yaml': syncOf('tenants', { spec }),
        'tenants/team-b.yaml': `${account}---\n${insecure}`,
        'tenants/binding.yaml': object(RBAC, 'RoleBinding', 'team-b/x', { body: HIDDEN }),
      }),
    ]);
    return runChecks(fleet, { profile: 'strict' }).findings.map(({ check }) => check);
  }

  const JUDGED = ['namespace-quota', 'service-account-exists', 'tenant-source-insecure'];

  test('is text where the sync substitutes nothing, and judged as such', () => {
    expect(foundWith('')).toEqual(expect.arrayContaining(JUDGED));
  });

  test('may be anything where the sync takes variables from what is not there', () => {
    const checks = foundWith('postBuild: { substituteFrom: [{ kind: Secret, name: gone }] }');
    expect(checks.filter((check) => JUDGED.includes(check))).toEqual([]);
  });
});
