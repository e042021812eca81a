import type { Schema } from './schema';

/** A doc comment; a line that starts with `@` opens a tag and follows an empty line. */
export function docComment(lines: readonly string[], indent: string): string {
  const firstTag = lines.findIndex((line) => line.startsWith('@'));
  const spaced = firstTag > 0 ? [...lines.slice(0, firstTag), '', ...lines.slice(firstTag)] : lines;
  // An end mark inside, which patterns can hold, would close the comment.
  const safe = spaced.map((line) => line.replace(/\*\//g, '*\\/'));
  if (safe.length === 1) {
    return `${indent}/** ${safe[0]} */`;
  }
  const body = safe.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}`);
  return [`${indent}/**`, ...body, `${indent} */`].join('\n');
}

/** What the schema says about a value beyond its type. */
export function facts(schema: Schema, path: string): string[] {
  const rules = [...ownRules(schema), ...elementRules(schema)];
  const tags = schema.default === undefined ? [] : [`@default ${JSON.stringify(schema.default)}`];
  return [`\`${path}\`.`, ...(rules.length > 0 ? ['', ...rules] : []), ...tags];
}

function elementRules(schema: Schema): string[] {
  const values = schema.additionalProperties;
  return [
    ...(schema.items ? ownRules(schema.items).map((rule) => `Each item: ${rule}`) : []),
    ...(typeof values === 'object' ? ownRules(values).map((rule) => `Each value: ${rule}`) : []),
  ];
}

function ownRules(schema: Schema): string[] {
  return [
    ...range(schema, 'minimum', 'maximum', ''),
    ...range(schema, 'minLength', 'maxLength', ' characters'),
    ...range(schema, 'minItems', 'maxItems', ' items'),
    ...range(schema, 'minProperties', 'maxProperties', ' entries'),
    ...(schema.pattern === undefined ? [] : [`Pattern: \`${schema.pattern}\`.`]),
    ...(schema.format === 'date-time' ? ['Format: RFC 3339 date and time.'] : []),
    ...(schema['x-kubernetes-int-or-string'] === true ? ['An integer or a string.'] : []),
    ...listKeys(schema),
    ...alternatives(schema),
  ];
}

function range(schema: Schema, low: string, high: string, unit: string): string[] {
  const [least, most] = [schema[low], schema[high]];
  if (least === undefined && most === undefined) {
    return [];
  }
  if (most === undefined) {
    return [`At least ${least}${unit}.`];
  }
  return [least === undefined ? `At most ${most}${unit}.` : `From ${least} to ${most}${unit}.`];
}

function listKeys(schema: Schema): string[] {
  const keys = schema['x-kubernetes-list-map-keys'] as readonly string[] | undefined;
  if (keys !== undefined) {
    return [`No two items with the same ${keys.map((key) => `\`${key}\``).join(', ')}.`];
  }
  return schema['x-kubernetes-list-type'] === 'set' ? ['No two equal items.'] : [];
}

/** Only the plain form, in which each branch names the fields it needs. */
function alternatives(schema: Schema): string[] {
  const branches = (schema.oneOf ?? []) as readonly Schema[];
  const plain = branches.every(({ required }) => required !== undefined);
  if (branches.length === 0 || !plain) {
    return [];
  }
  const sets = branches.map(({ required }) => required!.map((name) => `\`${name}\``).join(' and '));
  return [`Exactly one of: ${sets.join('; ')}.`];
}
