import { CHECKS } from '../../src/checks/registry';
import { runChecks } from '../../src/checks/run-checks';
import { viewClusters } from '../../src/clusters/view-clusters';
import { repositoryOf } from '../clusters/repository-of';

/** Those that need what another repository or the whole cluster has; what they say of a right repository is wrong. */
const IDS = [
  'cross-namespace-reference',
  'dependency-cycle',
  'dependency-exists',
  'duration-form',
  'object-applied-twice',
  'object-name',
  'overlapping-syncs',
  'release-name',
  'required-field',
  'source-exists',
  'source-url',
  'substitution-variable',
  'sync-path-exists',
  'text-value',
];

test('nothing of a home laboratory with flux-operator is wrong', () => {
  const found = findings({
    'kubernetes/bootstrap/flux/values.yaml': `instance:
  sync:
    kind: GitRepository
    url: https://git.example.com/me/home-ops
    ref: refs/heads/main
    path: kubernetes/flux/cluster
`,
    'kubernetes/flux/cluster/ks.yaml': sync('cluster-apps', './kubernetes/apps', {
      spec: `  decryption:
    provider: sops
    secretRef: {name: sops-age}
  postBuild:
    substituteFrom:
      - {kind: ConfigMap, name: cluster-settings}
      - {kind: Secret, name: cluster-secrets, optional: true}
`,
    }),
    'kubernetes/apps/default/kustomization.yaml':
      'resources: [./namespace.yaml, ./echo/ks.yaml, ./database/ks.yaml]\n',
    'kubernetes/apps/default/namespace.yaml':
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: default}\n',
    'kubernetes/apps/default/echo/ks.yaml': sync('echo', './kubernetes/apps/default/echo/app', {
      namespace: 'default',
      spec: `  dependsOn: [{name: database}]
  targetNamespace: default
  postBuild:
    substitute: {APP: echo}
    substituteFrom: [{kind: Secret, name: cluster-secrets}]
`,
    }),
    'kubernetes/apps/default/echo/app/kustomization.yaml': 'resources: [./release.yaml]\n',
    'kubernetes/apps/default/echo/app/release.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: "\${APP}", namespace: default}
spec: {interval: 15m, url: oci://ghcr.io/bjw-s-labs/helm/app-template, ref: {tag: 4.3.0}}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: "\${APP}", namespace: default}
spec:
  interval: 1h
  chartRef: {kind: OCIRepository, name: "\${APP}"}
  values:
    route: {hostnames: ["\${APP}.\${SECRET_DOMAIN}"], port: "\${PORT:=8080}"}
`,
    'kubernetes/apps/default/database/ks.yaml': sync(
      'database',
      './kubernetes/apps/default/database/app',
      { namespace: 'default' },
    ),
    'kubernetes/apps/default/database/app/release.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: scripts, namespace: default}
data: {run.sh: 'echo \${{ not.ours }} \${HOME}'}
`,
  });
  expect(found).toEqual([]);
});

test('nothing of a repository with tenants by flux create tenant is wrong', () => {
  const found = findings({
    'clusters/prod/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m0s, ref: {branch: main}, secretRef: {name: flux-system}, url: ssh://git@git.example.com/acme/fleet}
---
${sync('flux-system', './clusters/prod')}`,
    'clusters/prod/tenants.yaml': sync('tenants', './tenants/production'),
    'tenants/production/kustomization.yaml': 'resources: [../base/dev-team]\n',
    'tenants/base/dev-team/kustomization.yaml': 'resources: [rbac.yaml, sync.yaml]\n',
    'tenants/base/dev-team/rbac.yaml': `apiVersion: v1
kind: Namespace
metadata: {name: apps, labels: {toolkit.fluxcd.io/tenant: dev-team}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: dev-team, namespace: apps, labels: {toolkit.fluxcd.io/tenant: dev-team}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: dev-team-reconciler, namespace: apps}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: 'gotk:apps:reconciler'}]
`,
    'tenants/base/dev-team/sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: dev-team, namespace: apps}
spec: {interval: 1m, url: https://git.example.com/acme/dev-team, ref: {branch: main}}
---
${sync('dev-team', './', { namespace: 'apps', source: 'dev-team', spec: '  serviceAccountName: dev-team\n  dependsOn: [{name: theirs}]\n' })}`,
  });
  expect(found).toEqual([]);
});

interface Sync {
  readonly namespace?: string;
  readonly source?: string;
  readonly spec?: string;
}

function sync(name: string, path: string, options: Sync = {}): string {
  const { namespace = 'flux-system', source, spec = '' } = options;
  const reference = source
    ? `{kind: GitRepository, name: ${source}}`
    : '{kind: GitRepository, name: flux-system, namespace: flux-system}';
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  interval: 1h
  path: ${path}
  prune: true
  sourceRef: ${reference}
${spec}`;
}

function findings(files: Record<string, string>): string[] {
  const checks = CHECKS.filter(({ id }) => IDS.includes(id));
  expect(checks).toHaveLength(IDS.length);
  const fleet = viewClusters([repositoryOf('fleet', files)]);
  expect(fleet.clusters.length).toBeGreaterThan(0);
  return runChecks(fleet, { profile: 'strict', checks }).findings.map(
    ({ check, message }) => `${check}: ${message}`,
  );
}
