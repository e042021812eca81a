import { isOpaque } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { fetchedPlace, FETCHING_TYPES, hasLists, isListed } from '../../inventory/fetched-place';
import { allowedAnnotation } from '../../vocabulary/tenant-annotations';
import { ObjectCheck } from '../check';
import { TENANT_SOURCE } from '../example-parts';
import { mapAt } from '../manifest-fields';
import { isAppliedByPlatform } from '../of-platform';

export const sourceAllowlistMissed: ObjectCheck = {
  id: 'source-allowlist-missed',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's source must fetch from a place that the tenant's namespace lists",
  why: "This library's admission policies compare a source with the annotations of its namespace, and refuse what is at none of the listed places. Where they do not hold, the tenant fetches what nobody agreed to.",
  remedy:
    "list the place in the tenant's sources, of which the annotations are written, or fetch from one that is listed",
  links: [
    'https://github.com/cdk8s-flux-tenants/cdk8s-flux-tenants/blob/main/docs/adr/0009-admission-policies-in-cel-once.md',
  ],
  types: FETCHING_TYPES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${TENANT_SOURCE.replace('manifests/team-a', 'manifests/team-b')}`,
  good: `# with: tenant team-a\n${TENANT_SOURCE}`,
  *examine({ manifest }, cluster) {
    const { namespace } = manifest.metadata;
    const annotations = annotationsOf(namespace, cluster);
    const fetched = fetchedPlace(manifest);
    if (!fetched || !annotations || !hasLists(annotations)) {
      return;
    }
    const { type, place } = fetched;
    const key = allowedAnnotation(type);
    if (!isListed(fetched, annotations) && !isOpaque(place) && !isOpaque(annotations[key])) {
      yield {
        message: `fetches from '${String(place)}', which annotation '${key}' of namespace '${namespace}' must list: ${
          annotations[key] ? `it lists ${annotations[key]}` : 'it lists nothing'
        }`,
        pointer: '/spec',
      };
    }
  },
};

/** What the platform says of a tenant's namespace, whatever a tenant applies. */
function annotationsOf(name: unknown, cluster: ClusterView): Record<string, unknown> | undefined {
  if (cluster.tenants.ownerOf(name) === undefined) {
    return undefined;
  }
  const namespace = cluster.find('/Namespace', '', name);
  const known = namespace && cluster.twinsOf(namespace.manifest);
  const platforms = known?.find((one) => isAppliedByPlatform(one, cluster));
  return platforms && mapAt(platforms.manifest, 'metadata', 'annotations');
}
