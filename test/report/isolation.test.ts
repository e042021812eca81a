import * as fs from 'fs';
import * as path from 'path';
import Ajv from 'ajv/dist/2020';
import { CheckResult, runChecks } from '../../src/checks/run-checks';
import { audit } from '../../src/cli/audit';
import { isolationJson } from '../../src/report/isolation-json';
import { fleetIsolation } from '../../src/report/isolation/fleet-isolation';
import { ClusterIsolation, Isolation } from '../../src/report/isolation/isolation';
import { viewClusters } from '../../src/clusters/view-clusters';
import { argumentPatch, fluxPatchedBy } from '../../src/checks/lockdown-example';
import { repositoryOf, syncOf } from '../clusters/repository-of';
import { AuditVerdict } from '../../src/vocabulary/audit-verdict';
import { exampleFleet } from '../checks/example-repository';

const NOTHING: CheckResult = {
  findings: [],
  suppressed: [],
  checks: [],
  suppressions: [],
  unread: [],
  verdict: AuditVerdict.PASSED,
};

const ROOT = path.join(__dirname, '../..');

/** Two tenants of this library and whatever an example adds. */
const TENANTS = '# with: tenant team-a\n# with: tenant team-b\n';

const GRANT = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: readers
  namespace: team-b
rules:
  - apiGroups: ['']
    resources: [secrets]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: readers
  namespace: team-b
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: readers
subjects:
`;

const BARE = ['one', 'two']
  .map(
    (name) => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    toolkit.fluxcd.io/tenant: ${name}
`,
  )
  .join('---\n');

function golden(name: string): Isolation {
  const directory = path.join(ROOT, 'test/golden', name, 'fleet-infra');
  const { fleet, result } = audit([{ directory }], 'recommended');
  return fleetIsolation(fleet, result);
}

function isolationOf(example: string): Isolation {
  const fleet = exampleFleet(example);
  return fleetIsolation(fleet, runChecks(fleet, { profile: 'recommended' }));
}

function clusterOf(example: string): ClusterIsolation {
  return isolationOf(example).clusters[0];
}

