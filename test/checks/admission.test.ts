import { runChecks } from '../../src/checks/run-checks';
import { kyvernoLegacyPolicy } from '../../src/checks/rules/kyverno-legacy-policy';
import { policyUrlPattern } from '../../src/checks/rules/policy-url-pattern';
import { TENANCY_POLICY_EXAMPLE } from '../../src/checks/rules/tenancy-policy-enforced';
import { viewClusters } from '../../src/clusters/view-clusters';
import { readSourceFile } from '../../src/inventory/read-source-file';
import { SourceTree } from '../../src/inventory/source-file';
import { tenancyPolicyAltered } from '../../src/checks/rules/tenancy-policy-altered';
import { exampleFleet } from './example-repository';

/** What the checks say, of one check where `check` is given. */
function found(example: string, check?: string): string[] {
  return runChecks(exampleFleet(example), { profile: 'strict' })
    .findings.filter((finding) => check === undefined || finding.check === check)
    .map(({ message }) => message);
}

/** As `found`, of a cluster without the policies of this library. */
function foundAlone(example: string, check: string): string[] {
  const file = readSourceFile('clusters/prod/flux-system/example.yaml', example);
  const fleet = viewClusters([{ name: 'fleet-infra', tree: new SourceTree([file]) }]);
  return runChecks(fleet, { profile: 'strict' })
    .findings.filter((finding) => finding.check === check)
    .map(({ message }) => message);
}

/** A ClusterPolicy with one rule for GitRepositories. */
function clusterPolicy(validate: string, match = '', spec = ''): string {
  return `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: sources
spec:
  background: true
${spec}  rules:
    - name: git
      match:
        any:
          - resources:
              kinds:
                - source.toolkit.fluxcd.io/*/GitRepository
${match}      validate:
        message: no
${validate}`;
}

const OF_TENANTS = `              namespaceSelector:
                matchExpressions:
                  - key: toolkit.fluxcd.io/tenant
                    operator: Exists
`;

describe('a policy for tenants', () => {
  const enforced = 'tenancy-policy-enforced';

  test('is to deny, whatever engine it is for', () => {
    const kyverno = kyvernoLegacyPolicy.good.replace(
      '  matchConstraints:\n',
      '  matchConstraints:\n    namespaceSelector:\n      matchLabels:\n        toolkit.fluxcd.io/tenant: team-a\n',
    );
    expect(found(kyverno)).toEqual([expect.stringContaining('must deny, got ["Audit"]')]);
    expect(found(kyverno.replace('- Audit', '- Deny'))).toEqual([]);
    // Kyverno denies where nothing is said.
    expect(found(kyverno.replace('  validationActions:\n    - Audit\n', ''))).toEqual([]);

    const legacy = (action: string) => clusterPolicy(action, OF_TENANTS);
    expect(found(legacy(''), enforced)).toHaveLength(1);
    expect(found(legacy('        failureAction: Audit\n'), enforced)).toHaveLength(1);
    expect(found(legacy('        failureAction: Enforce\n'), enforced)).toEqual([]);
    const before = '  validationFailureAction: enforce\n';
    expect(found(clusterPolicy('', OF_TENANTS, before), enforced)).toEqual([]);
    const override = '        failureActionOverrides:\n          - action: Enforce\n';
    expect(found(legacy(override), enforced)).toEqual([]);
  });

  test('may audit by one binding what it denies by another', () => {
    const binding = (name: string, action: string) => `---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: ${name}
spec:
  policyName: tenants-remote-clusters
  validationActions: [${action}]
`;
    expect(found(TENANCY_POLICY_EXAMPLE + binding('log', 'Audit'))).toEqual([]);
    const audits = TENANCY_POLICY_EXAMPLE.replace('[Deny]', '[Warn]') + binding('log', 'Audit');
    expect(found(audits, enforced)).toHaveLength(2);
  });

  test('is told from policies of anybody else, which may audit and fail as they like', () => {
    const lax = kyvernoLegacyPolicy.good.replace('spec:\n', 'spec:\n  failurePolicy: Ignore\n');
    expect(found(lax)).toEqual([]);
    const platform = TENANCY_POLICY_EXAMPLE.replace('Exists', 'DoesNotExist')
      .replace('[Deny]', '[Audit]')
      .replace('failurePolicy: Fail', 'failurePolicy: Ignore');
    expect(found(platform)).toEqual([]);
    expect(found(clusterPolicy(''), enforced)).toEqual([]);
  });
});

