import { ClusterView } from '../clusters/cluster-view';
import { mapAt, textAt } from './manifest-fields';

/** What can be told of a Secret without its values, which may be encrypted. */
export interface SecretShape {
  /** Nobody can change it once the Secret is there. */
  readonly type: string;
  /** Undefined where something else fills the Secret. */
  readonly keys?: readonly string[];
}

/** The shape of a Secret that a cluster gets; undefined where something else makes it. */
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
  return {
    type: textAt(manifest, 'type') ?? 'Opaque',
    ...(keys.length > 0 && { keys }),
  };
}
