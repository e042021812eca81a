import { isOpaque } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { listedSources } from '../../inventory/listed-sources';
import { allowedAnnotation, SourceType } from '../../vocabulary/tenant-annotations';
import { gitPlace } from '../../vocabulary/url';
import { ObjectCheck } from '../check';
import { mapAt, pointerOf } from '../manifest-fields';

/** The types whose places one tenant may take from another, and the space that they are in. */
const SPACES: readonly [SourceType, string][] = [
  ['buckets', 'buckets'],
  ['git', 'git'],
  ['images', 'oci'],
  ['oci', 'oci'],
];

/** A place that a tenant may fetch from, and below. */
interface Listed {
  readonly tenant: string;
  readonly source: string;
}

const namespaceOf = (tenant: string, source: string) => `# file: clusters/prod/${tenant}.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: ${tenant}-extra
  labels:
    toolkit.fluxcd.io/tenant: ${tenant}
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: v1.34
  annotations:
    cdk8s-flux-tenants/allowed-git: ${source}
    cdk8s-flux-tenants/namespaces: ${tenant} ${tenant}-extra
    cdk8s-flux-tenants/service-account: ${tenant}
`;

export const sourceAllowlistOverlap: ObjectCheck = {
  id: 'source-allowlist-overlap',
  severity: 'error',
  profile: 'recommended',
  summary: 'what one tenant may fetch from must not have the place of another below it',
  why: 'A tenant may fetch from a listed place and all below it: the sources of the other come with it, with what is secret in them, and unasked.',
  remedy: 'list what is needed one by one, or the very same place for both',
  links: ['https://fluxcd.io/flux/installation/configuration/multitenancy/'],
  types: ['/Namespace'],
  needs: 'cluster',
  bad: `${namespaceOf('team-a', 'https://git.example.com/acme')}${namespaceOf('team-b', 'https://git.example.com/acme/team-b')}`,
  good: `${namespaceOf('team-a', 'https://git.example.com/acme/team-a')}${namespaceOf('team-b', 'https://git.example.com/acme/team-b')}`,
  *examine(object, cluster) {
    const tenant = cluster.tenants.ownerOf(object.manifest.metadata.name);
    const below = cluster.once(placesBelow);
    for (const [type, space] of tenant === undefined ? [] : SPACES) {
      for (const source of sourcesOf(object.manifest, type)) {
        const other = below
          .get(`${space} ${placeOf(space, source)}`)
          ?.find((one) => one.tenant !== tenant);
        if (other) {
          yield {
            message: `lets tenant '${tenant}' fetch from '${source}', and so from '${other.source}' of tenant '${other.tenant}'`,
            pointer: pointerOf('metadata', 'annotations', allowedAnnotation(type)),
          };
        }
      }
    }
  },
};

/** What of at most two tenants lies below each place, by space and place: one of them is not the one who asks. */
function placesBelow(cluster: ClusterView): ReadonlyMap<string, readonly Listed[]> {
  const below = new Map<string, Listed[]>();
  for (const object of cluster.ofType('/Namespace')) {
    const tenant = cluster.tenants.ownerOf(object.manifest.metadata.name);
    for (const [type, space] of tenant === undefined ? [] : SPACES) {
      for (const source of sourcesOf(object.manifest, type)) {
        for (const above of placesAbove(placeOf(space, source))) {
          const key = `${space} ${above}`;
          const known = below.get(key) ?? [];
          if (known.length < 2 && !known.some((one) => one.tenant === tenant)) {
            below.set(key, [...known, { tenant: tenant!, source }]);
          }
        }
      }
    }
  }
  return below;
}

function sourcesOf(namespace: any, type: SourceType): string[] {
  return listedSources(mapAt(namespace, 'metadata', 'annotations'), type).filter(
    (source) => !isOpaque(source),
  );
}

/** What is the same for all spellings of a place, and begins like those above it. */
function placeOf(space: string, source: string): string {
  if (space === 'git') {
    // A group of repositories may be listed, too, which goes by the names that its repositories have.
    return gitPlace(`${source.replace(/\/?\.git$/i, '')}/x`).slice(0, -'/x'.length);
  }
  return source
    .replace(/^oci:\/\//, '')
    .replace(/^([^/]+):443(?=\/|$)/, '$1')
    .replace(/^(?:index|registry-1)\.docker\.io\//, 'docker.io/');
}

function placesAbove(place: string): string[] {
  const above: string[] = [];
  for (let end = place.lastIndexOf('/'); end > 0; end = place.lastIndexOf('/', end - 1)) {
    above.push(place.slice(0, end));
  }
  return above;
}
