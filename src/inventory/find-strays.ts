import { apiGroupOf, isClusterScoped } from '../vocabulary/cluster-scoped-kinds';
import { pointerTo } from '../vocabulary/json-pointer';
import { isSameJson } from '../vocabulary/same-json';
import { fluxStrays } from './flux-strays';
import { isList, shown } from './malformed';
import { ManifestObject } from './manifest-object';
import { patchedManifest } from './patched-manifest';

const LONGEST = 200;
const IDENTITY = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'];

/**
 * An error for every object that would take a tenant out of its bounds: as it is written, and as each environment
 * patches it. What a tenant's construct tree looks like does not matter. The roles of tenants, which lie in a component of
 * the platform, are such objects, too.
 */
export function findStrays(objects: readonly ManifestObject[]): string[] {
  const errors: string[] = [];
  for (const object of objects) {
    const strays = straysOf(object.manifest, object);
    errors.push(...strays.map((stray) => `[${object.constructPath}] ${stray}`));
    errors.push(...patchedStrays(object, strays));
  }
  return errors;
}

/** What an environment's patches make worse. */
function patchedStrays(object: ManifestObject, known: readonly string[]): string[] {
  const { manifest, patches, constructPath } = object;
  const errors: string[] = [];
  for (const { environment, operations } of patches) {
    let patched: any;
    try {
      patched = patchedManifest(manifest, operations);
    } catch {
      continue; // the layout tells why
    }
    const moved = IDENTITY.filter((field) => !isSameJson(at(patched, field), at(manifest, field)));
    const strays =
      moved.length > 0
        ? moved.map(
            (field) =>
              `${field} must stay ${shown(at(manifest, field))}, got ${shown(at(patched, field))}`,
          )
        : straysOf(patched, object).filter((stray) => !known.includes(stray));
    errors.push(
      ...strays.map(
        (stray) => `[${constructPath}] patch for environment '${environment}': ${stray}`,
      ),
    );
  }
  return errors;
}

/** What is wrong with `manifest`, which an environment makes of the object where it is not its own. */
function straysOf(manifest: any, { made, location }: ManifestObject): string[] {
  const { tenancy } = location;
  const { apiVersion, kind, metadata } = manifest;
  const what = `${kind} '${metadata.name}'`;
  if (made) {
    return differences(made, manifest, '').map((difference) => `${what} must keep ${difference}`);
  }
  if (!tenancy) {
    return [];
  }
  if (isList(manifest)) {
    return [`${what} is a list, whose items nobody would check; create an object for each`];
  }
  if (isClusterScoped(apiVersion, kind)) {
    return [`${what} is cluster-wide and can be no tenant's; create it inside a PlatformComponent`];
  }
  if (apiGroupOf(apiVersion) === 'rbac.authorization.k8s.io') {
    return [
      `${what} decides over rights, which a tenant has only by its own binding; create it inside a PlatformComponent`,
    ];
  }
  const { namespace } = metadata;
  const allowed = tenancy.only === undefined ? tenancy.namespaces : [tenancy.only];
  if (!allowed.includes(namespace)) {
    return [
      `${what} must be in a namespace of tenant '${tenancy.tenant}' (${allowed.join(', ')}), ` +
        `got '${namespace ?? 'none'}'`,
    ];
  }
  return fluxStrays(manifest, tenancy, location.clusters).map((stray) => `${what} ${stray}`);
}

/** Where `manifest` is not what the library made. Lists are compared as a whole. */
function differences(made: any, manifest: any, path: string): string[] {
  if (made === manifest) {
    return [];
  }
  if (typeof made !== 'object' || made === null || Array.isArray(made)) {
    return isSameJson(made, manifest)
      ? []
      : [`'${path}' as it was made (${brief(made)}), got ${brief(manifest)}`];
  }
  return Object.entries(made).flatMap(([key, value]) =>
    differences(value, manifest?.[key], pointerTo(path, key)),
  );
}

/** A value as an error tells it, cut where it is a list of many. */
function brief(value: unknown): string {
  const text = shown(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function at(manifest: any, field: string): unknown {
  return field.split('.').reduce((value, key) => value?.[key], manifest);
}
