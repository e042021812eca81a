import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { IFleetRepo } from '../vocabulary/fleet-ports';
import { placementOf } from '../vocabulary/placement';
import { ICluster } from '../vocabulary/ports';

/** The controllers beyond those that the kinds of `objects` need. */
export function extraComponents(objects: Iterable<ApiObject>): string[] {
  const groups = new Set([...objects].map((object) => object.apiGroup));
  return [
    ...(groups.has('image.toolkit.fluxcd.io')
      ? ['image-reflector-controller', 'image-automation-controller']
      : []),
    ...(groups.has('source.extensions.fluxcd.io') ? ['source-watcher'] : []),
  ];
}

/** The objects that a cluster applies, from its fleet and from the repositories of its tenants. */
export function* objectsOn(cluster: ICluster, fleet: IFleetRepo): Generator<ApiObject> {
  yield* objectsBelow(fleet, cluster.clusterName);
  for (const scope of fleet.node.root.node.findAll()) {
    if (placementOf(scope)?.fleet === fleet.node.path) {
      yield* objectsBelow(scope, cluster.clusterName);
    }
  }
}

function* objectsBelow(
  scope: IConstruct,
  cluster: string,
  clusters: readonly string[] = [],
): Generator<ApiObject> {
  const here = placementOf(scope)?.clusters ?? clusters;
  if (ApiObject.isApiObject(scope) && here.includes(cluster)) {
    yield scope;
  }
  for (const child of scope.node.children) {
    yield* objectsBelow(child, cluster, here);
  }
}
