import * as fc from 'fast-check';
import { runChecks } from '../../src/checks/run-checks';
import { isObject } from '../../src/clusters/applied-object';
import { ClusterView } from '../../src/clusters/cluster-view';
import { fleetIsolation } from '../../src/report/isolation/fleet-isolation';
import { isolationPage } from '../../src/report/page/isolation-page';
import { exampleFleet } from '../checks/example-repository';

const POLICY = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: mine
spec:
  rules:
    - match:
        any:
          - resources:
              kinds: [Pod]
              namespaces: ['a*']
              namespaceSelector:
                matchExpressions: [{ key: a, operator: In, values: [b] }]
      exclude:
        any: []
      validate:
        message: no
`;

const fleet = exampleFleet(`# with: tenant team-a\n${POLICY}`);
const result = runChecks(fleet, { profile: 'recommended' });
const [cluster] = fleet.clusters;

/** Every way into a manifest. */
function waysInto(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  return typeof value === 'object' && value !== null
    ? [
        ...(way.length > 0 ? [way] : []),
        ...Object.entries(value).flatMap(([key, item]) => waysInto(item, [...way, key])),
      ]
    : [way];
}

const PLACES = cluster.objects.flatMap(({ manifest }, index) =>
  waysInto(manifest).map((way) => ({ index, way })),
);

test('whatever is at any place of any object, there is evidence', () => {
  const odd = fc.constantFrom(null, 7, '', '${x}', [], {}, [null], [[7]], { a: null }, true);
  fc.assert(
    fc.property(fc.constantFrom(...PLACES), odd, ({ index, way }, value) => {
      const manifest = structuredClone(cluster.objects[index].manifest);
      const holder = way.slice(0, -1).reduce((at, key) => at[key], manifest);
      holder[way[way.length - 1]] = value;
      fc.pre(isObject(manifest));
      const objects = cluster.objects.map((one, i) => (i === index ? { ...one, manifest } : one));
      const { name, path, repository } = cluster;
      const view = new ClusterView(name, path, repository, objects, [], true);
      expect(isolationPage(fleetIsolation({ ...fleet, clusters: [view] }, result))).toContain(
        'Evidence of tenant isolation',
      );
    }),
    { numRuns: 400 },
  );
});
