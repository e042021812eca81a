import { join } from 'path';
import * as fc from 'fast-check';
import { Profile } from '../../src/checks/check';
import { runChecks } from '../../src/checks/run-checks';
import { readDirectory } from '../../src/cli/read-directory';
import { viewClusters } from '../../src/clusters/view-clusters';
import { exampleFleet } from './example-repository';

const WITH_TENANT = '# with: tenant team-a\n';

/** What 'flux create tenant team-x --with-namespace=apps' writes, but for the role. */
function createdTenant(role = 'cluster-admin'): string {
  return `${object('v1', 'Namespace', 'apps', { labels: "{ 'toolkit.fluxcd.io/tenant': team-x }" })}
${object('v1', 'ServiceAccount', 'apps/team-x', { labels: "{ 'toolkit.fluxcd.io/tenant': team-x }" })}
${object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'apps/team-x-reconciler', {
  labels: "{ 'toolkit.fluxcd.io/tenant': team-x }",
  body: `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects:
  - { apiGroup: rbac.authorization.k8s.io, kind: User, name: 'gotk:apps:reconciler' }
  - { kind: ServiceAccount, name: team-x, namespace: apps }`,
})}
${source('apps')}
${sync('apps', 'serviceAccountName: team-x')}
`;
}

describe('a tenant', () => {
  test("that 'flux create tenant' made has every right in its namespace, and that is all", () => {
    expect(found(createdTenant(), 'recommended')).toEqual(['tenant-role-admin']);
  });

  test("that 'flux create tenant' made has no bounds either", () => {
    expect(found(createdTenant('tenant-app-admin'))).toEqual([
      'namespace-default-deny',
      'namespace-pod-security',
      'namespace-quota',
    ]);
  });

  test('is none where a label only names the team', () => {
    const namespace = object('v1', 'Namespace', 'monitoring', {
      labels:
        "{ 'toolkit.fluxcd.io/tenant': sre, 'pod-security.kubernetes.io/enforce': privileged }",
    });
    const release = `${object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'monitoring/prometheus', {
      body: `spec:
  chart: { spec: { chart: kube-prometheus-stack, sourceRef: { kind: HelmRepository, name: prometheus } } }
  interval: 1h`,
    })}
${object('v1', 'ServiceAccount', 'monitoring/default')}
${binding('ClusterRoleBinding', 'prometheus', 'view', serviceAccount('monitoring/prometheus'))}
${binding('RoleBinding', 'monitoring/default', 'cluster-admin', serviceAccount('monitoring/default'))}`;
    expect(found(namespace + release)).toEqual([]);
  });

  test('may have people who may do anything', () => {
    const people = "{ apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'acme:team-a' }";
    const user = '{ apiGroup: rbac.authorization.k8s.io, kind: User, name: ann@example.com }';
    expect(
      found(`${WITH_TENANT}${binding('RoleBinding', 'team-a/people', 'cluster-admin', people, user)}
${binding('ClusterRoleBinding', 'people', 'edit', people)}`),
    ).toEqual([]);
  });

  test('with two namespaces may use its account in both, when it is bound in both', () => {
    const second = object('v1', 'Namespace', 'team-a-jobs', {
      labels:
        "{ 'toolkit.fluxcd.io/tenant': team-a, 'pod-security.kubernetes.io/enforce': baseline }",
    });
    const target = sync('team-a', 'serviceAccountName: team-a', 'targetNamespace: team-a-jobs');
    const bound = binding(
      'RoleBinding',
      'team-a-jobs/team-a',
      'tenant-app-admin',
      serviceAccount('team-a/team-a'),
    );
    const repository = WITH_TENANT + source('team-a') + second + target;
    expect(found(repository, 'recommended')).toEqual(['tenant-binding-exists']);
    expect(found(repository + bound, 'recommended')).toEqual([]);
  });
});

