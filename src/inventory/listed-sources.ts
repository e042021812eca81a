import { allowedAnnotation, SourceType } from '../vocabulary/tenant-annotations';
import { Location } from './manifest-object';

/** Where a tenant may fetch from, as the annotations of one of its namespaces have it. */
export function listedSources(annotations: any, type: SourceType): string[] {
  const list = annotations?.[allowedAnnotation(type)];
  return typeof list === 'string' ? list.split(' ') : [];
}

/** Path of the fleet whose clusters apply what is at `location`; whose names mean nothing in another. */
export function fleetPathOf({ clusters: [cluster] }: Location): string {
  return cluster.slice(0, cluster.lastIndexOf('/'));
}
