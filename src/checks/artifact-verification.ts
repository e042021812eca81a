import { Field, pointerOf, valueAt } from './manifest-fields';
import { isMap } from '../vocabulary/is-map';

/** The kinds whose artifacts Flux verifies by what signed them. */
export const VERIFYING_TYPES = [
  'helm.toolkit.fluxcd.io/HelmRelease',
  'source.toolkit.fluxcd.io/HelmChart',
  'source.toolkit.fluxcd.io/OCIRepository',
];

/** How an object says that its artifact is to be verified; undefined where it does not. */
export function artifactVerification(manifest: any): Field<Record<string, any>> | undefined {
  const keys =
    manifest.kind === 'HelmRelease' ? ['spec', 'chart', 'spec', 'verify'] : ['spec', 'verify'];
  const value = valueAt(manifest, ...keys);
  return isMap(value) ? { value, pointer: pointerOf(...keys) } : undefined;
}
