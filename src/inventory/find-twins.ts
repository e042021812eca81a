import { isClusterScoped } from '../vocabulary/cluster-scoped-kinds';
import { identityOf } from './identity';
import { clusterNameOf, ManifestObject } from './manifest-object';

/** An error for every object that one cluster would get from two constructs. */
export function findTwins(objects: readonly ManifestObject[]): string[] {
  const errors: string[] = [];
  const seen = new Map<string, ManifestObject[]>();
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object.manifest;
    const namespace = isClusterScoped(apiVersion, kind) ? undefined : metadata.namespace;
    const key = identityOf(object.manifest);
    const others = seen.get(key);
    if (!others) {
      seen.set(key, [object]);
      continue;
    }
    for (const other of others) {
      const cluster = sharedCluster(object, other);
      if (cluster !== undefined) {
        errors.push(
          `[${object.constructPath}] both '${other.constructPath}' and '${object.constructPath}' write ` +
            `${kind} '${metadata.name}'${namespace ? ` in namespace '${namespace}'` : ''} ` +
            `to cluster '${clusterNameOf(cluster)}'; rename one of them`,
        );
      }
    }
    others.push(object);
  }
  return errors;
}

function sharedCluster(one: ManifestObject, other: ManifestObject): string | undefined {
  return one.location.clusters.find((cluster) => other.location.clusters.includes(cluster));
}
