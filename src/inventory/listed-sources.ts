import { allowedAnnotation, SourceType } from '../vocabulary/tenant-annotations';
import { fleetPathOf, ManifestObject } from './manifest-object';

/** Where a tenant may fetch from, or what it may claim, as the annotations of one of its namespaces have it. */
export function listedSources(annotations: any, type: SourceType): string[] {
  const list = annotations?.[allowedAnnotation(type)];
  return typeof list === 'string' ? list.split(' ').filter((place) => place !== '') : [];
}

/** Whether who may fetch from `place` may fetch from `other`, too. */
export function isAtOrAbove(place: string, other: string): boolean {
  return place === other || other.startsWith(`${place}/`);
}

/** The annotations of the namespaces of tenants, by what `homeOf` says of the objects in them. */
export function namespaceAnnotations(objects: readonly ManifestObject[]): ReadonlyMap<string, any> {
  const namespaces = new Map<string, any>();
  for (const { manifest, location } of objects) {
    if (manifest.kind === 'Namespace' && location.tenancy) {
      const { name, annotations } = manifest.metadata;
      namespaces.set(`${fleetPathOf(location)} ${location.tenancy.tenant} ${name}`, annotations);
    }
  }
  return namespaces;
}

/** Which of them is that of a tenant's object. */
export function homeOf({ manifest, location }: ManifestObject): string {
  return `${fleetPathOf(location)} ${location.tenancy!.tenant} ${manifest.metadata.namespace}`;
}
