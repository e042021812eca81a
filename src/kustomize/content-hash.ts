import { createHash } from 'crypto';
import { fieldOf, textOf } from './values';
import { isMap } from '../vocabulary/is-map';

const LETTERS: { readonly [digit: string]: string } = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** What kustomize puts behind the name of a generated ConfigMap or Secret, so that a change of its content renames it. */
export function contentHash(manifest: any): string {
  const isSecret = manifest.kind === 'Secret';
  const more = isSecret ? 'stringData' : 'binaryData';
  const content = {
    data: fieldOf(manifest, 'data') ?? '',
    kind: manifest.kind,
    name: '',
    ...(isSecret && { type: textOf(fieldOf(manifest, 'type')) }),
    ...(isMap(fieldOf(manifest, more)) && { [more]: manifest[more] }),
  };
  const digest = createHash('sha256').update(goJson(content)).digest('hex');
  return digest.slice(0, 10).replace(/[013ae]/g, (digit) => LETTERS[digit]);
}

/** JSON as Go writes it: keys in the order of their bytes, and nothing that HTML would take for its own. */
function goJson(value: any): string {
  const text = JSON.stringify(value, (_, one) =>
    isMap(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => byBytes(a, b))) : one,
  );
  return text.replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
