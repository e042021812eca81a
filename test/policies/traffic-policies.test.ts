import * as fc from 'fast-check';
import { TENANT_NAMESPACE } from '../../src/policies/fixtures/fixture';
import { policyFixtures } from '../../src/policies/fixtures/policy-fixtures';
import { tenancyPolicies } from '../../src/policies/tenancy-policies';
import {
  isWritten,
  ROUTES,
  text,
  TRAFFIC_KINDS,
  trafficObject,
  trafficSamples,
} from '../../tools/check-policies/traffic-samples';
import { messages } from './cel';

const policyOf = (kind: string) => {
  const name = kind.endsWith('Route') ? 'routes' : kind === 'Canary' ? 'canaries' : 'ingresses';
  return tenancyPolicies().find((policy) => policy.name === `flux-tenants-${name}`)!;
};
const TRAFFIC = /annotations|hosts?\b|gateway|spec\.hostnames|spec\.parentRefs|spec\.service\.name/;

/** Whether the policies let objects in, as far as hosts and gateways go. */
function areAdmitted(objects: readonly any[]): boolean[] {
  return messages(
    objects.map((object) => ({
      policy: policyOf(object.kind),
      object,
      namespaceObject: TENANT_NAMESPACE,
    })),
  ).map((told) => told.filter((message) => TRAFFIC.test(message)).length === 0);
}

test('synthesis refuses exactly the fixtures that policies on traffic refuse', () => {
  const objects = policyFixtures()
    .map(({ object }) => object)
    .filter(({ kind, spec }) => [...ROUTES, 'Ingress', 'Canary'].includes(kind) && spec);
  const admitted = areAdmitted(objects);
  expect(admitted.filter((one) => !one).length).toBeGreaterThan(50);
  expect(objects.map((object) => [object.metadata.name, isWritten(object)])).toEqual(
    objects.map((object, i) => [object.metadata.name, admitted[i]]),
  );
});

test('an annotation is judged in an update, too, where it is new or changes', () => {
  const key = 'nginx.ingress.kubernetes.io/server-alias';
  const rules = [{ host: 'acme.example' }];
  const [bare, aliased, other] = [{}, { [key]: 'b.example' }, { [key]: 'c.example' }].map((one) =>
    trafficObject('Ingress', { rules }, one),
  );
  const updates = [
    [bare, aliased],
    [aliased, other],
    [aliased, aliased],
    [aliased, bare],
  ];
  const told = messages(
    updates.map(([oldObject, object]) => ({
      policy: policyOf('Ingress'),
      object,
      oldObject,
      namespaceObject: TENANT_NAMESPACE,
    })),
  );
  expect(told.map(({ length }) => length)).toEqual([1, 1, 0, 0]);
});

describe('no spelling of a host or gateway gets around the lists', () => {
  test.each(TRAFFIC_KINDS)('of %s, nor parts synthesis from policies', (kind) => {
    const objects = trafficSamples(kind, 2500);
    const admitted = areAdmitted(objects);
    expect(admitted.filter((one) => one).length).toBeGreaterThan(20);
    expect(admitted.filter((one) => !one).length).toBeGreaterThan(200);
    objects.forEach((object, i) => {
      expect([object, isWritten(object)]).toEqual([object, admitted[i]]);
    });
  });

  test('not even one that a client reads as another host', () => {
    const hosts = fc.sample(text, { seed: 7, numRuns: 4000 });
    const admitted = areAdmitted(
      hosts.map((host) => trafficObject('Ingress', { rules: [{ host }] })),
    );
    const urlOf = (host: string) => `https://${host.replace(/^\*/, 'star')}/`;
    const accepted = hosts.filter((host, i) => admitted[i] && URL.canParse(urlOf(host)));
    expect(accepted.length).toBeGreaterThan(50);
    for (const host of accepted) {
      const read = new URL(urlOf(host)).hostname;
      expect(read.replace(/^star/, '*')).toBe(host);
      expect(host).toMatch(/^acme\.example$|^portal\.acme\.example$|\.team-a\.acme\.example$/);
    }
  });
});
