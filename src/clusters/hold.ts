import { isMap } from '../vocabulary/is-map';
import { AppliedObject, Hold } from './applied-object';

/** What Flux passes over, by keys of labels and annotations; of values, the case does not count. */
const PASSED_OVER: readonly (readonly [string, string])[] = [
  ['kustomize.toolkit.fluxcd.io/reconcile', 'disabled'],
  ['kustomize.toolkit.fluxcd.io/ssa', 'ignore'],
];

/** Why an object holds itself; undefined where it does not. */
export function ownHold({ metadata }: any): Hold | undefined {
  for (const field of ['annotations', 'labels']) {
    const texts = isMap(metadata[field]) ? metadata[field] : {};
    for (const [key, value] of PASSED_OVER) {
      const written = texts[key];
      if (typeof written === 'string' && written.toLowerCase() === value) {
        const pointer = `/metadata/${field}/${key.replace('/', '~1')}`;
        return { pointer, why: `has '${key}: ${written}'` };
      }
    }
  }
  return undefined;
}

/** Why a Flux Kustomization or a source holds all that it brings; undefined where it does not. */
export function holdBy(carrier: AppliedObject | undefined): Hold | undefined {
  if (!carrier) {
    return undefined;
  }
  const { held, manifest } = carrier;
  if (held) {
    return { by: carrier, ...held };
  }
  return manifest.spec?.suspend === true
    ? { by: carrier, pointer: '/spec/suspend', why: 'is suspended' }
    : undefined;
}
