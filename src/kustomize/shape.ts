import { pointerTo } from '../vocabulary/json-pointer';
import { setField } from '../vocabulary/plain-map';
import { isMap } from '../vocabulary/is-map';

/** What a field of a kustomization file may hold. */
export type Shape =
  | 'text'
  | 'flag'
  | 'number'
  | 'any'
  | { readonly listOf: Shape }
  | { readonly mapOf: Shape }
  | { readonly fields: { readonly [name: string]: Shape } };

/** How strictly a file is read. */
export interface Reading {
  /** Whether what is unknown is left out, and numbers become texts: Flux reads so what it builds. */
  readonly isLenient: boolean;
  readonly refuse: (message: string, pointer: string) => void;
}

/** What of `value` has that shape; the rest is refused and left out. A null says nothing. */
export function shaped(value: any, shape: Shape, reading: Reading, pointer = ''): any {
  if (value === null || value === undefined || shape === 'any') {
    return value ?? undefined;
  }
  if (typeof shape === 'string') {
    return scalar(value, shape, reading, pointer);
  }
  if ('listOf' in shape) {
    if (!Array.isArray(value)) {
      return refused('a list', value, reading, pointer);
    }
    // An item that is wrong keeps its place, so that pointers to the others stay true.
    return value.map((item, i) =>
      // What is missing from a list of texts is an empty one.
      item === null && shape.listOf === 'text'
        ? ''
        : shaped(item, shape.listOf, reading, `${pointer}/${i}`),
    );
  }
  if (!isMap(value)) {
    return refused('a map', value, reading, pointer);
  }
  const found: Record<string, any> = {};
  for (const [key, one] of Object.entries(value)) {
    const at = pointerTo(pointer, key);
    const name = 'mapOf' in shape ? key : nameOf(shape.fields, key);
    if (name === undefined) {
      if (!reading.isLenient) {
        reading.refuse(`kustomize knows no field '${key}' here`, at);
      }
      continue;
    }
    const read = shaped(one, 'mapOf' in shape ? shape.mapOf : shape.fields[name], reading, at);
    if (read !== undefined) {
      setField(found, name, read);
    }
  }
  return found;
}

/** The name of a field, which may be written in capitals, too. */
function nameOf(fields: { readonly [name: string]: Shape }, key: string): string | undefined {
  return Object.hasOwn(fields, key)
    ? key
    : Object.keys(fields).find((name) => name.toLowerCase() === key.toLowerCase());
}

function scalar(value: any, shape: string, reading: Reading, pointer: string): any {
  switch (shape) {
    case 'text':
      if (typeof value === 'string') {
        return value;
      }
      return reading.isLenient && typeof value !== 'object'
        ? String(value)
        : refused('a text in quotes', value, reading, pointer);
    case 'flag':
      return typeof value === 'boolean' ? value : refused('true or false', value, reading, pointer);
    default:
      return Number.isInteger(value) ? value : refused('a whole number', value, reading, pointer);
  }
}

function refused(what: string, value: any, { refuse }: Reading, pointer: string): undefined {
  refuse(`${pointer} must be ${what}, got ${JSON.stringify(value).slice(0, 200)}`, pointer);
  return undefined;
}