function policy(namespace: string, spec: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: more
  namespace: ${namespace}
spec: ${spec}
`;
}

/** The edges that cross bounds, as lines. */
function crossings({ graph }: ClusterIsolation): string[] {
  return graph.edges
    .filter(({ crosses }) => crosses)
    .map(({ from, kind, to }) => `${from} ${kind} ${to}`);
}

describe('the evidence of what this library wrote', () => {
  const acme = golden('acme');
  const prod = acme.clusters.find(({ name }) => name === 'prod')!;
  const teamA = prod.tenants.find(({ name }) => name === 'team-a')!;

  test('says that tenants are kept apart', () => {
    expect(acme.summary).toMatchObject({ verdict: 'held', clusters: 2, crossings: 0, errors: 0 });
    expect(golden('operator').summary).toMatchObject({ verdict: 'held', crossings: 0 });
  });

  test('tells what limits a namespace', () => {
    const [namespace] = teamA.namespaces;
    expect(namespace.podSecurity).toBe('restricted');
    expect(namespace.quotas.map(({ name }) => name)).toEqual([
      'team-a',
      'team-a-no-system-priority',
    ]);
    expect(namespace.quotas[0].hard['requests.cpu']).toBe('4');
    expect(namespace.limitRanges).toEqual([{ name: 'team-a', limits: ['Container'] }]);
    expect([namespace.ingress.isDenied, namespace.egress.isDenied]).toEqual([true, true]);
    expect(namespace.ingress.peers.map(({ who }) => who)).toEqual([
      'namespace ingress-nginx',
      'namespace monitoring',
      'namespaces of tenant team-a',
    ]);
    expect(namespace.egress.peers.map(({ who, ports }) => [who, ports])).toEqual([
      ['namespaces of tenant team-a', ''],
      ['pods with k8s-app=kube-dns in namespace kube-system', 'UDP 53, TCP 53'],
    ]);
  });

  test('tells which account applies, and what it may do by which binding', () => {
    expect(teamA.accounts).toEqual([
      {
        kind: 'account',
        name: 'team-a',
        inNamespace: 'team-a',
        appliedBy: ['Kustomization team-a/apps'],
        rights: [
          {
            where: 'team-a',
            binding: "RoleBinding 'team-a-reconciler' in namespace 'team-a'",
            role: "ClusterRole 'tenant-app-admin'",
            path: 'tenants/base/team-a/rbac.yaml',
          },
        ],
      },
    ]);
    const role = prod.roles.find(({ title }) => title === "ClusterRole 'tenant-app-admin'")!;
    expect(role.bound).toBe('namespace');
    const [writes, reads, own] = role.allows;
    expect(writes.resources).toContain('deployments.apps');
    expect(writes.resources).not.toContain('rolebindings.rbac.authorization.k8s.io');
    expect(reads).toMatchObject({ verbs: ['get', 'list', 'watch'] });
    expect(own).toEqual({ verbs: ['get'], resources: ['namespaces'], names: [] });
  });

  test('tells what people may do', () => {
    expect(teamA.people.map(({ name, rights }) => [name, rights.map(({ role }) => role)])).toEqual([
      ['acme:team-a', ["ClusterRole 'tenant-view'"]],
      ['acme:team-a-on-call', ["ClusterRole 'tenant-debug'", "ClusterRole 'tenant-view'"]],
    ]);
    expect(teamA.strangers).toEqual([]);
  });

  test('tells what is fetched, whose signature is asked for, and what may be fetched', () => {
    expect(teamA.sources).toEqual([
      {
        kind: 'OCIRepository',
        namespace: 'team-a',
        name: 'manifests',
        place: 'oci://ghcr.io/acme-platform/manifests/team-a',
        reference: 'semver >=1.0.0',
        signature: {
          by: 'keyless',
          who: [
            'subject ^https://github\\.com/acme-platform/team-a/\\.github/workflows/publish\\.yaml@refs/tags/v[^/@]+$ ' +
              'of issuer ^https://token\\.actions\\.githubusercontent\\.com$',
          ],
        },
        isAllowed: true,
      },
    ]);
    const teamB = prod.tenants.find(({ name }) => name === 'team-b')!;
    expect(teamB.sources[0].signature).toEqual({ by: 'cosign-key', who: ["Secret 'cosign-pub'"] });
    expect(teamA.allowed).toContainEqual({
      type: 'images',
      place: 'ghcr.io/acme-platform/podinfo',
    });
  });

  test('tells that every policy is enforced in every namespace of tenants', () => {
    const forTenants = prod.policies.filter(({ name }) => name !== 'flux-tenants-namespaces');
    expect(forTenants.length).toBeGreaterThan(10);
    for (const one of forTenants) {
      expect(one).toMatchObject({
        kind: 'ValidatingAdmissionPolicy',
        effect: 'enforced',
        tenantNamespaces: 2,
        isForAllTenants: true,
      });
    }
  });

  test('tells what could not be read, apart by whose rights it has', () => {
    expect(prod.unread).toEqual([
      'what flux bootstrap writes beside clusters/prod/flux-system/kustomization.yaml',
    ]);
    expect(teamA.unread).toEqual(["what Kustomization 'apps' in namespace 'team-a' applies"]);
  });
});

/** Flux as it is without a lockdown. */
const UNLOCKED = `# file: clusters/prod/flux-system/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - gotk-components.yaml
  - gotk-sync.yaml
`;

describe('a way that crosses bounds', () => {
  test.each([
    [
      'a binding of an account of another tenant',
      `${GRANT}  - {kind: ServiceAccount, name: team-a, namespace: team-a}\n`,
      'account:team-a/team-a acts-on namespace:team-b',
    ],
    [
      'the same account by its user name',
      `${GRANT}  - {kind: User, name: 'system:serviceaccount:team-a:team-a'}\n`,
      'account:team-a/team-a acts-on namespace:team-b',
    ],
    [
      'a binding of all accounts of a namespace of another tenant',
      `${GRANT}  - {kind: Group, name: 'system:serviceaccounts:team-a'}\n`,
      'accounts:team-a acts-on namespace:team-b',
    ],
    [
      'a binding of everyone who has logged in',
      `${GRANT}  - {kind: Group, name: 'system:authenticated'}\n`,
      'everyone:system:authenticated acts-on namespace:team-b',
    ],
    [
      'a binding to a role that is not in the repository',
      `${GRANT.replaceAll('kind: Role\n  name', 'kind: ClusterRole\n  name').replaceAll('name: readers\nsub', 'name: edit\nsub')}  - {kind: ServiceAccount, name: team-a, namespace: team-a}\n`,
      'account:team-a/team-a acts-on namespace:team-b',
    ],
    [
      'a binding for the whole cluster',
      `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: team-a
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
subjects:
  - {kind: ServiceAccount, name: team-a, namespace: team-a}
`,
      'account:team-a/team-a acts-on cluster:the whole cluster',
    ],
    [
      'a sync that applies to a namespace of another tenant',
      sync('serviceAccountName: team-a\n  targetNamespace: team-b'),
      'tenant:team-a applies-to namespace:team-b',
    ],
    [
      'a sync that applies to another cluster',
      sync(
        'serviceAccountName: team-a\n  targetNamespace: team-b\n  kubeConfig: {secretRef: {name: x}}',
      ),
      'tenant:team-a applies-to cluster:another cluster',
    ],
    [
      'a sync without an account, where the controller has no default',
      `${sync('prune: true')}${UNLOCKED}`,
      'tenant:team-a impersonates platform:platform',
    ],
    [
      'a sync of a source of the platform',
      sync('serviceAccountName: team-a').replace(
        'name: manifests',
        'name: x\n    namespace: flux-system',
      ),
      'tenant:team-a fetches-from namespace:flux-system',
    ],
    [
      'a source that its namespace does not list',
      `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: foreign
  namespace: team-a
spec:
  interval: 5m
  url: oci://registry.example.com/manifests/team-bb
`,
      'tenant:team-a fetches-from source:oci://registry.example.com/manifests/team-bb',
    ],
    [
      'traffic that both ends allow',
      `${policy('team-a', '{podSelector: {}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: team-b}}}]}]}')}---
${policy('team-b', '{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {toolkit.fluxcd.io/tenant: team-a}}}]}]}')}`,
      'namespace:team-a sends-to namespace:team-b',
    ],
  ])('is %s', (_, example, edge) => {
    const isolation = isolationOf(TENANTS + example);
    expect(crossings(isolation.clusters[0])).toEqual([edge]);
    expect(isolation.summary).toMatchObject({ verdict: 'crossed', crossings: 1 });
    const [teamA, teamB] = isolation.clusters[0].tenants;
    expect(teamA.reaches + teamB.reachedBy).toBeGreaterThan(0);
  });

  test('is whatever a sync of a tenant applies outside of its namespaces', () => {
    const example = `${TENANTS}${sync('serviceAccountName: team-a\n  path: ./stray')}
# file: stray/stray.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: stray
  namespace: team-b
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: stray
`.replace('kind: OCIRepository\n    name: manifests', 'kind: GitRepository\n    name: own');
    const own = `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: own
  namespace: team-a
spec:
  interval: 5m
  ref:
    branch: main
  url: ssh://git@git.example.com/acme/fleet-infra
`;
    const cluster = clusterOf(example.replace('\n# file', `${own}\n# file`));
    expect(crossings(cluster)).toEqual(
      expect.arrayContaining([
        'tenant:team-a applies-to cluster:the whole cluster',
        'tenant:team-a applies-to namespace:team-b',
      ]),
    );
  });

  test('is traffic of two tenants without any policy, told once for each and not for each pair', () => {
    expect(crossings(clusterOf(BARE))).toEqual([
      'namespace:one sends-to network:anything',
      'namespace:two sends-to network:anything',
      'network:anything sends-to namespace:one',
      'network:anything sends-to namespace:two',
    ]);
  });
});

