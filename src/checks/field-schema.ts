import { AppliedObject, typeOf } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { FIELD_SCHEMAS } from '../imports/field-schemas';
import { isMap } from '../vocabulary/is-map';
import { keysOf, pointerTo } from '../vocabulary/json-pointer';
import { copyOfMap } from '../vocabulary/plain-map';
import { rememberingLast } from '../vocabulary/remembering';
import { Field, itemsAt, mapAt, textAt, valueAt } from './manifest-fields';
import { isAppliedByPlatform } from './of-platform';

/** A map of an object, and the schema of its fields. */
export interface SchemaField extends Field<Record<string, any>> {
  readonly schema: unknown;
}

const CRD = 'apiextensions.k8s.io/CustomResourceDefinition';

/** What every object has, or a controller writes. */
const OF_ALL = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/** The maps of an object that have fields of their own, the object first. None where no schema is known of its version. */
export function fieldsOf(manifest: any, view: ClusterView): readonly SchemaField[] {
  const schema = schemaOf(manifest, view);
  return schema === undefined ? [] : fieldsBy(schema, manifest);
}

const fieldsBy = rememberingLast((schema: unknown, manifest: any): readonly SchemaField[] => {
  const found: SchemaField[] = [];
  addMaps(found, ownFieldsOf(manifest), schema, '');
  return found;
});

/**
 * The schema of an object: by the CustomResourceDefinition that its cluster gets, or else as Flux 2.9 and Flagger have it.
 * Undefined where neither knows its version.
 */
export function schemaOf(manifest: any, view: ClusterView): unknown {
  const key = `${manifest.apiVersion}/${manifest.kind}`;
  return view.once(definitions).get(key) ?? generated(key);
}

/** An object without what every object has. */
export function ownFieldsOf(manifest: any): Record<string, any> {
  return copyOfMap(manifest, (name) => !OF_ALL.has(name));
}

/** Whether the cluster itself defines a kind, whatever it is. */
export function isDefined(manifest: any, view: ClusterView): boolean {
  return view.once(definedTypes).has(typeOf(manifest));
}

/** A JSON pointer as people write it: `dependsOn[0].name`. */
export function pathOf(pointer: string): string {
  return keysOf(pointer)
    .map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

function addMaps(found: SchemaField[], value: object, schema: unknown, pointer: string): void {
  if (schema === undefined || valueAt(schema, 'x-kubernetes-preserve-unknown-fields') === true) {
    return;
  }
  const isOfFields = Object.keys(mapAt(schema, 'properties')).length > 0;
  if (isMap(value) && isOfFields && valueAt(schema, 'additionalProperties') === undefined) {
    found.push({ value, schema, pointer });
  }
  const schemaAt = schemasWithin(schema, value);
  // Most of what there is are texts and numbers, of which no pointer is made.
  for (const [name, item] of Object.entries(value)) {
    if (typeof item === 'object' && item !== null) {
      addMaps(found, item, schemaAt(name), pointerTo(pointer, name));
    }
  }
}

/** The schema of each thing in a list or map of `schema`, by its name there. */
export function schemasWithin(schema: unknown, value: object): (name: string) => unknown {
  const properties = mapAt(schema, 'properties');
  const others = valueAt(schema, Array.isArray(value) ? 'items' : 'additionalProperties');
  return (name) => (Object.hasOwn(properties, name) ? properties[name] : others);
}

const parsed = new Map<string, unknown>();

function generated(key: string): unknown {
  if (!parsed.has(key)) {
    const text = Object.hasOwn(FIELD_SCHEMAS, key) ? FIELD_SCHEMAS[key] : undefined;
    parsed.set(key, text && JSON.parse(text));
  }
  return parsed.get(key);
}

/** The schemas that the platform's own definitions give, by apiVersion and kind. */
function definitions(view: ClusterView): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { manifest } of platformDefinitions(view)) {
    for (const { value } of itemsAt(manifest, 'spec', 'versions')) {
      const [group, kind] = [textAt(manifest, 'spec', 'group'), kindOf(manifest)];
      const schema = valueAt(value, 'schema', 'openAPIV3Schema');
      found.set(`${group}/${textAt(value, 'name')}/${kind}`, schema ?? {});
    }
  }
  return found;
}

function definedTypes(view: ClusterView): ReadonlySet<string> {
  return new Set(
    platformDefinitions(view).map(
      ({ manifest }) => `${textAt(manifest, 'spec', 'group')}/${kindOf(manifest)}`,
    ),
  );
}

/** No tenant may define anything for a cluster. */
function platformDefinitions(view: ClusterView): AppliedObject[] {
  return view.ofType(CRD).filter((one) => isAppliedByPlatform(one, view));
}

function kindOf(definition: unknown): string | undefined {
  return textAt(definition, 'spec', 'names', 'kind');
}
