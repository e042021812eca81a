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

/** A namespace of a tenant. */
interface TenantNamespace {
  /** Path of the repository of its fleet. */
  readonly fleet: string;
  readonly tenant: string;
  /** Path of what made it. */
  readonly owner: string;
  readonly name: string;
  readonly annotations: any;
}

/** All namespaces of tenants. */
export function tenantNamespaces(objects: readonly ManifestObject[]): TenantNamespace[] {
  return objects.flatMap(({ manifest, location }) => {
    const { tenancy, owner } = location;
    if (manifest.kind !== 'Namespace' || !tenancy) {
      return [];
    }
    const { name, annotations } = manifest.metadata;
    return [{ fleet: fleetPathOf(location), tenant: tenancy.tenant, owner, name, annotations }];
  });
}

/** The annotations of the namespaces of tenants, by what `homeOf` says of the objects in them. */
export function namespaceAnnotations(objects: readonly ManifestObject[]): ReadonlyMap<string, any> {
  return new Map(
    tenantNamespaces(objects).map(({ fleet, tenant, name, annotations }) => [
      `${fleet} ${tenant} ${name}`,
      annotations,
    ]),
  );
}

/** Which of them is that of a tenant's object. */
export function homeOf({ manifest, location }: ManifestObject): string {
  return `${fleetPathOf(location)} ${location.tenancy!.tenant} ${manifest.metadata.namespace}`;
}