describe('the account of a sync', () => {
  test('may come from a variable', () => {
    expect(
      found(WITH_TENANT + source('team-a') + sync('team-a', "serviceAccountName: '${account}'")),
    ).toEqual([]);
  });

  test("may be left to a lockdown's default that is bound in the namespace", () => {
    const lockdown = `# file: clusters/prod/flux-system/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [gotk-components.yaml, gotk-sync.yaml]
patches:
  - target: { kind: Deployment, name: '(kustomize-controller|helm-controller)' }
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --default-service-account=ACCOUNT
`;
    const repository = WITH_TENANT + source('team-a') + sync('team-a');
    expect(found(repository + lockdown.replace('ACCOUNT', 'team-a'))).not.toContain(
      'tenant-service-account',
    );
    expect(found(repository + lockdown.replace('ACCOUNT', 'none'))).toContain(
      'tenant-service-account',
    );
  });

  test('must not be default', () => {
    expect(
      found(WITH_TENANT + source('team-a') + sync('team-a', 'serviceAccountName: default')),
    ).toEqual(['tenant-service-account']);
  });

  test("is the other cluster's where the sync has a kubeConfig", () => {
    expect(
      found(
        WITH_TENANT +
          source('team-a') +
          sync('team-a', 'kubeConfig: { secretRef: { name: other } }', 'targetNamespace: web'),
        'recommended',
      ),
    ).toEqual([]);
  });

  test('may come from what the platform installs and nobody here reads', () => {
    const wanted = WITH_TENANT + source('team-a') + sync('team-a', 'serviceAccountName: deployer');
    const chart = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'platform/accounts', {
      body: `spec:
  chart: { spec: { chart: accounts, sourceRef: { kind: HelmRepository, name: platform } } }
  interval: 1h
  targetNamespace: team-a`,
    });
    expect(found(wanted, 'recommended')).toEqual(['service-account-exists']);
    expect(found(wanted + chart, 'recommended')).not.toContain('service-account-exists');
    expect(found(wanted + object('v1', 'ServiceAccount', "team-a/'${name}'"))).not.toContain(
      'service-account-exists',
    );
  });

  test('cannot be one of another namespace', () => {
    const other = object('v1', 'ServiceAccount', 'team-b/deployer');
    expect(
      found(
        WITH_TENANT + source('team-a') + sync('team-a', 'serviceAccountName: deployer') + other,
      ),
    ).toEqual(['service-account-exists']);
  });

  test('may be bound through the group of all accounts of the namespace', () => {
    const account = object('v1', 'ServiceAccount', 'team-a/deployer');
    const group = "{ kind: Group, name: 'system:serviceaccounts:team-a' }";
    expect(
      found(
        WITH_TENANT +
          source('team-a') +
          sync('team-a', 'serviceAccountName: deployer', 'targetNamespace: team-a') +
          account +
          binding('RoleBinding', 'team-a/all', 'tenant-app-admin', group),
      ),
    ).toEqual(['default-account-unbound']); // the group binds default, too
  });
});

