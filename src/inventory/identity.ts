import { apiGroupOf, isClusterScoped } from '../vocabulary/cluster-scoped-kinds';

/** What tells an object from all others of a cluster: group, kind, namespace and name. */
export function identityOf({ apiVersion, kind, metadata }: any): string {
  const [version, type] = [String(apiVersion), String(kind)];
  const namespace = isClusterScoped(version, type) ? '' : (metadata?.namespace ?? '');
  return `${apiGroupOf(version)}/${type}/${namespace}/${metadata?.name ?? ''}`;
}
