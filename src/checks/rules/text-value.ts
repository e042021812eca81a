import { typeOf } from '../../clusters/applied-object';
import { pointerTo } from '../../vocabulary/json-pointer';
import { ObjectCheck } from '../check';
import { configMap } from '../example-parts';
import { mapAt, pointerOf } from '../manifest-fields';

/** Maps of texts, besides labels and annotations. */
const FIELDS: Record<string, readonly (readonly string[])[]> = {
  '/ConfigMap': [['data'], ['binaryData']],
  '/Secret': [['data'], ['stringData']],
  'kustomize.toolkit.fluxcd.io/Kustomization': [['spec', 'postBuild', 'substitute']],
};

const OF_ALL = [
  ['metadata', 'annotations'],
  ['metadata', 'labels'],
];

export const textValue: ObjectCheck = {
  id: 'text-value',
  severity: 'error',
  profile: 'recommended',
  summary: 'variables, labels, annotations and what a ConfigMap or Secret holds must be texts',
  why: 'The API server refuses numbers and booleans in their place, and with them all that the Kustomization applies. Substitution makes them, too: Flux drops quotes that only the variable seemed to need, and reads again what comes out.',
  remedy:
    "put the value in quotes; around a variable write them with a variable of their own: quote: '\"' and ${quote}${port}${quote}",
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-substitution-of-numbers-and-booleans',
  ],
  types: ['*'],
  needs: 'cluster',
  bad: settings('8080'),
  good: settings('"8080"'),
  *examine({ manifest }) {
    for (const keys of [...OF_ALL, ...(FIELDS[typeOf(manifest)] ?? [])]) {
      for (const [name, value] of Object.entries(mapAt(manifest, ...keys))) {
        if (typeof value !== 'string' && value !== null) {
          // Whoever reads a report need not know what a Secret holds.
          const got = manifest.kind === 'Secret' ? `a ${typeof value}` : JSON.stringify(value);
          yield {
            message: `must have texts in ${keys.join('.')}, got ${got} for '${name}': put it in quotes`,
            pointer: pointerTo(pointerOf(...keys), name),
          };
        }
      }
    }
  },
};

/** Whether a field of objects of a type lies in a map of texts that the check looks at. */
export function isTextByName(type: string, pointer: string): boolean {
  return (FIELDS[type] ?? []).some((keys) => pointer.startsWith(`${pointerOf(...keys)}/`));
}

function settings(port: string): string {
  return configMap('settings', 'apps', `port: ${port}`);
}
