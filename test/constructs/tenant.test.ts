import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { FluxInstallation, PodSecurity, SecretRef, Tenant, TenantProps } from '../../src';
import { allObjects, find, objectsIn, smallFleet, synthesized } from '../synthesized';

describe('a tenant', () => {
  test('has a namespace with its label and the restricted Pod Security Standard at a pinned version', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a');
    expect(find(synthesized(app), 'Namespace').metadata).toEqual({
      name: 'team-a',
      annotations: {
        'cdk8s-flux-tenants/allowed-oci': 'oci://ghcr.io/acme/manifests/team-a',
        'cdk8s-flux-tenants/namespaces': 'team-a',
        'cdk8s-flux-tenants/service-account': 'team-a',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      },
      labels: {
        'toolkit.fluxcd.io/tenant': 'team-a',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'v1.34',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/audit-version': 'v1.34',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/warn-version': 'v1.34',
      },
    });
  });

  test('is bound to tenant-app-admin within its namespaces, as its own account and nobody else', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a', { namespaces: ['team-a', 'team-a-jobs'] });
    const bindings = allObjects(synthesized(app)).filter(({ kind }) => kind === 'RoleBinding');
    expect(bindings.map(({ metadata }) => metadata.namespace)).toEqual(['team-a', 'team-a-jobs']);
    for (const binding of bindings) {
      expect(binding.roleRef).toEqual({
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'tenant-app-admin',
      });
      expect(binding.subjects).toEqual([
        { kind: 'ServiceAccount', name: 'team-a', namespace: 'team-a' },
      ]);
    }
  });

  test('has no ClusterRoleBinding and nothing bound to cluster-admin, admin or edit', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a');
    const objects = allObjects(synthesized(app));
    expect(objects.filter(({ kind }) => kind === 'ClusterRoleBinding')).toEqual([]);
    expect(objects.flatMap(({ roleRef }) => roleRef?.name ?? [])).toEqual(['tenant-app-admin']);
  });

  test('leaves namespace, account, binding, limits and the denial of traffic in the cluster, and only those', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a');
    const kept = allObjects(synthesized(app)).filter(
      ({ metadata }) => metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune'] === 'disabled',
    );
    expect(kept.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
      'LimitRange team-a',
      'Namespace team-a',
      'NetworkPolicy default-deny',
      'ResourceQuota team-a',
      'ResourceQuota team-a-no-system-priority',
      'RoleBinding team-a-reconciler',
      'ServiceAccount team-a',
    ]);
  });

  test('gets an account whose token no pod mounts by itself', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a');
    expect(find(synthesized(app), 'ServiceAccount')).toMatchObject({
      metadata: { name: 'team-a', namespace: 'team-a' },
      automountServiceAccountToken: false,
    });
  });

  test('may by default talk to itself and to DNS, and to nothing else', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a');
    const policies = allObjects(synthesized(app)).filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies.map(({ metadata }) => metadata.name)).toEqual([
      'allow-dns',
      'allow-own-namespaces',
      'default-deny',
    ]);
    const peers = policies.flatMap(({ spec }) => [
      ...(spec.ingress ?? []).flatMap((rule: any) => rule.from),
      ...(spec.egress ?? []).flatMap((rule: any) => rule.to),
    ]);
    for (const peer of peers) {
      expect(Object.keys(peer.namespaceSelector.matchLabels)).toHaveLength(1);
    }
    expect(policies[2].spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('may talk to the namespaces and addresses that it names', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a', {
      network: {
        ingressFromNamespaces: ['ingress-nginx'],
        egressToNamespaces: ['databases'],
        egressToCidrs: ['203.0.113.0/24', '2001:db8::/32'],
      },
    });
    const files = synthesized(app);
    expect(find(files, 'NetworkPolicy', 'allow-ingress').spec.ingress[0].from).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } },
    ]);
    expect(find(files, 'NetworkPolicy', 'allow-egress').spec.egress[0].to).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'databases' } } },
      { ipBlock: { cidr: '203.0.113.0/24' } },
      { ipBlock: { cidr: '2001:db8::/32' } },
    ]);
  });

  test.each(['0.0.0.0', '300.1.1.1/8', '10.0.0.0/33', '::1', 'any', '10.0.0/8', '1.2.3.4.5/8'])(
    'cannot open its network to %p, which is no address range',
    (cidr) => {
      const { tenant } = smallFleet();
      expect(() => tenant('team-a', { network: { egressToCidrs: [cidr] } })).toThrow(
        `address range must be such as '203.0.113.0/24', got '${cidr}'`,
      );
    },
  );

  test('has no load balancers or node ports, and bounds what it takes of shared controllers', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a', { quota: { pods: 7, objectsPerFluxKind: 3 } });
    const { hard } = find(synthesized(app), 'ResourceQuota', 'team-a').spec;
    expect(hard).toMatchObject({
      pods: '7',
      'services.loadbalancers': '0',
      'services.nodeports': '0',
      'count/kustomizations.kustomize.toolkit.fluxcd.io': '3',
    });
  });

  test('is bounded unasked, in each of its namespaces, in every kind of Flux that its role lets it make', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a', { namespaces: ['team-a', 'jobs'] });
    const files = synthesized(app);
    const counts = find(files, 'ClusterRole', 'tenant-app-admin')
      .rules.filter(({ verbs }: any) => verbs.includes('create'))
      .flatMap(({ apiGroups, resources }: any) =>
        resources.map((resource: string) => `count/${resource}.${apiGroups[0]}`),
      )
      .filter((count: string) => count.endsWith('.toolkit.fluxcd.io'));
    const quotas = allObjects(files).filter(
      ({ kind, spec }) => kind === 'ResourceQuota' && !spec.scopeSelector,
    );
    expect(quotas.map(({ metadata }) => metadata.namespace).sort()).toEqual(['jobs', 'team-a']);
    expect(counts.length).toBeGreaterThan(10);
    for (const { spec } of quotas) {
      for (const count of counts) {
        expect([count, spec.hard[count]]).toEqual([count, '20']);
      }
      expect(spec.hard).toMatchObject({
        pods: '50',
        'requests.cpu': '4',
        'requests.memory': '8Gi',
        'requests.storage': '100Gi',
        'limits.memory': '16Gi',
        'services.loadbalancers': '0',
        'services.nodeports': '0',
      });
    }
  });

  test("cannot preempt the pods of others with the cluster's own priorities", () => {
    const { app, tenant } = smallFleet();
    tenant('team-a');
    expect(find(synthesized(app), 'ResourceQuota', 'team-a-no-system-priority').spec).toEqual({
      hard: { pods: '0' },
      scopeSelector: {
        matchExpressions: [
          {
            operator: 'In',
            scopeName: 'PriorityClass',
            values: ['system-cluster-critical', 'system-node-critical'],
          },
        ],
      },
    });
  });

  test('with a quota also has defaults for pods that say nothing, which the quota would refuse', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a');
    const [limit] = find(synthesized(app), 'LimitRange').spec.limits;
    const { hard } = find(synthesized(app), 'ResourceQuota', 'team-a').spec;
    const bounded = (what: string) => Object.keys(hard).includes(what);
    expect(['requests.cpu', 'requests.memory', 'limits.memory', 'limits.cpu'].map(bounded)).toEqual(
      [true, true, true, false],
    );
    expect(limit.defaultRequest).toEqual({ cpu: '100m', memory: '128Mi' });
    expect(limit.default).toEqual({ memory: '512Mi' });
  });

  test('reaches exactly its clusters, and has overlays for their environments only', () => {
    const { app, staging, tenant } = smallFleet();
    tenant('team-c', { clusters: [staging] });
    const files = [...synthesized(app).keys()];
    expect(files).toContain('fleet-infra/tenants/staging/team-c/kustomization.yaml');
    expect(files.filter((file) => file.includes('tenants/production'))).toEqual([]);
    expect(files).not.toContain('fleet-infra/clusters/prod/tenants.yaml');
  });

  test('is applied in flux-system as the platform, pruned, awaited, and after the role it needs', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a');
    expect(objectsIn(synthesized(app).get('fleet-infra/clusters/prod/tenants.yaml'))).toEqual([
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: 'team-a', namespace: 'flux-system' },
        spec: {
          dependsOn: [{ name: 'admission' }, { name: 'tenancy' }],
          interval: '10m',
          path: './tenants/production/team-a',
          prune: true,
          retryInterval: '2m',
          serviceAccountName: 'kustomize-controller',
          sourceRef: { kind: 'GitRepository', name: 'flux-system' },
          timeout: '5m',
          wait: true,
        },
      },
    ]);
  });

  test.each([
    ['Dev_Team', /tenant name must be lowercase letters, digits and '-'.*got 'Dev_Team'/],
    ['-a', /tenant name must be/],
    ['a'.repeat(64), /at most 63 characters/],
    ['flux-system', /tenant must not be named 'flux-system'/],
    ['kube-public', /tenant must not be named 'kube-public'/],
    ['default', /tenant must not be named 'default'/],
  ])('cannot be called %p, whatever its namespace', (name, message) => {
    const { tenant } = smallFleet();
    expect(() => tenant(name, { namespaces: ['team-a'] })).toThrow(message);
  });

  test.each([
    [{ namespaces: [] }, /must have a namespace/],
    [{ clusters: [] }, /must run on a cluster/],
    [{ namespaces: ['team-a', 'kube-system'] }, /namespace 'kube-system' belongs/],
    [{ quota: { cpuRequests: 'lots' } }, /cpuRequests must be a quantity/],
    [{ quota: { pods: -1 } }, /pods must be a whole number/],
    [{ network: { ingressFromNamespaces: ['*'] } }, /namespace must be lowercase/],
  ] as [Partial<TenantProps>, RegExp][])('refuses %j', (props, message) => {
    const { tenant } = smallFleet();
    expect(() => tenant('team-a', props)).toThrow(message);
  });

  test('cannot share a namespace with another', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a', { namespaces: ['shared'] });
    tenant('team-b', { namespaces: ['shared'] });
    expect(() => app.synth()).toThrow(
      /both 'fleet-infra\/team-a\/Namespaces\/shared' and 'fleet-infra\/team-b\/Namespaces\/shared' write Namespace 'shared' to cluster 'prod'/,
    );
  });

  test('cannot hold an object of another namespace', () => {
    const { app, tenant } = smallFleet();
    new ApiObject(tenant('team-a'), 'x', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x', namespace: 'kube-system' },
    });
    expect(() => app.synth()).toThrow(
      "[fleet-infra/team-a/x] ConfigMap 'x' must be in a namespace of tenant 'team-a' (team-a), got 'kube-system'",
    );
  });

  test.each(['ClusterRoleBinding', 'Namespace', 'ValidatingAdmissionPolicy'])(
    'cannot hold a %s, which is cluster-wide',
    (kind) => {
      const { app, tenant } = smallFleet();
      const deep = new Construct(tenant('team-a'), 'deep');
      new ApiObject(deep, 'x', { apiVersion: 'v1', kind, metadata: { name: 'x' } });
      expect(() => app.synth()).toThrow(/is cluster-wide and can be no tenant's/);
    },
  );

  test('cannot be given a namespace or a cluster later, of which it would have only half', () => {
    const { tenant, prod } = smallFleet();
    const namespaces = ['team-a'];
    const team = tenant('team-a', { clusters: [prod], namespaces });
    namespaces.push('kube-system');
    expect(() => team.namespaces.push('kube-system')).toThrow(TypeError);
    expect(() => team.clusters.push(prod)).toThrow(TypeError);
    expect(team.namespaces).toEqual(['team-a']);
  });

  test('gives its namespace and label to objects made with cdk8s-plus, and names without hashes', () => {
    const { app, tenant } = smallFleet();
    new kplus.ConfigMap(tenant('team-a'), 'settings', { data: { a: 'on' } });
    const configMap = find(synthesized(app), 'ConfigMap');
    expect(configMap.metadata).toMatchObject({
      name: 'fleet-infra-team-a-settings',
      namespace: 'team-a',
      labels: { 'toolkit.fluxcd.io/tenant': 'team-a' },
    });
    expect(configMap.data).toEqual({ a: 'on' });
  });

  test('is an ordinary chart', () => {
    const { tenant } = smallFleet();
    const team = tenant('team-a');
    expect(Chart.isChart(team)).toBe(true);
    const kinds = Testing.synth(team).map(({ kind }: any) => kind);
    expect(kinds).toContain('Namespace');
    expect(
      Testing.synth(team).find(({ kind }: any) => kind === 'Namespace').metadata,
    ).not.toHaveProperty('namespace');
  });

  test('is known to everything inside it', () => {
    const { tenant, fleet } = smallFleet();
    const team = tenant('team-a');
    expect(Tenant.ownerOf(new Construct(team, 'deep'))).toBe(team);
    expect(() => Tenant.ownerOf(fleet)).toThrow("'fleet-infra' belongs to no tenant");
  });

  test('lists a file that something else keeps, and does not write it', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    team.includeFile('ghcr-auth.sops.yaml');
    const files = synthesized(app);
    const [kustomization] = objectsIn(
      files.get('fleet-infra/tenants/base/team-a/kustomization.yaml'),
    );
    expect(kustomization.resources).toContain('ghcr-auth.sops.yaml');
    expect([...files.keys()].join()).not.toContain('sops');
  });

  test.each([
    '../x.yaml',
    '/etc/x.yaml',
    'a/b.yaml',
    'https://x.example/x.yaml',
    'kustomization.yaml',
    'x.txt',
  ])('does not include %p', (file) => {
    const { tenant } = smallFleet();
    expect(() => tenant('team-a').includeFile(file)).toThrow(
      /file must be the name of a YAML file/,
    );
  });

  test('patches nothing of another', () => {
    const { tenant } = smallFleet();
    const [a, b] = [tenant('team-a'), tenant('team-b')];
    const map = new kplus.ConfigMap(b, 'settings');
    expect(() =>
      a.patchInEnvironment('staging', map, [{ op: 'add', path: '/data', value: {} }]),
    ).toThrow(
      "tenant 'team-a' must not patch 'fleet-infra/team-b/settings', which is another tenant's",
    );
  });

  test('covers every prop', () => {
    const { app, staging, fleet } = smallFleet({
      flux: FluxInstallation.bootstrap({ shards: ['one'] }),
    });
    const props: Required<TenantProps> = {
      clusters: [staging],
      namespaces: ['alpha', 'beta'],
      podSecurity: PodSecurity.baseline('v1.35'),
      quota: { memoryLimits: '1Gi' },
      sources: { git: ['https://github.com/acme/tools'], helm: ['https://charts.acme.example'] },
      network: { egressToNamespaces: ['x'] },
      shard: 'one',
    };
    new Tenant(fleet, 'team-a', props);
    const files = synthesized(app);
    expect(find(files, 'Namespace', 'beta').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'baseline',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.35',
    });
    expect(find(files, 'ServiceAccount').metadata.namespace).toBe('alpha');
    expect(find(files, 'Kustomization', 'team-a').metadata.labels).toEqual({
      'sharding.fluxcd.io/key': 'one',
    });
  });
});

test('a Secret reference takes a Secret made with cdk8s-plus', () => {
  const { tenant } = smallFleet();
  const secret = new kplus.Secret(tenant('team-a'), 's', { metadata: { name: 'token' } });
  expect(SecretRef.fromSecret(secret).name).toBe('token');
  expect(() => SecretRef.named('Bad Name')).toThrow(/secret name must be/);
});
