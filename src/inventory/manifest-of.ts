import {
  ApiObject,
  App,
  ImplicitTokenResolver,
  IResolver,
  JsonPatch,
  Lazy,
  LazyResolver,
  NumberStringUnionResolver,
} from 'cdk8s';
import { plainMap, setField } from '../vocabulary/plain-map';

/** What `object.toJson()` returns: in one walk instead of four, unless there is anything to it that is out of the ordinary. */
export function manifestOf(object: ApiObject): any {
  if (object.toJson !== ApiObject.prototype.toJson) {
    return snapshotOf(object.toJson()); // which may be what the program goes on to change
  }
  return (isOrdinary(object) && inOneWalk(object)) || object.toJson();
}

function snapshotOf(value: any): any {
  if (Array.isArray(value)) {
    return value.map(snapshotOf);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return value;
  }
  const copied = plainMap();
  Object.keys(value).forEach((key) => setField(copied, key, snapshotOf(value[key])));
  return copied;
}

/** The resolvers that every App has. What they are for is done here, or left to them. */
const BUILT_IN = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/** Whether an App's resolvers are no others. */
const builtIn = new WeakMap<readonly IResolver[], boolean>();

function isOrdinary(object: ApiObject): boolean {
  if (process.env.CDK8S_DISABLE_SORT) {
    return false;
  }
  const { resolvers } = App.of(object);
  const known = builtIn.get(resolvers) ?? resolvers.every(isBuiltIn);
  builtIn.set(resolvers, known);
  return known;
}

function isBuiltIn(resolver: IResolver): boolean {
  return BUILT_IN.some((type) => resolver.constructor === type);
}

/** Thrown where a value is none of those that are written as they are. */
const STRANGE = new Error('left to cdk8s');

/** Undefined where there is something that only cdk8s knows how to write, or to refuse. */
function inOneWalk(object: ApiObject): any {
  // Of these, cdk8s makes the manifest; there is no other way to read them one by one.
  const { props, patches, metadata } = object as any;
  const { _additionalAttributes: further } = metadata ?? {};
  if (!isPlain(props) || !Array.isArray(patches) || !isPlain(further)) {
    return undefined;
  }
  try {
    const others = sortedKeys(props).filter((key) => !FIRST.includes(key));
    const written = plainMap();
    add(written, 'apiVersion', props.apiVersion, false);
    add(written, 'kind', props.kind, false);
    written.metadata = metadataOf(metadata, further);
    others.forEach((key) => add(written, key, props[key], false));
    return patches.length > 0 ? inOrder(JsonPatch.apply(written, ...patches)) : written;
  } catch {
    return undefined; // cdk8s fails at it, too, and says where
  }
}

/** What comes first in a manifest, whatever it was declared as. */
const FIRST = ['apiVersion', 'kind', 'metadata'];

function inOrder(patched: any): any {
  const manifest = plainMap();
  for (const key of [...FIRST, ...Object.keys(patched)]) {
    if (key in patched) {
      manifest[key] = patched[key];
    }
  }
  return manifest;
}

/** What cdk8s has fields for, in the order in which it is written. */
const METADATA = ['annotations', 'finalizers', 'labels', 'name', 'namespace', 'ownerReferences'];

/** @param further whatever else was declared, and what those fields were then */
function metadataOf(metadata: any, further: any): any {
  const others = Object.keys(further).filter((key) => !METADATA.includes(key));
  const keys = others.length > 0 ? [...METADATA, ...others].sort() : METADATA;
  const written = plainMap();
  keys.forEach((key) =>
    add(written, key, (METADATA.includes(key) ? metadata : further)[key], true),
  );
  return written;
}

/** @param isBare whether lists and maps that hold nothing are left out, as they are of metadata */
function map(value: any, isBare: boolean): any {
  const written = plainMap();
  for (const key of sortedKeys(value)) {
    add(written, key, value[key], isBare);
  }
  return written;
}

function add(written: any, key: string, value: any, isBare: boolean): void {
  const one = content(value, isBare);
  if (one !== undefined) {
    written[key] = one;
  }
}

function sortedKeys(value: any): string[] {
  const keys = Object.keys(value);
  const isSorted = keys.every((key, index) => index === 0 || keys[index - 1] < key);
  return isSorted ? keys : keys.sort();
}

function content(value: any, isBare: boolean): any {
  if (value === null || value === undefined) {
    return undefined;
  }
  if (typeof value !== 'object') {
    return value;
  }
  if (Array.isArray(value)) {
    return isBare && value.length === 0 ? undefined : value.map((item) => content(item, isBare));
  }
  if (isPlain(value)) {
    const written = map(value, isBare);
    return isBare && Object.keys(written).length === 0 ? undefined : written;
  }
  if (value instanceof Lazy) {
    return content(value.produce(), isBare);
  }
  throw STRANGE;
}

function isPlain(value: any): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    value.constructor === Object &&
    typeof value.resolve !== 'function' &&
    !Object.hasOwn(value, '__proto__')
  );
}
