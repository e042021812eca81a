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
  const first = cluster.once(firstOfTwins).get(identityOf(object.manifest));
  return first && first.sync !== object.sync && isFoughtOver(object) ? first : undefined;
}

/** The first of the objects that are the same one, of those that are more than one. */
function firstOfTwins(cluster: ClusterView): ReadonlyMap<string, AppliedObject> {
  const [once, twice] = [new Map<string, AppliedObject>(), new Map<string, AppliedObject>()];
  for (const object of cluster.objects.filter(isFoughtOver)) {
    const identity = identityOf(object.manifest);
    const first = once.get(identity);
    if (first && !isOpaque(identity)) {
      twice.set(identity, first);
    } else {
      once.set(identity, object);
    }
  }
  return twice;
}

/** What applies an object, in words. */
export function applierOf({ sync }: AppliedObject): string {
  const { namespace, name } = sync?.manifest.metadata ?? {};
  return sync
    ? `Kustomization '${name}' in namespace '${namespace}'`
    : "the Kustomization of the cluster's root";
}

/** Whether Flux makes it what is written, and deletes it when that is gone. */
function isFoughtOver({ manifest, sync }: AppliedObject): boolean {
  const said = {
    ...mapAt(manifest, 'metadata', 'labels'),
    ...mapAt(manifest, 'metadata', 'annotations'),
  };
  const isShared =
    ['IfNotPresent', 'Ignore', 'Merge'].includes(said['kustomize.toolkit.fluxcd.io/ssa']) ||
    said['kustomize.toolkit.fluxcd.io/reconcile'] === 'disabled' ||
    // Nothing of a Namespace but its labels is ever written.
    (manifest.kind === 'Namespace' && said['kustomize.toolkit.fluxcd.io/prune'] === 'disabled');
  return !isShared && !isSuspended(sync?.manifest);
}
