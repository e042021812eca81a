import { AppliedObject } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';

/** Whether the platform applies an object: what a tenant applies says nothing of the cluster. */
export function isAppliedByPlatform(object: AppliedObject, view: ClusterView): boolean {
  const { sync } = object;
  return (
    sync === undefined ||
    (view.tenantOf(sync) === undefined && view.applierOf(object) === undefined)
  );
}

/** Whether an object is the platform's own: applied by it, and not into the namespace of a tenant. */
export function isOfPlatform(object: AppliedObject, view: ClusterView): boolean {
  return view.tenantOf(object) === undefined && isAppliedByPlatform(object, view);
}
