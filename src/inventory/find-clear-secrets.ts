import { ManifestObject } from './manifest-object';
import { formsOf } from './patched-manifest';

/** An error for every Secret whose data would lie in Git in clear, as written or as an environment patches it. */
export function findClearSecrets(objects: readonly ManifestObject[]): string[] {
  return objects
    .filter((object) => object.manifest.kind === 'Secret' && formsOf(object).some(holdsData))
    .map(
      ({ constructPath, manifest }) =>
        `[${constructPath}] Secret '${manifest.metadata.name}' must not hold data, which would lie in Git in clear; ` +
        'let something else create it (SecretRef.named), or keep it encrypted with SOPS (Tenant.includeFile)',
    );
}

function holdsData({ apiVersion, data, stringData }: any): boolean {
  return apiVersion === 'v1' && Object.keys({ ...data, ...stringData }).length > 0;
}