describe('a role', () => {
  test('that allows everything is as bad as cluster-admin, and is told of once', () => {
    const role = clusterRole('all', "{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }");
    expect(found(WITH_TENANT + role + bound('all'))).toEqual(['tenant-role-admin']);
  });

  test('is judged by what it takes in from other roles', () => {
    const role = `${object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'sum', {
      body: 'aggregationRule: { clusterRoleSelectors: [{ matchLabels: { sum: yes-please } }] }\nrules: []',
    })}
${clusterRole('part', "{ apiGroups: [''], resources: [limitranges], verbs: [delete] }", '{ sum: yes-please }')}
${clusterRole('other', "{ apiGroups: [''], resources: [limitranges], verbs: [delete] }", '{ sum: no-thanks }')}`;
    expect(found(WITH_TENANT + role + bound('sum'))).toEqual([
      'tenant-role-aggregated',
      'tenant-role-guardrails',
    ]);
  });

  test.each([
    [
      'wildcard resources reach subresources',
      "{ apiGroups: [source.toolkit.fluxcd.io], resources: ['*'], verbs: [patch] }",
      ['tenant-role-flux-status', 'tenant-role-wildcard'],
    ],
    [
      'wildcard verbs reach bind',
      "{ apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: ['*'] }",
      ['tenant-role-escalation', 'tenant-role-guardrails', 'tenant-role-wildcard'],
    ],
    [
      'every status is that of sources, too',
      "{ apiGroups: ['*'], resources: ['*/status'], verbs: [update] }",
      ['tenant-role-flux-status', 'tenant-role-wildcard'],
    ],
    [
      'reading bounds is harmless',
      "{ apiGroups: ['', networking.k8s.io, rbac.authorization.k8s.io], resources: [namespaces, resourcequotas, networkpolicies, roles], verbs: [get, list, watch] }",
      [],
    ],
    [
      'creating namespaces is not in the power of a RoleBinding',
      "{ apiGroups: [''], resources: [namespaces], verbs: [create, get] }",
      [],
    ],
    [
      'policies of another group are others',
      '{ apiGroups: [apps.example.com], resources: [policies, policyexceptions], verbs: [create] }',
      [],
    ],
    [
      'impersonation of one account is impersonation',
      "{ apiGroups: [''], resources: [serviceaccounts], resourceNames: [app], verbs: [impersonate] }",
      ['tenant-role-escalation'],
    ],
    [
      'containers for debugging are patched in',
      "{ apiGroups: [''], resources: [pods/ephemeralcontainers], verbs: [patch] }",
      ['tenant-role-exec'],
    ],
    [
      'seeing them is harmless',
      "{ apiGroups: [''], resources: [pods/ephemeralcontainers], verbs: [get] }",
      [],
    ],
  ])('%s', (_title, rule, expected) => {
    expect(found(WITH_TENANT + clusterRole('some', rule) + bound('some'))).toEqual(expected);
  });

  test('that only people have is not judged', () => {
    const role = clusterRole(
      'some',
      "{ apiGroups: [''], resources: [pods/exec, resourcequotas], verbs: ['*'] }",
    );
    const people = "{ apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'acme:team-a' }";
    expect(
      found(WITH_TENANT + role + binding('RoleBinding', 'team-a/people', 'some', people)),
    ).toEqual([]);
  });

  test('that pods of the tenant have is its own, whatever account they run as', () => {
    const role = clusterRole(
      'some',
      "{ apiGroups: [''], resources: [resourcequotas], verbs: [patch] }",
    );
    expect(
      found(
        `${WITH_TENANT}${role}${binding('RoleBinding', 'team-a/app', 'some', serviceAccount('team-a/app'))}`,
      ),
    ).toEqual(['tenant-role-guardrails']);
  });
});

describe('rights outside of the namespaces of a tenant', () => {
  test('are found in every shape of a subject', () => {
    for (const subject of [
      serviceAccount('team-a/app'),
      "{ kind: User, name: 'system:serviceaccount:team-a:app' }",
      "{ kind: Group, name: 'system:serviceaccounts:team-a' }",
    ]) {
      expect(found(WITH_TENANT + binding('ClusterRoleBinding', 'app', 'view', subject))).toEqual([
        'tenant-cluster-binding',
      ]);
      expect(
        found(WITH_TENANT + binding('RoleBinding', 'flux-system/app', 'view', subject)),
      ).toContain('binding-subject-namespace');
      expect(found(WITH_TENANT + binding('RoleBinding', 'web/app', 'view', subject))).toContain(
        'tenant-effective-rights',
      );
    }
  });

  test('come with groups that all accounts are in, and are told with the role', () => {
    const role = clusterRole(
      'reader',
      "{ apiGroups: [''], resources: [secrets], verbs: [get, list] }",
    );
    const everybody = "{ kind: Group, name: 'system:authenticated' }";
    expect(
      messages(WITH_TENANT + role + binding('ClusterRoleBinding', 'readers', 'reader', everybody)),
    ).toEqual([
      "ClusterRoleBinding readers gives Group 'system:authenticated', which the accounts of all tenants are in, a role in the whole cluster: ClusterRole 'reader', which allows get, list on secrets",
    ]);
  });

  test('are not what every cluster lets everybody do', () => {
    const everybody = "{ kind: Group, name: 'system:authenticated' }";
    const role = clusterRole(
      'ask',
      '{ apiGroups: [authorization.k8s.io], resources: [selfsubjectaccessreviews], verbs: [create] }, { nonResourceURLs: [/version], verbs: [get] }',
    );
    const known =
      binding('ClusterRoleBinding', 'ask', 'ask', everybody) +
      binding('ClusterRoleBinding', 'discovery', 'system:discovery', everybody);
    expect(found(WITH_TENANT + role + known)).toEqual([]);
  });

  test('are no finding for accounts of the platform', () => {
    const platform = serviceAccount('monitoring/prometheus');
    expect(
      found(
        WITH_TENANT +
          binding('ClusterRoleBinding', 'p', 'view', platform) +
          binding('RoleBinding', 'team-a/p', 'view', platform),
      ),
    ).toEqual([]);
  });
});

