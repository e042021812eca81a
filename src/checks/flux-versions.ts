import { FIELD_SCHEMAS } from '../imports/field-schemas';

/** The one version of each Flux kind that Flux 2.9 serves, by `group/Kind`. */
export const FLUX_VERSIONS: ReadonlyMap<string, string> = new Map(
  Object.keys(FIELD_SCHEMAS)
    .map((key) => key.split('/'))
    .filter(([group]) => group.endsWith('.fluxcd.io'))
    .map(([group, version, kind]) => [`${group}/${kind}`, version]),
);