describe('a binding of an admission policy', () => {
  test('is not missed where it may come from what cannot be read', () => {
    const unbound = TENANCY_POLICY_EXAMPLE.split('---\n')[0];
    expect(found(unbound)).toEqual([expect.stringContaining('must have a Validating')]);
    const unread = `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: more
  namespace: flux-system
spec:
  interval: 10m
  path: ./more
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: OCIRepository
    name: elsewhere
`;
    expect(found(unbound + unread, 'admission-policy-binding')).toEqual([]);
  });

  test('must have actions that go together', () => {
    const actions = (list: string) =>
      found(TENANCY_POLICY_EXAMPLE.replace('[Deny]', list), 'admission-binding-form');
    expect(actions('[Deny, Audit]')).toEqual([]);
    expect(actions('[Audit, Warn]')).toEqual([]);
    expect(actions('["${ACTION}"]')).toEqual([]);
    expect(actions('[]')).toHaveLength(1);
    expect(actions('[Enforce]')).toEqual([expect.stringContaining('got "Enforce"')]);
  });

  test('may take parameters of each request where there are no tenants', () => {
    const params = TENANCY_POLICY_EXAMPLE.replace(
      '  failurePolicy',
      '  paramKind:\n    apiVersion: v1\n    kind: ConfigMap\n  failurePolicy',
    ).replace('  validationActions', '  paramRef:\n    name: settings\n  validationActions');
    expect(found(params)).toEqual([]);
    expect(found(`# with: tenant team-a\n${params}`)).toHaveLength(1);
    const theirs = params.replace('name: settings', 'name: settings\n    namespace: team-a');
    expect(found(`# with: tenant team-a\n${theirs}`)).toEqual([
      expect.stringContaining("got that of tenant 'team-a'"),
    ]);
  });
});

describe('what a policy allows to fetch from', () => {
  const check = 'policy-url-pattern';
  const pattern = (url: string, key = 'url') =>
    found(
      clusterPolicy(`        pattern:\n          spec:\n            ${key}: '${url}'\n`),
      check,
    );
  const prefix = (expression: string) =>
    found(policyUrlPattern.good.replace(/expression: .*/, `expression: ${expression}`), check);

  test.each([
    'https://?*.myorg.com/*',
    '*.myorg.com',
    'https://github.com*',
    'https://github.com/acme*',
    'https://github.com/acme/?* | ssh://git@github.com/acme*',
  ])('must not be %p', (url) => {
    expect(pattern(url)).toHaveLength(1);
    expect(pattern(url, '=(url)')).toHaveLength(1);
  });

  test.each([
    'https://github.com/acme/?*',
    'https://github.com/acme/* | ssh://git@github.com:acme/?*',
    'https://github.com/acme/team-*',
    'https://github.com/?*',
    'https://*',
    '!http://*',
    '{{ allowed }}*',
    '*',
  ])('may be %p', (url) => {
    expect(pattern(url)).toEqual([]);
  });

  test('is judged of sources only', () => {
    const other = clusterPolicy(
      "        pattern:\n          spec:\n            image: 'ghcr.io*'\n",
    );
    expect(found(other.replace('source.toolkit.fluxcd.io/*/GitRepository', 'Pod'), check)).toEqual(
      [],
    );
  });

  test.each([
    "object.spec.url.startsWith('oci://ghcr.io/acme')",
    'object.spec.url.startsWith("https://github.com")',
    "object.spec.endpoint.startsWith('minio')",
  ])('must not begin like places of others, as by %p', (expression) => {
    expect(prefix(expression)).toHaveLength(1);
  });

  test.each([
    "object.spec.url.startsWith('oci://')",
    "object.spec.url.startsWith('https://github.com/acme/')",
    "object.spec.url.startsWith('https://github.com/acme/team-')",
    '\'!object.spec.url.startsWith("http://internal")\'',
    'object.spec.url.startsWith(variables.prefix)',
    "object.metadata.name.startsWith('acme')",
  ])('may be said by %p', (expression) => {
    expect(prefix(expression)).toEqual([]);
  });
});