describe('what a tenant applies', () => {
  const applies = (text: string, ...spec: string[]) =>
    `${WITH_TENANT}${object('source.toolkit.fluxcd.io/v1', 'GitRepository', 'team-a/apps', {
      body: 'spec: { interval: 10m, ref: { branch: main }, url: ssh://git@git.example.com/acme/fleet-infra }',
    })}${sync('team-a', 'serviceAccountName: team-a', ...spec)
      .replace('path: ./', 'path: ./apps/team-a')
      .replace('OCIRepository', 'GitRepository')
      .replace('name: manifests', 'name: apps')}# file: apps/team-a/app.yaml\n${text}`;

  test('must not lie outside of namespaces', () => {
    expect(messages(applies(object('scheduling.k8s.io/v1', 'PriorityClass', 'urgent')))).toEqual([
      "PriorityClass urgent lies in no namespace, where the account 'team-a' of tenant 'team-a' that Kustomization 'apps' applies it as has no rights",
    ]);
  });

  test('may say more of its own Namespace', () => {
    const namespace = object('v1', 'Namespace', 'team-a', {
      labels: "{ 'toolkit.fluxcd.io/tenant': team-a }",
    });
    expect(found(applies(namespace), 'recommended')).toEqual(['tenant-identity-apart']);
  });

  test('may lie where the platform has bound its account', () => {
    const shared = binding(
      'RoleBinding',
      'monitoring/team-a',
      'tenant-app-admin',
      serviceAccount('team-a/team-a'),
    );
    const repository = applies(object('v1', 'ConfigMap', 'monitoring/dashboard'));
    expect(found(repository, 'recommended')).toEqual(['tenant-applies-own']);
    expect(found(repository.replace('# file:', `${shared}# file:`), 'recommended')).toEqual([]);
  });

  test('may lie in a namespace that nobody knows', () => {
    expect(found(applies(object('v1', 'ConfigMap', "'${namespace}'/settings")))).toEqual([]);
    expect(found(applies(object('v1', 'ConfigMap', 'settings')))).toEqual([]);
  });
});

