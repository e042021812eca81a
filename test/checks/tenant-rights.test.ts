import {
  WITH_TENANT,
  found,
  messages,
  object,
  sync,
  clusterRole,
  binding,
  bound,
  serviceAccount,
} from './tenancy-example';

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
      'wildcard groups and resources are as unsafe as all that is in them',
      "{ apiGroups: ['*'], resources: ['*'], verbs: [create, patch] }",
      [
        'tenant-role-escalation',
        'tenant-role-exec',
        'tenant-role-flux-status',
        'tenant-role-guardrails',
        'tenant-role-policies',
        'tenant-role-wildcard',
      ],
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

  test('in a namespace of Flux are told of once, and what the role holds is not the matter', () => {
    const role = clusterRole(
      'some',
      "{ apiGroups: [''], resources: [limitranges], verbs: [patch] }",
    );
    const own = serviceAccount('team-a/team-a');
    const inFlux = binding('RoleBinding', 'flux-system/app', 'some', own);
    const elsewhere = binding('RoleBinding', 'web/app', 'some', own);
    expect(found(WITH_TENANT + role + inFlux)).toEqual(['binding-subject-namespace']);
    expect(found(WITH_TENANT + role + elsewhere)).toEqual(['tenant-effective-rights']);
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