describe('lists of what tenants may fetch from', () => {
  const namespace = (annotation: string, value: string, tenant = 'team-a') => `apiVersion: v1
kind: Namespace
metadata:
  name: ${tenant}-lists
  labels:
    toolkit.fluxcd.io/tenant: ${tenant}
  annotations:
    cdk8s-flux-tenants/allowed-${annotation}: '${value}'
`;

  test.each([
    ['oci', 'oci://ghcr.io/acme/../other'],
    ['oci', 'oci://ghcr.io//acme'],
    ['oci', 'oci://ghcr/acme'],
    ['oci', 'oci://GHCR.io/acme'],
    ['oci', 'oci://ghcr.io/acme:v1'],
    ['oci', 'oci://10.0.0.1/acme'],
    ['oci', 'oci://localhost:5000/acme'],
    ['oci', 'oci://ghcr.io/acme  oci://ghcr.io/two'],
    ['oci', ' '],
    ['git', 'https://github.com'],
    ['git', 'https://user:password@github.com/acme'],
    ['git', 'https://github.com/acme?x'],
    ['git', 'https://github.com/%2e%2e'],
    ['registry', 'oci://ghcr.io/acme'],
  ])('must not have %s %p', (type, value) => {
    expect(found(namespace(type, value), 'source-allowlist-form').length).toBeGreaterThan(0);
  });

  test.each([
    ['oci', ''],
    ['oci', 'oci://ghcr.io/acme oci://registry.example.com:5000/a/b'],
    ['git', 'https://github.com/acme ssh://git@github.com/acme/app.git'],
    ['oci', 'oci://${REGISTRY}/acme'],
  ])('may have %s %p', (type, value) => {
    expect(found(namespace(type, value), 'source-allowlist-form')).toEqual([]);
  });

  test.each([
    ['git', 'https://github.com/acme', 'git', 'ssh://git@GitHub.com:22/acme/app.git', 1],
    ['oci', 'oci://ghcr.io/acme', 'images', 'ghcr.io/acme/app', 1],
    ['oci', 'oci://ghcr.io:443/acme', 'oci', 'oci://ghcr.io/acme/app', 1],
    ['images', 'index.docker.io/acme', 'oci', 'oci://docker.io/acme/app', 1],
    ['oci', 'oci://ghcr.io/acme', 'oci', 'oci://ghcr.io/acme', 0],
    ['oci', 'oci://ghcr.io/acme', 'oci', 'oci://ghcr.io/acme-evil/app', 0],
    ['oci', 'oci://ghcr.io/acme', 'git', 'https://ghcr.io/acme/app', 0],
    ['helm', 'https://charts.example.com', 'helm', 'https://charts.example.com/two', 0],
  ])('of %s %p and %s %p have %4$p overlaps', (type, place, otherType, other, count) => {
    const both = `${namespace(type, place)}---\n${namespace(otherType, other, 'team-b')}`;
    expect(found(both, 'source-allowlist-overlap')).toHaveLength(count);
    const one = `${namespace(type, place)}---\n${namespace(otherType, other).replace('-lists', '-more')}`;
    expect(found(one, 'source-allowlist-overlap')).toEqual([]);
  });
});