describe('the bounds of a namespace', () => {
  const quota = (amount: string) => `# file: tenants/base/team-a/quota.yaml
${object('v1', 'ResourceQuota', 'team-a/bounds', { body: `spec: { hard: { ${amount}: '4' } }` })}`;

  test('need a LimitRange only with a quota of compute', () => {
    expect(found(WITH_TENANT + quota('requests.cpu'))).toEqual(['namespace-quota']);
    expect(found(WITH_TENANT + quota('memory'))).toEqual(['namespace-quota']);
    expect(found(WITH_TENANT + quota('pods'))).toEqual([]);
    expect(found(WITH_TENANT + quota('requests.storage'))).toEqual([]);
  });

  test('may be generated by a policy', () => {
    const policy = object('kyverno.io/v1', 'ClusterPolicy', 'bounds', {
      body: 'spec: { rules: [{ name: quota, generate: { kind: ResourceQuota } }] }',
    });
    expect(found(createdTenant('tenant-app-admin') + policy)).toEqual(['namespace-pod-security']);
  });

  test('may be set by another kind of network policies', () => {
    const cilium = object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', 'deny', {
      body: 'spec: {}',
    });
    expect(found(createdTenant('tenant-app-admin') + cilium)).toEqual([
      'namespace-pod-security',
      'namespace-quota',
    ]);
  });

  test("are no bounds where the tenant's own sync would bring them", () => {
    expect(found(createdTenant('tenant-app-admin'))).toContain('namespace-quota');
  });
});

describe('a NetworkPolicy', () => {
  const only = (spec: string) => `${WITH_TENANT}# file: tenants/base/team-a/network-policies.yaml
${policy('default-deny', '{ podSelector: {}, policyTypes: [Ingress, Egress] }')}${policy('one', spec)}`;

  test.each([
    [
      'to the DNS by a label of its namespace',
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: { matchLabels: { name: kube-system } } }], ports: [{ port: 53, protocol: UDP }] }] }',
      [],
    ],
    [
      'to pods of the DNS in all namespaces',
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { k8s-app: kube-dns } } }], ports: [{ port: dns, protocol: UDP }] }] }',
      [],
    ],
    [
      'to a DNS on every node',
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 169.254.20.10/32 } }], ports: [{ port: 53, protocol: UDP }] }] }',
      [],
    ],
    [
      'to a range of ports',
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 1, endPort: 1024, protocol: UDP }] }] }',
      [],
    ],
    [
      'to ports that a variable names',
      "{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: '${port}', protocol: UDP }] }] }",
      [],
    ],
    [
      'by TCP alone is no DNS',
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 53 }] }] }',
      ['network-policy-dns'],
    ],
    [
      'to the own namespace is no DNS',
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }] }] }',
      ['network-policy-dns'],
    ],
    [
      'that lets everything out',
      '{ podSelector: {}, policyTypes: [Egress], egress: [{}] }',
      ['network-policy-open'],
    ],
    [
      'that lets everything in',
      '{ podSelector: {}, ingress: [{}], egress: [{ ports: [{ port: 53, protocol: UDP }] }] }',
      ['network-policy-open'],
    ],
    [
      'whose rules are of a direction that it is not for',
      '{ podSelector: {}, policyTypes: [Egress], ingress: [{}], egress: [{ ports: [{ port: 53, protocol: UDP }] }] }',
      [],
    ],
    [
      'with an empty list of expressions selects all',
      '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchExpressions: [] } }] }], egress: [{ ports: [{ port: 53, protocol: UDP }] }] }',
      ['network-policy-open'],
    ],
    [
      'to certain pods of all namespaces',
      '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: proxy } } }] }], egress: [{ ports: [{ port: 53, protocol: UDP }] }] }',
      [],
    ],
  ])('%s', (_title, spec, expected) => {
    expect(found(only(spec))).toEqual(expected);
  });

  test('of other namespaces may let in whom it likes', () => {
    expect(
      found(
        WITH_TENANT + policy('open', '{ podSelector: {}, ingress: [{}] }').replace('team-a', 'web'),
      ),
    ).toEqual([]);
  });
});

