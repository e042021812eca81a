import { isOpaque } from '../../clusters/applied-object';
import { isMap } from '../../vocabulary/is-map';
import { ObjectCheck } from '../check';
import { itemsAt, mapAt, textAt } from '../manifest-fields';
import { RELEASE } from '../release-example';

export const helmValuesTarget: ObjectCheck = {
  id: 'helm-values-target',
  severity: 'error',
  profile: 'recommended',
  summary: 'spec.values of a HelmRelease must leave out what a targetPath takes',
  why: "By Flux's documentation the value of a targetPath wins. But helm-controller merges spec.values once more at the end, so that at the top level, or beside another reference with values of the same map, spec.values win: a placeholder in the place of a password, and nobody is told.",
  remedy: 'remove the value from spec.values, or the reference from spec.valuesFrom',
  links: [
    'https://fluxcd.io/flux/components/helm/helmreleases/#values-references',
    'https://github.com/fluxcd/pkg/blob/main/chartutil/values.go',
  ],
  types: ['helm.toolkit.fluxcd.io/HelmRelease'],
  needs: 'object',
  bad: example('password'),
  good: example('user'),
  *examine({ manifest }) {
    const values = mapAt(manifest, 'spec', 'values');
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'valuesFrom')) {
      const path = textAt(value, 'targetPath') ?? '';
      const keys = isOpaque(path) ? [] : keysOf(path);
      const depth = depthOfValue(values, keys);
      if (depth !== undefined && depth > 0) {
        const what = `must not take '${path}' from ${value.kind} '${value.name}', because spec.values`;
        const wanted = typeof keys[depth] === 'number' ? 'list' : 'map';
        yield {
          message:
            depth === keys.length
              ? `${what} set it, too, and either may win`
              : `${what} have something else than a ${wanted} at '${keys.slice(0, depth).join('.')}'`,
          pointer: `${pointer}/targetPath`,
        };
      }
    }
  },
};

/** The keys of a path as Helm reads it; numbers are of lists. */
function keysOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[([0-9]+)\]|(?:\\.|[^.[\]\\])+/g)].map(([key, index]) =>
    index === undefined ? key.replace(/\\(.)/g, '$1') : Number(index),
  );
}

/**
 * How many of the keys lead to a value that is all there is: the last, or one that has no keys of the next one's kind. Undefined
 * where a value could be added.
 */
function depthOfValue(values: unknown, keys: readonly (string | number)[]): number | undefined {
  let at: any = values;
  for (const [depth, key] of keys.entries()) {
    if (typeof key === 'number' ? !Array.isArray(at) : !isMap(at)) {
      return depth;
    }
    if (!Object.hasOwn(at, key)) {
      return undefined;
    }
    at = at[key];
  }
  return keys.length;
}

function example(key: string): string {
  const values = `valuesFrom:
    - kind: Secret
      name: podinfo-auth
      targetPath: auth.password
      valuesKey: password
  values:
    auth:
      ${key}: changeme
`;
  return RELEASE.replace('\n---', `\n  ${values}---`);
}