describe('what a tenant applies to itself', () => {
  const own = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: own
  namespace: two
spec:
  path: ./own
  serviceAccountName: two
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
`;
  const added = (more: string): string => `${BARE}---\n${own}# file: own/a.yaml\n${more}`;
  const deny = policy('two', '{podSelector: {}, policyTypes: [Egress, Ingress]}');
  const cilium =
    'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: deny, namespace: two }\n';
  const quota =
    "---\napiVersion: v1\nkind: ResourceQuota\nmetadata: { name: own, namespace: two }\nspec: { hard: { pods: '9' } }\n";

  test.each([
    ['Kubernetes', deny],
    ['Cilium', cilium],
  ])('keeps no traffic from it, by a policy of %s', (_, denial) => {
    const cluster = clusterOf(added(denial));
    expect(crossings(cluster)).toContain('network:anything sends-to namespace:two');
  });

  test('is no quota of it', () => {
    const two = clusterOf(added(quota)).tenants.find(({ name }) => name === 'two')!;
    expect(two.namespaces[0].quotas).toEqual([]);
  });
});

describe('a way that keeps bounds', () => {
  test.each([
    ['in its namespace', 'CiliumNetworkPolicy', '  namespace: two\n'],
    ['for the whole cluster', 'CiliumClusterwideNetworkPolicy', ''],
  ])(
    'is not claimed to be crossed where a policy of another API, %s, may deny it',
    (_, kind, at) => {
      const example = `${BARE}---\napiVersion: cilium.io/v2\nkind: ${kind}\nmetadata:\n  name: deny\n${at}`;
      const cluster = clusterOf(example);
      expect(crossings(cluster)).toEqual([]);
      const two = cluster.tenants.find(({ name }) => name === 'two')!;
      expect(two.namespaces[0].unjudged).toEqual([expect.stringContaining(kind)]);
    },
  );

  test.each([
    [
      'traffic that one end alone allows',
      policy(
        'team-a',
        '{podSelector: {}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: team-b}}}]}]}',
      ),
    ],
    [
      'traffic to everything, where nobody lets everything in',
      policy('team-a', '{podSelector: {}, policyTypes: [Egress], egress: [{}]}'),
    ],
    ['a binding of people of two tenants', `${GRANT}  - {kind: Group, name: 'acme:sre'}\n`],
    [
      'a binding of an account of the platform',
      `${GRANT}  - {kind: ServiceAccount, name: prometheus, namespace: monitoring}\n`,
    ],
    [
      'a binding that gives nothing, for its rules are of what lies in no namespace',
      `${GRANT.replace("['']", '[storage.k8s.io]').replace('secrets', 'storageclasses')}  - {kind: ServiceAccount, name: team-a, namespace: team-a}\n`,
    ],
    ['a sync without an account, where the lockdown has a default', sync('prune: true')],
    ['a binding whose subjects are malformed', `${GRANT}  - {kind: ServiceAccount}\n  - 7\n`],
  ])('is %s', (_, example) => {
    expect(crossings(clusterOf(TENANTS + example))).toEqual([]);
  });

  test('is shown where somebody else may act in the namespaces of a tenant', () => {
    const cluster = clusterOf(
      `${TENANTS}${GRANT}  - {kind: ServiceAccount, name: prometheus, namespace: monitoring}\n`,
    );
    const teamB = cluster.tenants.find(({ name }) => name === 'team-b')!;
    expect(teamB.strangers.map(({ name, inNamespace }) => [name, inNamespace])).toEqual([
      ['prometheus', 'monitoring'],
    ]);
  });
});

