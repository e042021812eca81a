import { ClusterView } from '../clusters/cluster-view';
import { mapAt, textAt } from './manifest-fields';

/** What can be told of a Secret without its values, which may be encrypted. */
export interface SecretShape {
  readonly type: string;
  readonly keys: readonly string[];
}

/** The shape of a Secret that a cluster gets; undefined where something else makes it, or fills it. */
export function secretShape(
  cluster: ClusterView,
  namespace: unknown,
  name: unknown,
): SecretShape | undefined {
  const manifest = cluster.find('/Secret', namespace, name)?.manifest;
  if (manifest === undefined || cluster.twinsOf(manifest).length > 1) {
    return undefined;
  }
  const keys = [
    ...Object.keys(mapAt(manifest, 'data')),
    ...Object.keys(mapAt(manifest, 'stringData')),
  ];
  return keys.length === 0 ? undefined : { type: textAt(manifest, 'type') ?? 'Opaque', keys };
}
