import { AppliedObject } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { addTo } from '../../vocabulary/grouped';
import { ObjectCheck, Problem } from '../check';
import { kustomizationFile, platformSync } from '../example-parts';
import { isSuspended } from '../references';

/** For so many, kustomize took about a second where the figures below were measured. */
const MOST_OBJECTS = 1000;

const NOTHING: readonly Problem[] = [];
const SHOPS = ['books', 'films', 'games', 'music', 'toys'];

/** Four generators of ConfigMaps. */
const generated = (row: number): string =>
  [0, 1, 2, 3].map((column) => `{ name: settings-${4 * row + column} }`).join(', ');

/** 104 objects, five times over in each of two regions. */
const REGIONS = `# file: apps/settings/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: apps
generatorOptions: { disableNameSuffixHash: true }
configMapGenerator:
  [
    ${Array.from({ length: 26 }, (_, row) => generated(row)).join(',\n    ')}
  ]
${SHOPS.map((shop) => suffixed(shop, '../settings')).join('')}${['eu', 'us']
  .map((region) => suffixed(region, ...SHOPS.map((shop) => `../${shop}`)))
  .join('')}`;

export const buildSize: ObjectCheck = {
  id: 'build-size',
  severity: 'warning',
  profile: 'recommended',
  summary: `one Kustomization should apply at most ${MOST_OBJECTS} objects`,
  why:
    'kustomize-controller builds all of a Kustomization at once with kustomize, which takes time with the square of the objects: measured, ' +
    '0.6 s for 800 of them, 11 s for 3,000 and 131 s for 10,000, at every interval and every change of the source. Whatever else the same ' +
    'controller applies waits for that.',
  remedy:
    'split the directory among several Kustomizations; where it is the list of the tenants of a cluster of this library, by ' +
    'tenantLists: TenantLists.inParts(…) of the Cluster, in the steps of docs/scale.md, or Flux removes tenants',
  links: [
    'https://github.com/kubernetes-sigs/kustomize/issues/5084',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/',
  ],
  types: ['*'],
  needs: 'cluster',
  bad: `${platformSync('apps')}${REGIONS}${kustomizationFile('apps', 'eu', 'us')}`,
  good: `${platformSync('eu', 'path: ./apps/eu')}---\n${platformSync('us', 'path: ./apps/us')}${REGIONS}`,
  examine(object, cluster) {
    const found = cluster.once(largeBuilds).get(object);
    return found === undefined ? NOTHING : [found];
  },
};

/** A directory of the apps whose name is what the names of its objects end in. */
function suffixed(name: string, ...resources: readonly string[]): string {
  return `${kustomizationFile(`apps/${name}`, ...resources)}nameSuffix: -${name}\n`;
}

/** What is too large, by the object that speaks for it: the Kustomization, or for a root, the first object of its largest file. */
function largeBuilds(cluster: ClusterView): ReadonlyMap<AppliedObject, Problem> {
  const bySync = new Map<AppliedObject | undefined, AppliedObject[]>();
  for (const object of cluster.objects) {
    addTo(bySync, object.sync, object);
  }
  const found = new Map<AppliedObject, Problem>();
  for (const [sync, { length }] of bySync) {
    if (length > MOST_OBJECTS && !isSuspended(sync?.manifest)) {
      const size = `${length} objects in one build, which kustomize is slow at above ${MOST_OBJECTS}`;
      if (sync) {
        const message = `applies ${size}; split them among several Kustomizations`;
        found.set(sync, { message, pointer: '/spec/path' });
      } else {
        const message =
          `is in the largest file of a root that applies ${size}; ` +
          'split them among several Kustomizations, lists of tenants by tenantLists of the Cluster';
        found.set(firstOfLargestFile(bySync.get(sync)!), { message });
      }
    }
  }
  return found;
}

function firstOfLargestFile(objects: readonly AppliedObject[]): AppliedObject {
  const byFile = new Map<string, AppliedObject[]>();
  objects.forEach((object) => addTo(byFile, object.document.path, object));
  return [...byFile.values()].reduce((a, b) => (b.length > a.length ? b : a))[0];
}
