import { AppliedObject, isOpaque } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { identityOf } from '../inventory/identity';
import { mapAt } from './manifest-fields';
import { isSuspended } from './references';

/** What applies the same object before `object`; undefined where nothing does, or both may. */
export function earlierApplied(
  object: AppliedObject,
  cluster: ClusterView,
): AppliedObject | undefined {
  const firsts = cluster.once(firstOfTwins);
  // Most clusters have nothing twice, and nearly every object asks.
  const first = firsts.size > 0 ? firsts.get(identityOf(object.manifest)) : undefined;
  return first && first.sync !== object.sync && isFoughtOver(object) ? first : undefined;
}

/** The first of the objects that are the same one, of those that are more than one. */
function firstOfTwins(cluster: ClusterView): ReadonlyMap<string, AppliedObject> {
  const firsts = new Map<string, AppliedObject>();
  for (const twins of cluster.twins) {
    const identity = identityOf(twins[0].manifest);
    const [first, second] = twins.filter(isFoughtOver);
    if (second && !isOpaque(identity)) {
      firsts.set(identity, first);
    }
  }
  return firsts;
}

/** What applies an object, in words. */
export function applierOf({ sync }: AppliedObject): string {
  const { namespace, name } = sync?.manifest.metadata ?? {};
  return sync
    ? `Kustomization '${name}' in namespace '${namespace}'`
    : "the Kustomization of the cluster's root";
}

/** How Flux applies what it leaves to others in part. */
const SHARING = new Set<unknown>(['IfNotPresent', 'Ignore', 'Merge']);

/** Whether Flux makes it what is written, and deletes it when that is gone. */
function isFoughtOver({ manifest, sync }: AppliedObject): boolean {
  const labels = mapAt(manifest, 'metadata', 'labels');
  const annotations = mapAt(manifest, 'metadata', 'annotations');
  const said = (name: string): unknown =>
    annotations[`kustomize.toolkit.fluxcd.io/${name}`] ??
    labels[`kustomize.toolkit.fluxcd.io/${name}`];
  const isShared =
    SHARING.has(said('ssa')) ||
    said('reconcile') === 'disabled' ||
    // Nothing of a Namespace but its labels is ever written.
    (manifest.kind === 'Namespace' && said('prune') === 'disabled');
  return !isShared && !isSuspended(sync?.manifest);
}
