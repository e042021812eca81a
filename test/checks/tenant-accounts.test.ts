import {
  WITH_TENANT,
  found,
  messages,
  object,
  source,
  sync,
  binding,
  serviceAccount,
  createdTenant,
} from './tenancy-example';

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

  test('is none where Flux only applies to other clusters', () => {
    const namespace = object('v1', 'Namespace', 'edge', {
      labels: "{ 'toolkit.fluxcd.io/tenant': edge }",
    });
    const remote = sync('edge', 'kubeConfig: { secretRef: { name: edge } }');
    expect(found(namespace + source('edge') + remote)).toEqual(['tenant-kubeconfig']);
  });

  test('may target namespaces that the platform lets it into, and none at all', () => {
    const target = (namespace: string) =>
      WITH_TENANT +
      source('team-a') +
      sync('team-a', 'serviceAccountName: team-a', `targetNamespace: ${namespace}`);
    const shared = binding('RoleBinding', 'web/a', 'view', serviceAccount('team-a/team-a'));
    expect(found(target('web'))).toEqual(['tenant-target-namespace']);
    expect(found(target('web') + shared)).toEqual(['tenant-effective-rights']);
    expect(found(target("''"))).toEqual([]);
  });

  test('may have people who may do anything', () => {
    const people = "{ apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'acme:team-a' }";
    const user = '{ apiGroup: rbac.authorization.k8s.io, kind: User, name: ann@example.com }';
    expect(
      found(`${WITH_TENANT}${binding('RoleBinding', 'team-a/people', 'cluster-admin', people, user)}
${binding('ClusterRoleBinding', 'people', 'edit', people)}`),
    ).toEqual([]);
  });

  test('has no account of Flux, which is in no namespace of a tenant', () => {
    const applied = createdTenant().replace(
      'serviceAccountName: team-x',
      'serviceAccountName: kustomize-controller',
    );
    expect(messages(applied)).toContain(
      "Kustomization apps/apps applies as ServiceAccount 'kustomize-controller', which is not in namespace 'apps'",
    );
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

  test('may be bound in the whole cluster, which is another matter', () => {
    const account = object('v1', 'ServiceAccount', 'team-a/deployer');
    const wide = (subject: string) => binding('ClusterRoleBinding', 'deployer', 'edit', subject);
    const repository =
      WITH_TENANT +
      source('team-a') +
      sync('team-a', 'serviceAccountName: deployer', 'targetNamespace: team-a') +
      account;
    expect(found(repository)).toEqual(['tenant-binding-exists']);
    expect(found(repository + wide(serviceAccount('team-a/deployer')))).toEqual([
      'tenant-cluster-binding',
    ]);
    expect(
      found(repository + wide("{ kind: ServiceAccount, name: '${name}', namespace: web }")),
    ).toEqual([]);
  });

  test('may be bound by what the platform installs in the target namespace', () => {
    const account = object('v1', 'ServiceAccount', 'team-a/deployer');
    const chart = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'platform/bindings', {
      body: 'spec: { chartRef: { kind: OCIRepository, name: bindings }, interval: 1h, targetNamespace: team-a }',
    });
    const repository =
      WITH_TENANT +
      source('team-a') +
      sync('team-a', 'serviceAccountName: deployer', 'targetNamespace: team-a') +
      account;
    expect(found(repository + chart, 'recommended')).not.toContain('tenant-binding-exists');
  });

  test('of the platform in flux-system may come with Flux', () => {
    const platform = sync('flux-system', 'serviceAccountName: deployer');
    expect(found(source('flux-system') + platform)).toEqual([]);
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

  test('may apply to other clusters', () => {
    expect(found(source('web') + sync('web', 'kubeConfig: { secretRef: { name: edge } }'))).toEqual(
      [],
    );
  });

  test('must where the Deployment of the controller says so', () => {
    const deployment = (name: string) =>
      object('apps/v1', 'Deployment', `flux-system/${name}`, {
        labels: "{ 'app.kubernetes.io/part-of': flux, 'app.kubernetes.io/instance': flux-system }",
        body: "spec: { template: { spec: { containers: [{ name: manager, args: ['--default-service-account=nobody'] }] } } }",
      });
    const controller = deployment('kustomize-controller');
    expect(found(bare + controller + INSTALLED)).toEqual(['platform-service-account']);
    expect(found(bare + deployment('helm-controller') + INSTALLED)).toEqual([]);
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
  const platform = sync('flux-system', 'serviceAccountName: kustomize-controller')
    .replace('OCIRepository', 'GitRepository')
    .replace('name: manifests', 'name: flux-system')
    .replace('path: ./', 'path: ./apps');
  expect(
    messages(
      `# with: tenant team-a\n# with: tenant team-b\n${namespace('team-a')}${platform}# file: apps/a.yaml\n${namespace('team-b')}`,
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
