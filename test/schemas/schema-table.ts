import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import crdTable from './crds.json';
import fluxOperatorTable from './flux-operator.json';
import { kustomizeTable } from './kustomize-files';
import kubernetesTable from './kubernetes.json';

interface Schema {
  readonly [keyword: string]: any;
}

interface Entry {
  readonly scope: string;
  readonly schema: Schema;
}

const { $defs, ...kubernetesEntries } = kubernetesTable as { readonly [key: string]: any };

const entries: { readonly [key: string]: Entry } = {
  ...kubernetesEntries,
  ...(crdTable as { readonly [key: string]: any }),
  ...fluxOperatorTable,
  ...kustomizeTable,
};

let compiler: Ajv | undefined;

const validators = new Map<string, ValidateFunction>();

/** The `<apiVersion>/<Kind>` of every kind that can be validated. */
export const knownKinds: readonly string[] = Object.keys(entries);

/** `Namespaced` or `Cluster`, or nothing for a kind the tables do not know. */
export function scopeOf(apiVersion: string, kind: string): string | undefined {
  return entries[`${apiVersion}/${kind}`]?.scope;
}

/** What the API server would refuse or silently drop, one sentence each; empty if nothing. */
export function validateAgainstSchemas(object: any): string[] {
  if (typeof object?.apiVersion !== 'string' || typeof object?.kind !== 'string') {
    return ['the object has no apiVersion and kind'];
  }
  const key = `${object.apiVersion}/${object.kind}`;
  if (!Object.hasOwn(entries, key)) {
    return [`${object.apiVersion} ${object.kind} is not a known kind`];
  }
  const validate = validators.get(key) ?? compile(key);
  return validate(object) ? [] : [...new Set((validate.errors ?? []).map(sentence))];
}

function compile(key: string): ValidateFunction {
  compiler ??= compilerOfAllKinds();
  const pointer = key.replace(/\//g, '~1');
  const validate = compiler.getSchema(`tables#/$defs/${pointer}`)!;
  validators.set(key, validate);
  return validate;
}

/** All kinds in one document, in which what they share is compiled once, and only when needed. */
function compilerOfAllKinds(): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    validateSchema: false,
    verbose: true,
    // The patterns are Go's, which may escape what the `u` flag forbids to escape.
    unicodeRegExp: false,
    formats: {
      int32: integerWithin(2 ** 31),
      int64: integerWithin(2 ** 63),
      'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i,
      byte: /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
      float: true,
      double: true,
    },
  });
  ajv.addKeyword({ keyword: 'x-kubernetes-list-map-keys', validate: distinctKeys, errors: false });
  const definitions = { ...$defs, ...mapValues(entries, ({ schema }) => withMetadata(schema)) };
  return ajv.addSchema({ $id: 'tables', $defs: mapValues(definitions, closed) });
}

/** A CRD says no more of `metadata` than that it is an object. */
function withMetadata(schema: Schema): Schema {
  if (schema.properties.metadata === undefined) {
    return schema;
  }
  const metadata = { $ref: '#/$defs/meta.v1.ObjectMeta' };
  return { ...schema, properties: { ...schema.properties, metadata } };
}

function integerWithin(limit: number): { type: 'number'; validate: (value: number) => boolean } {
  return {
    type: 'number',
    validate: (value) => Number.isInteger(value) && value >= -limit && value < limit,
  };
}

function distinctKeys(keys: string[], items: any[]): boolean {
  const seen = items.map((item) => JSON.stringify(keys.map((key) => item?.[key])));
  return new Set(seen).size === items.length;
}

/** The schema with every field it does not name refused, except where Kubernetes keeps them. */
function closed(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return { ...schema, type: ['integer', 'string'] };
  }
  const { properties, items, additionalProperties, required } = schema;
  return {
    ...schema,
    // The API server fills in defaults before it looks for required fields.
    ...(required && { required: required.filter(isMissed(properties)) }),
    ...(properties && { properties: mapValues(properties, closed) }),
    ...(items && { items: closed(items) }),
    ...(schema['x-kubernetes-list-type'] === 'set' && { uniqueItems: true }),
    ...additional(schema, additionalProperties),
  };
}

function isMissed(properties: Schema | undefined): (name: string) => boolean {
  return (name) => properties?.[name]?.default === undefined;
}

function additional(schema: Schema, values: Schema | boolean | undefined): Schema {
  if (typeof values === 'object') {
    return { additionalProperties: closed(values) };
  }
  const free = schema['x-kubernetes-preserve-unknown-fields'] === true || values === true;
  return schema.type === 'object' && !free ? { additionalProperties: false } : {};
}

function mapValues<T, U>(
  values: { readonly [name: string]: T },
  change: (value: T) => U,
): { [name: string]: U } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

function sentence(error: ErrorObject): string {
  const at = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
  const subject = pathOf(at);
  switch (error.keyword) {
    case 'additionalProperties':
      return `${pathOf([...at, error.params.additionalProperty])} is not a known field`;
    case 'required':
      return `${pathOf([...at, error.params.missingProperty])} is required`;
    case 'enum':
      return `${subject} must be equal to one of ${error.params.allowedValues.map(quoted).join(', ')}, not ${quoted(error.data)}`;
    case 'const':
      return `${subject} must be ${quoted(error.params.allowedValue)}, not ${quoted(error.data)}`;
    case 'type':
      return `${subject} must be ${[error.params.type].flat().join(' or ')}, not ${quoted(error.data)}`;
    case 'x-kubernetes-list-map-keys':
      return `${subject} must not have two items with the same ${(error.schema as string[]).join(', ')}`;
    default:
      return `${subject} ${error.message}`;
  }
}

function pathOf(steps: readonly string[]): string {
  const path = steps.map((step) => {
    if (/^\d+$/.test(step)) {
      return `[${step}]`;
    }
    return /^\w+$/.test(step) ? `.${step}` : `[${quoted(step)}]`;
  });
  return path.join('').replace(/^\./, '') || 'the object';
}

function quoted(value: unknown): string {
  return JSON.stringify(value);
}