describe('what the platform applies', () => {
  const bare = sync('flux-system')
    .replace('OCIRepository', 'GitRepository')
    .replace('name: manifests', 'name: flux-system')
    .replace('path: ./', 'path: ./infrastructure');
  const release = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'flux-system/redis', {
    body: 'spec: { chart: { spec: { chart: redis, sourceRef: { kind: HelmRepository, name: charts } } }, interval: 1h }',
  });
  const INSTALLED =
    '# file: clusters/prod/flux-system/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [gotk-components.yaml, gotk-sync.yaml]\n';

  test('must name an account where Flux is locked down', () => {
    expect(found(bare)).toEqual(['platform-service-account']);
    expect(found(release)).toEqual(['platform-service-account']);
  });

  test('need not where it is not', () => {
    expect(found(bare + release + INSTALLED)).toEqual([]);
  });

  test('need not where the default account is bound', () => {
    expect(
      found(
        bare +
          binding(
            'ClusterRoleBinding',
            'flux',
            'cluster-admin',
            serviceAccount('flux-system/default'),
          ),
      ),
    ).toEqual([]);
  });

  test('must where a FluxInstance says multitenant', () => {
    const instance = object('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux-system/flux', {
      body: 'spec: { cluster: { multitenant: true, tenantDefaultServiceAccount: nobody } }',
    });
    expect(found(bare + instance + INSTALLED)).toEqual(['platform-service-account']);
  });
});

test("a namespace of two tenants is neither one's", () => {
  const namespace = (tenant: string) =>
    object('v1', 'Namespace', 'shared', {
      labels: `{ 'toolkit.fluxcd.io/tenant': ${tenant}, 'pod-security.kubernetes.io/enforce': baseline }`,
    });
  expect(
    messages(
      `# with: tenant team-a\n# with: tenant team-b\n${namespace('team-a')}${namespace('team-b')}`,
      'recommended',
    ),
  ).toEqual([
    "Namespace shared must be of one tenant, got 'team-a', 'team-b'",
    "Namespace shared must be of one tenant, got 'team-a', 'team-b'",
  ]);
});

test('a sync of the platform must not wait for the tenant whose account it applies', () => {
  const platform = sync(
    'flux-system',
    'serviceAccountName: kustomize-controller',
    'dependsOn: [{ name: apps, namespace: team-a }]',
  )
    .replace('OCIRepository', 'GitRepository')
    .replace('name: manifests', 'name: flux-system')
    .replace('path: ./', 'path: ./identities');
  const repository = `${WITH_TENANT}${source('team-a')}${sync('team-a', 'serviceAccountName: deployer')}${platform}# file: identities/account.yaml\n${object('v1', 'ServiceAccount', 'team-a/deployer')}${binding('RoleBinding', 'team-a/deployer', 'tenant-app-admin', serviceAccount('team-a/deployer'))}`;
  expect(found(repository, 'recommended')).toEqual(['tenant-identity-apart']);
});