describe('a namespace of a tenant', () => {
  const check = 'tenant-without-policies';
  const namespace = `---
apiVersion: v1
kind: Namespace
metadata:
  name: jobs
  annotations:
    cdk8s-flux-tenants/service-account: team-a
`;

  test('needs its label only where policies look for it', () => {
    expect(foundAlone(namespace, check)).toEqual([]);
    expect(foundAlone(TENANCY_POLICY_EXAMPLE + namespace, check)).toHaveLength(1);
    const single = TENANCY_POLICY_EXAMPLE.replace(
      'operator: Exists',
      'operator: In\n          values: [team-b]',
    );
    expect(foundAlone(single + namespace, check)).toEqual([]);
  });

  test('is one that another of the tenant names, too', () => {
    const unlabelled = namespace.replace(/ {2}annotations:[^]*$/, '');
    expect(foundAlone(TENANCY_POLICY_EXAMPLE + unlabelled, check)).toEqual([]);
    const home = `---
apiVersion: v1
kind: Namespace
metadata:
  name: team-a
  labels:
    toolkit.fluxcd.io/tenant: team-a
  annotations:
    cdk8s-flux-tenants/namespaces: team-a jobs
`;
    expect(foundAlone(TENANCY_POLICY_EXAMPLE + unlabelled + home, check)).toEqual([
      expect.stringContaining('Namespace jobs'),
    ]);
  });

  test('is not left out by a further condition of the policies', () => {
    const labelled = namespace.replace(
      '  annotations',
      '  labels:\n    toolkit.fluxcd.io/tenant: team-a\n    stage: test\n  annotations',
    );
    const narrowed = TENANCY_POLICY_EXAMPLE.replace(
      'operator: Exists',
      'operator: Exists\n        - key: stage\n          operator: NotIn\n          values: [test]',
    );
    expect(foundAlone(TENANCY_POLICY_EXAMPLE + labelled, check)).toEqual([]);
    expect(foundAlone(narrowed + labelled, check)).toHaveLength(1);
  });
});

describe('policies of Kyverno', () => {
  test('may ask who makes a request where they do not scan', () => {
    const asking = kyvernoLegacyPolicy.bad.replace(
      '- Namespace\n',
      '- Namespace\n            subjects:\n              - kind: User\n                name: jane\n',
    );
    const check = 'kyverno-user-in-background';
    expect(found(asking, check)).toHaveLength(1);
    expect(found(asking.replace('  background: true\n', ''), check)).toHaveLength(1);
    expect(found(asking.replace('background: true', 'background: false'), check)).toEqual([]);
    expect(found(asking.replace(/subjects:\n.*\n.*\n/, 'subjects: []\n'), check)).toEqual([]);
  });

  test('may be excepted from anywhere only where there are no tenants', () => {
    const kyverno = (namespace: string, enabled = true) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: kyverno
  namespace: flux-system
spec:
  interval: 1h
  chart:
    spec:
      chart: kyverno
      sourceRef:
        kind: HelmRepository
        name: kyverno
  values:
    features:
      policyExceptions:
        enabled: ${enabled}
        namespace: '${namespace}'
`;
    const check = 'kyverno-exception-in-tenant';
    const tenant = '# with: tenant team-a\n';
    expect(found(kyverno('*'), check)).toEqual([]);
    expect(found(tenant + kyverno('*'), check)).toHaveLength(1);
    expect(found(tenant + kyverno('*', false), check)).toEqual([]);
    expect(found(tenant + kyverno('kyverno'), check)).toEqual([]);
  });
});

describe('a policy of this library', () => {
  const patched = (kind: string, patch: string): string => `# with: tenant team-a
# file: infrastructure/admission/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - validatingadmissionpolicy.yaml
  - validatingadmissionpolicybinding.yaml
patches:
  - target:
      kind: ${kind}
    patch: |
      ${patch}
`;

  test('must not be bound to some objects alone', () => {
    const narrowed = patched(
      'ValidatingAdmissionPolicyBinding',
      '[{"op": "add", "path": "/spec/matchResources", "value": {"objectSelector": {"matchLabels": {"a": "b"}}}}]',
    );
    expect(found(narrowed, 'tenancy-policy-altered').length).toBeGreaterThan(20);
  });

  test('lets no group of Kubernetes itself change namespaces of tenants', () => {
    const fleet = exampleFleet('# with: tenant team-a\n');
    const policy = fleet.clusters[0].find(
      'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
      undefined,
      'flux-tenants-namespaces',
    )!;
    const text = JSON.stringify(policy.manifest).replaceAll(
      "g in ['system:masters'",
      "g in ['system:masters', 'system:authenticated'",
    );
    const manifest = JSON.parse(text);
    expect(manifest).not.toEqual(policy.manifest);
    const problems = tenancyPolicyAltered.examine({ ...policy, manifest }, fleet.clusters[0]);
    expect([...problems].map(({ pointer }) => pointer)).toContain('/spec/validations');
  });
});
