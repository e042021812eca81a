import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { place } from '../vocabulary/placement';
import { Fixture, TENANT, TENANT_NAMESPACE } from './fixtures/fixture';
import { policyFixtures } from './fixtures/policy-fixtures';

/** Who asks for a new namespace that is a tenant's, and whether that is allowed. */
const USERS = [
  {
    name: 'tenant',
    username: `system:serviceaccount:${TENANT.name}:${TENANT.account}`,
    result: 'fail',
  },
  {
    name: 'platform',
    username: 'system:serviceaccount:flux-system:kustomize-controller',
    result: 'pass',
  },
];

/**
 * Objects that pass and objects that fail, as `kyverno test` reads them. To it, what changes is as it was, and subresources are not
 * there: of what is done to namespaces, it judges how they come to be, and nothing else.
 *
 * @see https://kyverno.io/docs/testing-policies/
 */
export function admissionTests(scope: Construct, component: string): void {
  const tests = new Construct(scope, 'Tests');
  place(tests, { shelf: { kind: 'tests', component }, clusters: [] });
  const fixtures = policyFixtures();
  const inFile = (file: string) => {
    const files = new Construct(tests, file);
    place(files, { file });
    return files;
  };
  const test = inFile('kyverno-test');
  new ApiObject(test, 'tenancy', {
    apiVersion: 'cli.kyverno.io/v1alpha1',
    kind: 'Test',
    metadata: { name: 'tenancy' },
    policies: ['../validatingpolicy.yaml'],
    resources: ['resources.yaml'],
    variables: 'values.yaml',
    results: results(fixtures),
  });
  for (const { name, username, result } of USERS) {
    new ApiObject(test, `namespaces-by-${name}`, {
      apiVersion: 'cli.kyverno.io/v1alpha1',
      kind: 'Test',
      metadata: { name: `namespaces-by-${name}` },
      policies: ['../validatingpolicy.yaml'],
      resources: ['namespaces.yaml'],
      userinfo: `${name}.yaml`,
      results: [
        {
          policy: 'flux-tenants-namespaces',
          isValidatingPolicy: true,
          kind: 'Namespace',
          resources: [TENANT.name],
          result,
        },
      ],
    });
    new ApiObject(inFile(name), name, {
      apiVersion: 'cli.kyverno.io/v1alpha1',
      kind: 'UserInfo',
      metadata: { name },
      userInfo: { username },
    });
  }
  new ApiObject(inFile('namespaces'), 'tenant', TENANT_NAMESPACE);
  new ApiObject(inFile('values'), 'values', {
    apiVersion: 'cli.kyverno.io/v1alpha1',
    kind: 'Values',
    metadata: { name: 'tenancy' },
    namespaceSelector: [{ name: TENANT.name, labels: TENANT_NAMESPACE.metadata.labels }],
    namespaces: [TENANT_NAMESPACE],
  });
  const resources = inFile('resources');
  for (const { object, policy, name } of fixtures) {
    new ApiObject(resources, `${policy}-${name}`, object);
  }
}

function results(fixtures: readonly Fixture[]) {
  const byResult = new Map<string, { base: any; resources: string[] }>();
  for (const { policy, name, passes, object } of fixtures) {
    const key = `${policy} ${object.kind} ${passes}`;
    const result = byResult.get(key) ?? {
      base: {
        policy,
        isValidatingPolicy: true,
        kind: object.kind,
        result: passes ? 'pass' : 'fail',
      },
      resources: [],
    };
    byResult.set(key, result);
    result.resources.push(`${TENANT.name}/${name}`);
  }
  return [...byResult.values()].map(({ base, resources }) => ({ ...base, resources }));
}
