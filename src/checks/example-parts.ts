/** Parts of examples that are as they should be, and whose absence other checks would find. */

/** A source of tenant `team-a`, called `manifests`. */
export const TENANT_SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: manifests
  namespace: team-a
spec:
  interval: 10m
  ref:
    semver: '>=1.0.0'
  secretRef:
    name: ghcr-auth
  url: oci://ghcr.io/acme-platform/manifests/team-a
  verify:
    matchOIDCIdentity:
      - issuer: '^https://token\\.actions\\.githubusercontent\\.com$'
        subject: '^https://github\\.com/acme-platform/team-a/\\.github/workflows/publish\\.yaml@refs/tags/v[^/@]+$'
    provider: cosign
`;

/** A sync of tenant `team-a` that applies that source, with lines of its `spec` in alphabetical order. */
export function tenantSync(...lines: readonly string[]): string {
  const spec = [
    'interval: 30m',
    'path: ./',
    'prune: true',
    'retryInterval: 2m',
    'sourceRef:\n    kind: OCIRepository\n    name: manifests',
    'timeout: 5m',
    'wait: true',
    ...lines,
  ].sort();
  return `${TENANT_SOURCE}---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: team-a
spec:
  ${spec.join('\n  ')}
`;
}

/** A GitRepository at its branch `main`. */
export function gitSource(
  name: string,
  namespace: string,
  url: string,
  { interval = '5m', secret = '', signers = '' } = {},
): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  interval: ${interval}
  ref:
    branch: main
${secret && `  secretRef:\n    name: ${secret}\n`}  url: ${url}
${signers && `  verify:\n    mode: HEAD\n    secretRef:\n      name: ${signers}\n`}`;
}

/** A sync of tenant `team-a` that applies the directory `apps/team-a` of the platform's repository, as one of its accounts. */
export function tenantSyncOfFleet(account: string): string {
  const url = 'ssh://git@git.example.com/acme/fleet-infra';
  return `${gitSource('apps', 'team-a', url, { interval: '10m', secret: 'git-auth', signers: 'signers' })}---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: team-a
spec:
  interval: 30m
  path: ./apps/team-a
  prune: true
  retryInterval: 2m
  serviceAccountName: ${account}
  sourceRef:
    kind: GitRepository
    name: apps
  timeout: 5m
  wait: true
`;
}

/** A sync of the platform that applies the directory of its name, with lines of its `spec` more, or for others of the same key. */
export function platformSync(name: string, ...lines: readonly string[]): string {
  const spec = new Map(
    [
      'interval: 10m',
      `path: ./${name}`,
      'prune: true',
      'serviceAccountName: kustomize-controller',
      'sourceRef:\n    kind: GitRepository\n    name: flux-system',
      ...lines,
    ].map((line) => [line.split(':')[0], line]),
  );
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  ${[...spec.values()].sort().join('\n  ')}
`;
}

/** The kustomization file of a directory. */
export function kustomizationFile(directory: string, ...resources: readonly string[]): string {
  return `# file: ${directory}/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${resources.map((one) => `  - ${one}\n`).join('')}`;
}

/** A ConfigMap, with lines of data or without. */
export function configMap(name: string, namespace: string, ...data: readonly string[]): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
${data.length > 0 ? ['data:', ...data].join('\n  ') + '\n' : ''}`;
}

/** The kustomization file of a directory that holds settings. */
export const APPS_KUSTOMIZATION = kustomizationFile('clusters/prod/apps', 'settings.yaml');

/** Settings that are none yet, in that directory. */
export const APPS_SETTINGS = `# file: clusters/prod/apps/settings.yaml
${configMap('settings', 'apps')}`;

/** A ConfigMap, in a file of its own in `directory`: something to apply. */
export function settingsFile(directory: string, name = 'settings'): string {
  return `# file: ${directory}/settings.yaml
${configMap(name, 'apps', 'level: debug')}`;
}

/** A ClusterRole that tenant `team-a` has in its namespace, with one rule. */
export function tenantRoleWith(
  apiGroup: string,
  resource: string,
  verbs: readonly string[],
): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: team-a-more
rules:
  - apiGroups:
      - ${apiGroup === '' || apiGroup === '*' ? `'${apiGroup}'` : apiGroup}
    resources:
      - ${resource.startsWith('*') ? `'${resource}'` : resource}
    verbs:
${verbs.map((verb) => `      - ${verb === '*' ? "'*'" : verb}\n`).join('')}---
${roleBinding('team-a', 'team-a-more', 'ClusterRole', 'team-a-more')}`;
}

/** A RoleBinding of account `team-a` of tenant `team-a`. */
export function roleBinding(
  namespace: string,
  name: string,
  kind: string,
  role: string,
  account: string = 'team-a',
  of: string = 'team-a',
): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}
  namespace: ${namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ${kind}
  name: ${role}
subjects:
  - kind: ServiceAccount
    name: ${account}
    namespace: ${of}
`;
}