describe('a policy', () => {
  const bound = (actions: string) => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: mine
spec:
  matchConstraints:
    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: team-a}}
    resourceRules:
      - {apiGroups: [apps], apiVersions: ['*'], operations: [CREATE], resources: [deployments]}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: mine
spec:
  policyName: mine
  validationActions: ${actions}
`;
  const kyverno = (action: string, match: string) => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: mine
spec:
  validationFailureAction: ${action}
  rules:
    - name: one
      match: {any: [{resources: {kinds: [Pod], ${match}}}]}
      validate: {message: no, pattern: {}}
`;
  test.each([
    ['that denies in one namespace', bound('[Deny]'), 'enforced', 1],
    ['that only warns', bound('[Warn, Audit]'), 'audited', 1],
    ['that nothing binds', bound('[Deny]').split('---')[0], 'unbound', 0],
    [
      'that Flux passes over',
      bound('[Deny]').replace(
        'name: mine',
        'name: mine\n  annotations: {kustomize.toolkit.fluxcd.io/ssa: Ignore}',
      ),
      'unapplied',
      1,
    ],
    [
      'whose binding Flux passes over',
      bound('[Deny]').replace(
        /name: mine\nspec:\n  policyName/,
        'name: mine\n  annotations: {kustomize.toolkit.fluxcd.io/ssa: Ignore}\nspec:\n  policyName',
      ),
      'unbound',
      0,
    ],
    ['of Kyverno that audits everywhere', kyverno('Audit', ''), 'audited', 2],
    ['of Kyverno for names', kyverno('Enforce', "namespaces: ['*-b']"), 'enforced', 1],
    [
      'of Kyverno for labels',
      kyverno(
        'enforce',
        'namespaceSelector: {matchExpressions: [{key: toolkit.fluxcd.io/tenant, operator: Exists}]}',
      ),
      'enforced',
      2,
    ],
    [
      'of Kyverno in CEL',
      'apiVersion: policies.kyverno.io/v1\nkind: ValidatingPolicy\nmetadata: {name: mine}\nspec: {validationActions: [Audit]}\n',
      'audited',
      2,
    ],
  ])('%s is told with its effect and reach', (_, example, effect, tenantNamespaces) => {
    const mine = clusterOf(TENANTS + example).policies.find(({ name }) => name === 'mine');
    expect(mine).toMatchObject({
      effect,
      tenantNamespaces,
      isForAllTenants: tenantNamespaces === 2,
    });
  });
});

