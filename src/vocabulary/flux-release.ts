import { quoted } from './quoted';

/** A minor release of Flux that the lockdown is known for. */
export type FluxRelease = '2.9';

/** The one that this library writes for. */
export const FLUX_RELEASE: FluxRelease = '2.9';

/** Returns `version` when it is that release, or a patch release of it; throws otherwise. */
export function requireFluxVersion(version: string): string {
  const [major, minor, patch, ...more] = String(version).split('.');
  const isKnown = `${major}.${minor}` === FLUX_RELEASE && more.length === 0;
  if (!isKnown || !/^(?:x|0|[1-9][0-9]{0,3})$/.test(patch ?? '')) {
    throw new Error(
      `version must be '${FLUX_RELEASE}.x' or a release such as '${FLUX_RELEASE}.4', for which the lockdown is known, ` +
        `got ${quoted(version)}`,
    );
  }
  return version;
}
