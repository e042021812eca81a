import { apiVersionOf, byCodeUnit, type CustomResource, type Schema } from './schema';

/** One line of a schema table: what the tests know about a kind. */
export interface TableEntry {
  readonly scope: 'Namespaced' | 'Cluster';
  readonly schema: Schema;
}

/** Entries by `<apiVersion>/<Kind>`; `$defs` holds what the entries share. */
export type SchemaTable = {
  readonly [key: string]: TableEntry | { readonly [name: string]: Schema };
};

export function customResourceTable(resources: readonly CustomResource[]): SchemaTable {
  return Object.fromEntries(
    resources.map((resource): [string, TableEntry] => {
      const key = `${apiVersionOf(resource)}/${resource.kind}`;
      const schema = compact(withoutStatus(resource.schema), key);
      return [key, { scope: resource.scope, schema }];
    }),
  );
}

/** An object's schema without what a controller writes. */
export function withoutStatus(schema: Schema): Schema {
  const { status, ...properties } = schema.properties ?? {};
  const required = schema.required?.filter((name) => name !== 'status');
  return { ...schema, properties, ...(required && { required }) };
}

/** Sorted and one entry per line: small, and a change of one kind is a change of one line. */
export function printTable(table: SchemaTable): string {
  const lines = Object.keys(table)
    .sort(byCodeUnit)
    .map((key) => `${JSON.stringify(key)}: ${JSON.stringify(sortKeys(table[key]))}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

const copied = new Set([
  '$ref',
  'default',
  'enum',
  'const',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'nullable',
  'pattern',
  'required',
  'type',
  'uniqueItems',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-preserve-unknown-fields',
]);

const dropped = new Set([
  'description',
  'example',
  'externalDocs',
  'title',
  'x-kubernetes-group-version-kind',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-unions',
]);

/** The other formats in use are prose, such as `string`, or unknown to the API server. */
const checkedFormats = new Set(['byte', 'date-time', 'double', 'float', 'int32', 'int64']);

/** The schema's rules without its prose; a keyword that is neither fails, `where` naming it. */
export function compact(schema: Schema, where: string): Schema {
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => [
    keyword,
    compactKeyword(keyword, value, where),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function compactKeyword(keyword: string, value: unknown, where: string): unknown {
  if (copied.has(keyword)) {
    return value;
  }
  switch (keyword) {
    case 'properties':
      return compactProperties(value as { [name: string]: Schema }, where);
    case 'items':
      return compact(value as Schema, `${where}[]`);
    case 'not':
      return compact(value as Schema, where);
    case 'additionalProperties':
      return typeof value === 'boolean' ? value : compact(value as Schema, `${where}.*`);
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return (value as Schema[]).map((branch) => compact(branch, where));
    case 'format':
      return checkedFormats.has(value as string) ? value : undefined;
    case 'x-kubernetes-validations':
      return (value as { rule: string; optionalOldSelf?: boolean }[]).map(compactRule);
  }
  if (dropped.has(keyword)) {
    return undefined;
  }
  throw new Error(`unknown schema keyword ${keyword} at ${where}`);
}

function compactRule(rule: { rule: string; optionalOldSelf?: boolean }): object {
  const { optionalOldSelf } = rule;
  return { rule: rule.rule, ...(optionalOldSelf !== undefined && { optionalOldSelf }) };
}

function compactProperties(properties: { [name: string]: Schema }, where: string): object {
  const entries = Object.entries(properties);
  return Object.fromEntries(
    entries.map(([name, schema]) => [name, compact(schema, `${where}.${name}`)]),
  );
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortKeys);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).sort(([a], [b]) => byCodeUnit(a, b));
  return Object.fromEntries(entries.map(([key, child]) => [key, sortKeys(child)]));
}