test.each(['acme', 'operator'])('what this library writes of %s passes every check', (golden) => {
  const tree = readDirectory(join(__dirname, '../golden', golden, 'fleet-infra'));
  const fleet = viewClusters([{ name: 'fleet-infra', tree }]);
  const { findings } = runChecks(fleet, { profile: 'strict' });
  expect(findings.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
});

test('no shape of a field makes a check fail', () => {
  const types = [
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['networking.k8s.io/v1', 'NetworkPolicy'],
    ['fluxcd.controlplane.io/v1', 'FluxInstance'],
    ['kyverno.io/v1', 'ClusterPolicy'],
    ['apps/v1', 'Deployment'],
    ['v1', 'ResourceQuota'],
    ['v1', 'ServiceAccount'],
    ['v1', 'Namespace'],
  ];
  const keys = fc.constantFrom(
    'spec',
    'subjects',
    'roleRef',
    'rules',
    'name',
    'namespace',
    'kind',
    'podSelector',
    'policyTypes',
    'ingress',
    'egress',
    'from',
    'to',
    'ports',
    'namespaceSelector',
    'matchLabels',
    'matchExpressions',
    'aggregationRule',
    'clusterRoleSelectors',
    'verbs',
    'resources',
    'apiGroups',
    'dependsOn',
    'hard',
    'cluster',
    'kustomize',
    'patches',
    'target',
    'patch',
    'serviceAccountName',
    'targetNamespace',
    'kubeConfig',
    'sourceRef',
    '__proto__',
  );
  const leaf = fc.constantFrom<any>(
    null,
    true,
    0,
    '',
    '*',
    'team-a',
    'ClusterRole',
    'Role',
    'ServiceAccount',
    'Group',
    'system:serviceaccounts',
    'Egress',
    '${x}',
    [],
    {},
  );
  const { value } = fc.letrec<{ value: any }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const body = fc.dictionary(
    keys.filter((key) => key !== 'kind'),
    value,
    { maxKeys: 5 },
  );
  const metadata = fc.record({
    name: fc.constantFrom('team-a', 'x', 'default'),
    namespace: fc.constantFrom<any>('team-a', 'flux-system', undefined, 1, null),
    labels: fc.constantFrom<any>(
      undefined,
      null,
      [],
      'x',
      { 'toolkit.fluxcd.io/tenant': 'team-a' },
      { 'toolkit.fluxcd.io/tenant': 1 },
    ),
  });
  const manifest = fc
    .tuple(fc.constantFrom(...types), metadata, body)
    .map(([[apiVersion, kind], meta, rest]) => ({ ...rest, apiVersion, kind, metadata: meta }));
  fc.assert(
    fc.property(fc.array(manifest, { minLength: 1, maxLength: 4 }), (manifests) => {
      const example = manifests.map((one) => JSON.stringify(one)).join('\n---\n');
      expect(found(`${WITH_TENANT}${example}\n`)).not.toContain('check-failed');
    }),
    { numRuns: 150 },
  );
});

/** Ids of the checks that find something in an example, sorted. */
function found(example: string, profile: Profile = 'strict'): string[] {
  return [...new Set(findings(example, profile).map(({ check }) => check))].sort();
}

function messages(example: string, profile: Profile = 'strict'): string[] {
  return findings(example, profile).map(({ message }) => message);
}

function findings(example: string, profile: Profile) {
  return runChecks(exampleFleet(example), { profile }).findings;
}

/** A document that ends one; `place` is `[<namespace>/]<name>`. */
function object(
  apiVersion: string,
  kind: string,
  place: string,
  { labels = '{}', body = '' }: { labels?: string; body?: string } = {},
): string {
  const [name, namespace] = place.split('/').reverse();
  const of = namespace === undefined ? '' : `, namespace: ${namespace}`;
  return `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}${of}, labels: ${labels} }\n${body}\n`;
}

function source(namespace: string): string {
  return object('source.toolkit.fluxcd.io/v1', 'OCIRepository', `${namespace}/manifests`, {
    body: 'spec: { interval: 10m, url: oci://registry.example.com/apps }',
  });
}

function sync(namespace: string, ...lines: string[]): string {
  return object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', `${namespace}/apps`, {
    body: `spec:
  ${['interval: 30m', 'path: ./', 'prune: true', 'sourceRef: { kind: OCIRepository, name: manifests }', ...lines].join('\n  ')}`,
  });
}

function clusterRole(name: string, rules: string, labels = '{}'): string {
  return object('rbac.authorization.k8s.io/v1', 'ClusterRole', name, {
    labels,
    body: `rules: [${rules}]`,
  });
}

function binding(kind: string, place: string, role: string, ...subjects: string[]): string {
  return object('rbac.authorization.k8s.io/v1', kind, place, {
    body: `roleRef: { kind: ClusterRole, name: '${role}' }\nsubjects: [${subjects.join(', ')}]`,
  });
}

/** A binding of the account of tenant 'team-a' in its namespace. */
function bound(role: string): string {
  return binding('RoleBinding', 'team-a/some', role, serviceAccount('team-a/team-a'));
}

function serviceAccount(place: string): string {
  const [namespace, name] = place.split('/');
  return `{ kind: ServiceAccount, name: ${name}, namespace: ${namespace} }`;
}

function policy(name: string, spec: string): string {
  return object('networking.k8s.io/v1', 'NetworkPolicy', `team-a/${name}`, {
    body: `spec: ${spec}`,
  });
}
