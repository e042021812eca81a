import { goRegex } from '../vocabulary/go-regex';
import { pathParts } from './field-spec';
import { fieldOf, textOf } from './values';
import { setField } from '../vocabulary/plain-map';
import { isMap } from '../vocabulary/is-map';

/** A value that a path leads to, which can be replaced. */
export interface Place {
  readonly value: any;
  set(value: any): void;
}

/** The path leads into a text, which kustomize would take apart. */
export class LeadsIntoText extends Error {}

/** The parts of a path such as `spec.containers.[name=a.b].image`; what is in brackets stays whole. */
export function fieldPathParts(path: string): string[] {
  const parts: string[] = [];
  const split = pathParts(path, '.');
  for (let i = 0; i < split.length; i++) {
    if (!split[i].startsWith('[') || split[i].endsWith(']')) {
      parts.push(split[i]);
      continue;
    }
    let whole = split[i];
    while (i < split.length - 1) {
      whole += `.${split[++i]}`;
      if (split[i].endsWith(']')) {
        break;
      }
    }
    parts.push(whole.includes('=') ? whole : whole.replace(/^[[\]]+|[[\]]+$/g, ''));
  }
  return parts;
}

/** The one value that a path leads to; undefined where it leads nowhere. */
export function valueAt(manifest: any, parts: readonly string[]): any {
  return parts
    .map((part) => part.trim())
    .filter(Boolean)
    .reduce((value, part) => {
      if (value === undefined || value === null) {
        return undefined;
      }
      if (/^\d+$/.test(part) || part === '-') {
        requireList(value, part);
        return part === '-' ? value[value.length - 1] : value[Number(part)];
      }
      const item = itemPart(part);
      if (item) {
        requireList(value, part);
        return (value as any[]).find((one) =>
          item.field === ''
            ? textOf(one) === item.value
            : isMap(one) && textOf(fieldOf(one, item.field)) === item.value,
        );
      }
      if (!isMap(value)) {
        throw new Error(`'${part}' is looked for in ${JSON.stringify(value)}`);
      }
      return fieldOf(value, part);
    }, manifest);
}

/**
 * All places that a path leads to, of a manifest that may be changed.
 *
 * @param made what a missing one is made as; undefined where it is not
 */
export function placesAt(manifest: any, parts: readonly string[], made: unknown): Place[] {
  const [part, ...others] = parts;
  if (part === undefined) {
    throw new Error('a field path must not be empty');
  }
  if (/^\d+$/.test(part)) {
    return placesOfIndex(manifest, Number(part), others, made);
  }
  const item = itemPart(part);
  if (item) {
    return placesOfItems(manifest, item, others, made);
  }
  if (part === '*') {
    requireList(manifest, part);
    return (manifest as any[]).flatMap((_, i) => below(manifest, i, others, made));
  }
  if (!isMap(manifest)) {
    throw new Error(`'${part}' is looked for in ${JSON.stringify(manifest)}`);
  }
  if (!Object.hasOwn(manifest, part)) {
    if (made === undefined) {
      return [];
    }
    setField(manifest, part, empty(others, made));
  }
  return below(manifest, part, others, made);
}

function below(parent: any, key: any, others: readonly string[], made: unknown): Place[] {
  if (others.length === 0) {
    return [
      {
        get value() {
          return parent[key];
        },
        set: (value) => setField(parent, key, value),
      },
    ];
  }
  const value = parent[key];
  if (value === null || value === undefined) {
    return [];
  }
  if (typeof value !== 'object') {
    throw new LeadsIntoText(`'${others.join('.')}' is looked for in the text of '${key}'`);
  }
  return placesAt(value, others, made);
}

function placesOfIndex(list: any, index: number, others: string[], made: unknown): Place[] {
  requireList(list, String(index));
  if (index === list.length && made !== undefined) {
    list.push(empty(others, made));
  }
  if (index >= list.length) {
    throw new Error(`there is no item ${index} in a list of ${list.length}`);
  }
  return below(list, index, others, made);
}

function placesOfItems(
  list: any,
  { field, value }: { readonly field: string; readonly value: string },
  others: string[],
  made: unknown,
): Place[] {
  requireList(list, field);
  const regex = goRegex('value in a field path', value);
  const found = (list as any[]).flatMap((one, i) => {
    const text = field === '' ? one : fieldOf(one, field);
    return text !== undefined && regex.matcher(textOf(text)).find()
      ? below(list, i, field === '' ? [] : others, made)
      : [];
  });
  if (found.length > 0 || made === undefined) {
    return found;
  }
  list.push(field === '' ? value : { [field]: value });
  return below(list, list.length - 1, field === '' ? [] : others, made);
}

/** What `[name=value]` asks for. */
function itemPart(part: string): { field: string; value: string } | undefined {
  if (!part.startsWith('[') || !part.endsWith(']')) {
    return undefined;
  }
  const [, field, value] = /^\[([^=]*)=(.*)\]$/s.exec(part) ?? [];
  if (field === undefined) {
    throw new Error(`'${part}' of a field path must be such as [name=value]`);
  }
  return { field, value };
}

function empty(others: readonly string[], made: unknown): unknown {
  if (others.length === 0) {
    return Array.isArray(made) ? [] : isMap(made) ? {} : '';
  }
  return /^\d+$|^\[.*\]$/s.test(others[0]) ? [] : {};
}

function requireList(value: any, part: string): void {
  if (!Array.isArray(value)) {
    throw new Error(`'${part}' is looked for in ${JSON.stringify(value)}, which is no list`);
  }
}