describe('the evidence for programs', () => {
  const schema = fs.readFileSync(path.join(ROOT, 'docs/isolation.schema.json'), 'utf8');
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(JSON.parse(schema));

  test.each([
    ['of the library', () => golden('acme')],
    ['without a cluster', () => fleetIsolation(viewClusters([]), NOTHING)],
    ['of tenants without anything', () => isolationOf(BARE)],
    [
      'of ways across bounds',
      () => isolationOf(`${TENANTS}${GRANT}  - {kind: Group, name: 'system:authenticated'}\n`),
    ],
  ])('%s is as its schema says', (_, isolation) => {
    validate(JSON.parse(isolationJson(isolation())));
    expect(validate.errors).toBeNull();
  });

  test('is the same for the same fleet', () => {
    expect(isolationJson(golden('acme'))).toBe(isolationJson(golden('acme')));
  });

  test('has both ends of every edge among its nodes', () => {
    for (const { graph } of golden('operator').clusters) {
      const ids = new Set(graph.nodes.map(({ id }) => id));
      expect(graph.edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
    }
  });
});

function sync(more: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: extra
  namespace: team-a
spec:
  interval: 5m
  prune: true
  ${more}
  sourceRef:
    kind: OCIRepository
    name: manifests
`.replace('prune: true\n  prune: true', 'prune: true');
}

describe('of Flux itself, the evidence tells', () => {
  const flagsOf = ({ flux }: ClusterIsolation, controller: string) =>
    Object.fromEntries(
      flux!.controllers
        .find(({ name }) => name === controller)!
        .flags.map(({ flag, value }) => [flag, value]),
    );

  test('what each controller is told of tenants, and where', () => {
    const { clusters } = golden('acme');
    for (const cluster of clusters) {
      expect(cluster.flux).toMatchObject({
        path: `clusters/${cluster.name}/flux-system/kustomization.yaml`,
        line: expect.any(Number),
      });
      expect(flagsOf(cluster, 'kustomize-controller')).toEqual({
        '--no-cross-namespace-refs': 'true',
        '--no-remote-bases': 'true',
        '--default-service-account': 'default',
        '--default-decryption-service-account': 'default',
        '--default-kubeconfig-service-account': 'default',
      });
      expect(flagsOf(cluster, 'source-controller')).toEqual({
        '--default-service-account': 'default',
      });
    }
  });

  test('which flags are not given, and which are given as false', () => {
    const { clusters } = isolationOf(
      `${TENANTS}${fluxPatchedBy(
        argumentPatch('--no-cross-namespace-refs=false', 'kustomize-controller'),
      )}`,
    );
    expect(flagsOf(clusters[0], 'kustomize-controller')).toMatchObject({
      '--no-cross-namespace-refs': 'false',
      '--no-remote-bases': null,
      '--default-service-account': null,
    });
    expect(flagsOf(clusters[0], 'helm-controller')['--no-cross-namespace-refs']).toBeNull();
  });

  test('that it is not known where nothing says it', () => {
    const fleet = viewClusters([
      repositoryOf('fleet', { 'clusters/prod/apps.yaml': syncOf('apps'), 'apps/a.yaml': BARE }),
    ]);
    expect(fleetIsolation(fleet, NOTHING).clusters).toMatchObject([{ name: 'prod', flux: null }]);
  });
});

test('a tenant of two clusters is counted once', () => {
  const { summary, clusters } = golden('acme');
  const names = clusters.flatMap(({ tenants }) => tenants.map(({ name }) => name));
  expect(names.length).toBeGreaterThan(summary.tenants);
  expect(summary.tenants).toBe(new Set(names).size);
});
