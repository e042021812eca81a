import { AppliedObject, isOpaqueIn } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { isMap } from '../vocabulary/is-map';
import { ownFieldsOf, schemaOf, schemasWithin } from './field-schema';
import { Field, pointerOf, textAt, valueAt } from './manifest-fields';

/** A value that the schema of its field refuses. */
export interface RefusedValue extends Field {
  /** The type that the schema wants. @default - the type is right */
  readonly type?: string;
  /** What the schema allows. @default - the type is wrong, whatever the value */
  readonly choices?: readonly unknown[];
}

const IS_OF_TYPE: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['string', (value) => typeof value === 'string'],
  ['integer', (value) => Number.isInteger(value)],
  ['number', (value) => typeof value === 'number'],
  ['boolean', (value) => typeof value === 'boolean'],
  ['object', isMap],
  ['array', Array.isArray],
]);

/** What an object has for fields that take other types, or a few values; nothing of what is below such a value. */
export function refusedValuesOf(object: AppliedObject, view: ClusterView): RefusedValue[] {
  const schema = schemaOf(object.manifest, view);
  const found: RefusedValue[] = [];
  if (schema !== undefined) {
    addRefused(found, ownFieldsOf(object.manifest), schema, { object, keys: [] });
  }
  return found;
}

/** Where a walk is; of its keys a pointer is made for what is refused alone. */
interface Walk {
  readonly object: AppliedObject;
  readonly keys: string[];
}

function addRefused(found: RefusedValue[], value: unknown, schema: unknown, walk: Walk): void {
  // The API server drops null, and substitution may make anything of a variable.
  if (value === null || isFree(schema) || isOpaqueIn(walk.object, value)) {
    return;
  }
  const type = textAt(schema, 'type');
  if (IS_OF_TYPE.get(type ?? '')?.(value) === false) {
    found.push({ value, pointer: pointerOf(...walk.keys), type });
  } else if (typeof value === 'object') {
    addRefusedWithin(found, value as object, schema, walk);
  } else {
    const choices = valueAt(schema, 'enum');
    if (Array.isArray(choices) && !choices.includes(value)) {
      found.push({ value, pointer: pointerOf(...walk.keys), choices });
    }
  }
}

function addRefusedWithin(found: RefusedValue[], value: object, schema: unknown, walk: Walk): void {
  const schemaAt = schemasWithin(schema, value);
  for (const [name, item] of Object.entries(value)) {
    const own = schemaAt(name);
    if (isMap(own)) {
      walk.keys.push(name);
      addRefused(found, item, own, walk);
      walk.keys.pop();
    }
  }
}

/** Whether a schema leaves open of what type a value is. */
function isFree(schema: unknown): boolean {
  return (
    valueAt(schema, 'x-kubernetes-preserve-unknown-fields') === true ||
    valueAt(schema, 'x-kubernetes-int-or-string') === true
  );
}
