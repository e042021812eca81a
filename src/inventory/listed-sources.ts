import { allowedAnnotation, SourceType } from '../vocabulary/tenant-annotations';

export { fleetPathOf } from './manifest-object';

/** Where a tenant may fetch from, as the annotations of one of its namespaces have it. */
export function listedSources(annotations: any, type: SourceType): string[] {
  const list = annotations?.[allowedAnnotation(type)];
  return typeof list === 'string' ? list.split(' ') : [];
}
