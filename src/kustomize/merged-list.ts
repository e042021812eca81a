import { fieldOf, textOf } from './values';
import { setField } from '../vocabulary/plain-map';
import { isMap } from '../vocabulary/is-map';

/** What a patch makes of one item; either may be undefined. */
type MergeItem = (into: any, patch: any) => any;

/**
 * What a patch makes of a list whose items are told apart by `keys`, or by themselves where there are none. New items come
 * first. It follows kustomize step by step, also where that loses items: those that miss a key, above all.
 */
export function mergedList(
  before: any,
  patch: any,
  keys: readonly string[],
  mergeItem: MergeItem,
): any {
  let into = before ?? patch;
  if (before !== undefined && before !== null) {
    if (patch === null) {
      return undefined;
    }
    const directive = patch === undefined ? 'merge' : takenDirective(patch);
    if (directive === 'delete') {
      return undefined;
    }
    into = directive === 'replace' ? patch : before;
  }
  const all = [...(patch ?? []), ...into];
  const found =
    keys.length > 0
      ? all.map((item) => keys.map((key) => keyText(item, key)))
      : all.map((item) => [textOf(item)]);
  return mergedItems(into, patch, keys.length > 0 ? keys : [''], distinct(found), mergeItem);
}

function mergedItems(
  into: any[],
  patch: any[] | undefined,
  keys: readonly string[],
  found: string[][],
  mergeItem: MergeItem,
): any[] {
  const items: any[] = [];
  let used: readonly string[] = keys;
  if (keys.length > 1) {
    joinPartial(found);
  }
  for (const each of found) {
    const [by, values] = present(found, each, keys);
    used = by;
    const [those, theirs] = present([values], values, by);
    const value = mergeItem(
      elementOf(into, those, theirs),
      patch && elementOf(patch, those, theirs),
    );
    if (isNothing(value)) {
      by.forEach(() => setElement(into, undefined, by, values));
      continue;
    }
    by.forEach((key, i) => {
      if (isMap(value) && !Object.hasOwn(value, key) && values[i] !== '') {
        setField(value, key, /^-?\d+$/.test(values[i]) ? Number(values[i]) : values[i]);
      }
    });
    setElement(items, value, by, values);
  }
  return found.length > 0 ? appended(items, into, used) : into;
}

/** `list` with those of `others` that it does not have. */
function appended(list: any[], others: any[], keys: readonly string[]): any[] {
  for (const one of [...others]) {
    if (keys[0] === '') {
      setElement(list, one, [''], [textOf(one)]);
      continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      const value = fieldOf(one, key);
      if (value === undefined) {
        list.push(one);
      } else {
        values.push(textOf(value));
      }
    }
    if (keys.length > 1) {
      setElement(list, undefined, keys, values);
    }
    setElement(list, one, keys, values);
  }
  return list;
}

/** Puts `element` where the values of `keys` are these, at the end where they are nowhere; takes them out without one. */
function setElement(
  list: any[],
  element: any,
  keys: readonly string[],
  values: readonly string[],
): void {
  const isOfMaps = keys[0] !== '' && values.length > 0 && values[0] !== '';
  const kept: any[] = [];
  let isFound = false;
  for (const one of list) {
    if (isNothing(one)) {
      continue;
    }
    if (!isMap(one) && isOfMaps) {
      kept.push(one);
    } else if (
      values.length === 0 ||
      !keys.every((key, i) => i >= values.length || matches(one, key, values[i]))
    ) {
      if (values.length > 0) {
        kept.push(one);
      }
    } else {
      isFound = true;
      if (element !== undefined) {
        kept.push(element);
      }
    }
  }
  list.splice(0, list.length, ...kept);
  if (!isFound && element !== undefined && element !== null) {
    list.push(element);
  }
}

function matches(one: any, key: string, value: string): boolean {
  if (key === '') {
    return textOf(one) === value;
  }
  const field = fieldOf(one, key);
  return field !== undefined && (value === '' || textOf(field) === value);
}

function elementOf(list: any[], keys: readonly string[], values: readonly string[]): any {
  if (!keys[0]) {
    return list.find((one) => textOf(one) === values[0]);
  }
  return list.find(
    (one) =>
      isMap(one) &&
      keys.every((key, i) => Object.hasOwn(one, key) && textOf(one[key]) === values[i]),
  );
}

/** What `$patch` says of the whole list: an item that holds nothing else, and is taken out. */
function takenDirective(patch: any[]): string {
  const item = patch.find((one) => isMap(one) && Object.hasOwn(one, '$patch'));
  if (!item || Object.keys(item).length > 1) {
    return 'merge';
  }
  const directive = textOf(item.$patch);
  if (!['delete', 'replace', 'merge'].includes(directive)) {
    throw new Error(`$patch must be delete, replace or merge, got '${directive}'`);
  }
  setElement(patch, undefined, ['$patch'], [directive]);
  return directive;
}

/** Those of `keys` that any of `found` has a value for, and the values of one; all where there is none. */
function present(
  found: readonly (readonly string[])[],
  values: readonly string[],
  keys: readonly string[],
): [readonly string[], readonly string[]] {
  const used = keys.map((_, i) => found.some((one) => (one[i] ?? '') !== ''));
  return used.includes(true)
    ? [keys.filter((_, i) => used[i]), values.filter((value, i) => value !== '' || used[i])]
    : [keys, values];
}

/** Takes items for the same that differ only in that one lacks a key: a port without its protocol. */
function joinPartial(found: string[][]): void {
  for (let i = 0; i < found.length; i++) {
    const one = found[i];
    for (let j = 0; j < found.length; j++) {
      const other = found[j];
      const isSame = one.some((value, k) => value === other[k]);
      if (isSame && one.every((value, k) => value === other[k] || !value || !other[k])) {
        found[i] = found[j] = one.map((value, k) => value || other[k]);
      }
    }
  }
}

function distinct(values: string[][]): string[][] {
  const byText = new Map(values.map((one) => [one.join('\n'), one]));
  return [...byText.values()];
}

function keyText(item: any, key: string): string {
  return textOf(fieldOf(item, key) ?? undefined);
}

function isNothing(value: any): boolean {
  return (
    value === undefined ||
    value === null ||
    typeof value === 'symbol' ||
    (isMap(value) && Object.keys(value).length === 0)
  );
}
