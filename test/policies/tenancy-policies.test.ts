import * as fc from 'fast-check';
import { TENANT_NAMESPACE } from '../../src/policies/fixtures/fixture';
import { policyFixtures } from '../../src/policies/fixtures/policy-fixtures';
import { tenancyPolicies } from '../../src/policies/tenancy-policies';
import { TENANT_LABEL } from '../../src/vocabulary/labels';
import { messages } from './cel';

const policyOf = (name: string) => tenancyPolicies().find((policy) => policy.name === name)!;

describe('every fixture of a policy', () => {
  const fixtures = policyFixtures();
  const told = messages(
    fixtures.map(({ policy, object }) => ({
      policy: policyOf(policy),
      object,
      namespaceObject: TENANT_NAMESPACE,
    })),
  );

  test.each(
    fixtures.map((fixture, i) => [fixture.policy, fixture.name, fixture, told[i]] as const),
  )('%s: %s', (_policy, _name, { passes }, broken) => {
    expect(broken.length === 0).toBe(passes);
  });

  test('is the same to Kyverno, where what is new has an empty old object', () => {
    const requests = fixtures.map(({ policy, object }) => ({
      policy: policyOf(policy),
      object,
      oldObject: {},
      namespaceObject: TENANT_NAMESPACE,
    }));
    expect(messages(requests)).toEqual(told);
  });

  test('breaks every rule of every policy somewhere, and keeps it somewhere', () => {
    for (const policy of tenancyPolicies().filter(
      ({ name }) => name !== 'flux-tenants-namespaces',
    )) {
      const mine = told.filter((_, i) => fixtures[i].policy === policy.name);
      for (const { message } of policy.rules) {
        expect([policy.name, message, mine.some((broken) => broken.includes(message))]).toEqual([
          policy.name,
          message,
          true,
        ]);
      }
    }
  });
});

test('what was there before a policy and stays as it is keeps its finalizers and status', () => {
  const rewritten = policyFixtures().filter(
    ({ passes, object }) => !passes && object.spec && !['Pod', 'Secret'].includes(object.kind),
  );
  const told = messages(
    rewritten.map(({ policy, object }) => ({
      policy: policyOf(policy),
      object: { ...object, metadata: { ...object.metadata, finalizers: ['x'] } },
      oldObject: object,
      namespaceObject: TENANT_NAMESPACE,
    })),
  );
  expect(rewritten.length).toBeGreaterThan(100);
  expect(told.flat()).toEqual([]);
});

test('a namespace without annotations lets no source in, and nothing applies in it', () => {
  const kinds = ['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket', 'ImageRepository'];
  const sound = policyFixtures().filter(
    ({ passes, object }) =>
      passes && [...kinds, 'Kustomization', 'HelmRelease'].includes(object.kind),
  );
  const bare = { metadata: { name: 'team-a', labels: { [TENANT_LABEL]: 'team-a' } } };
  const empty = { metadata: { ...bare.metadata, annotations: { other: '' } } };
  for (const namespaceObject of [bare, empty]) {
    const told = messages(
      sound.map(({ policy, object }) => ({ policy: policyOf(policy), object, namespaceObject })),
    );
    expect(told.every((broken) => broken.length > 0)).toBe(true);
  }
});

describe('no spelling of a URL gets around the list', () => {
  const pieces = fc.constantFrom(
    ...[
      'https://',
      'ssh://',
      'oci://',
      'http://',
      'git@',
      'git.acme.example',
      'ghcr.io',
      'evil.example',
    ],
    ...[
      '/team-a',
      '/team-b',
      '/acme/manifests/team-a',
      '/acme',
      '/..',
      '/.',
      '/',
      '//',
      '\\',
      '@',
      ':',
    ],
    ...['?', '#', '%2e%2e', '%2f', '.', '-', '_', ' ', '\n', '\t', 'A', 'é', '*', '8443', 'x'],
  );
  const urls = fc.sample(
    fc.oneof(
      fc.array(pieces, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
      fc
        .array(pieces, { maxLength: 4 })
        .map((parts) => `https://git.acme.example/team-a${parts.join('')}`),
      fc
        .array(pieces, { maxLength: 4 })
        .map((parts) => `oci://ghcr.io/acme/manifests/team-a${parts.join('')}`),
    ),
    { seed: 20261121, numRuns: 4000 },
  );

  test.each([
    ['flux-tenants-git', 'https:', 'git.acme.example', '/team-a'],
    ['flux-tenants-oci', 'oci:', 'ghcr.io', '/acme/manifests/team-a'],
  ])('of %s', (name, protocol, host, path) => {
    const spec = { verify: { provider: 'cosign', secretRef: { name: 'x' } } };
    const told = messages(
      urls.map((url) => ({
        policy: policyOf(name),
        object: { metadata: { namespace: 'team-a' }, spec: { ...spec, url } },
        namespaceObject: TENANT_NAMESPACE,
      })),
    );
    const accepted = urls.filter((_, i) => told[i].length === 0 && urls[i].startsWith(protocol));
    expect(accepted.length).toBeGreaterThan(20);
    for (const url of accepted) {
      // As a client resolves it, which knows nothing of lists.
      const parsed = new URL(url.replace(/^oci:/, 'https:'));
      expect([parsed.host, parsed.username, parsed.search, parsed.hash]).toEqual([
        host,
        '',
        '',
        '',
      ]);
      expect(`${parsed.pathname}/`.startsWith(`${path}/`)).toBe(true);
      expect(parsed.pathname).toBe(url.slice(url.indexOf(host) + host.length));
    }
  });
});
