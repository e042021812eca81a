import { byCodeUnit, type Schema } from './schema';
import { docComment, facts } from './typescript-docs';

/** Where a schema is: its type's name, its wire path, and whose it is. */
interface Place {
  readonly name: string;
  readonly path: string;
  /** The kind, for doc comments. */
  readonly of: string;
  readonly page: string;
}

/** jsii rejects an interface `IFoo` as a struct, and a member that is not in camel case. */
const structName = /^(?!I[A-Z])[A-Z][A-Za-z0-9]*$/;
const memberName = /^[a-z][A-Za-z0-9]*$/;

const columns = 100;

/** Names the types of schemas and writes the structs they need. */
export class StructWriter {
  private readonly names: Set<string>;
  private pending: string[] = [];

  public constructor(reserved: readonly string[]) {
    this.names = new Set(reserved);
  }

  /** The structs written since the last call, outer ones first. */
  public take(): string[] {
    const structs = this.pending;
    this.pending = [];
    return structs;
  }

  public typeOf(schema: Schema, place: Place): string {
    if (schema['x-kubernetes-int-or-string'] === true) {
      return 'number | string';
    }
    if (schema['x-kubernetes-preserve-unknown-fields'] === true) {
      return 'any';
    }
    switch (schema.type) {
      case 'boolean':
        return 'boolean';
      case 'integer':
      case 'number':
        return 'number';
      case 'string':
        return stringType(schema);
      case 'array':
        return this.arrayType(schema, place);
      case 'object':
        return this.objectType(schema, place);
      default:
        return 'any';
    }
  }

  private arrayType(schema: Schema, place: Place): string {
    const path = `${place.path}[]`;
    const item = schema.items ? this.typeOf(schema.items, { ...place, path }) : 'any';
    return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
  }

  private objectType(schema: Schema, place: Place): string {
    const { properties, additionalProperties } = schema;
    if (properties !== undefined) {
      // A struct cannot hold a key jsii has no name for, and one that left it out could not be
      // used where the key is required: such an object stays untyped.
      const typed = Object.keys(properties).every((key) => memberName.test(key));
      return typed ? this.struct(schema, place) : 'any';
    }
    if (typeof additionalProperties === 'object') {
      const path = `${place.path}.*`;
      return `{ readonly [key: string]: ${this.typeOf(additionalProperties, { ...place, path })} }`;
    }
    return 'any';
  }

  private struct(schema: Schema, place: Place): string {
    const { name } = place;
    if (!structName.test(name)) {
      throw new Error(`${place.path} of ${place.of} needs a struct ${name}, which jsii rejects`);
    }
    if (this.names.has(name)) {
      throw new Error(`${place.path} of ${place.of} needs a second type named ${name}`);
    }
    this.names.add(name);
    const position = this.pending.push('') - 1;
    const keys = Object.keys(schema.properties!).sort(byCodeUnit);
    const members = keys.map((key) => this.member(key, schema, place));
    const comment = docComment([`\`${place.path}\` of ${place.of}.`, `@see ${place.page}`], '');
    this.pending[position] = `${comment}\nexport interface ${name} {\n${members.join('\n\n')}\n}\n`;
    return name;
  }

  private member(key: string, parent: Schema, place: Place): string {
    const schema = parent.properties![key];
    const path = `${place.path}.${key}`;
    const name = `${place.name}${key[0].toUpperCase()}${key.slice(1)}`;
    const required = parent.required?.includes(key) ?? false;
    const comment = docComment(facts(schema, path), '  ');
    const declared = `  readonly ${key}${required ? '' : '?'}:`;
    return `${comment}\n${declare(declared, this.typeOf(schema, { ...place, name, path }))}`;
  }
}

function stringType(schema: Schema): string {
  const literals = schema.enum?.map((value) => `'${String(value).replace(/['\\]/g, '\\$&')}'`);
  return literals === undefined ? 'string' : [...new Set(literals)].join(' | ');
}

/** One line, or a union's members on one line each if that would be too long. */
function declare(declared: string, type: string): string {
  const line = `${declared} ${type};`;
  if (line.length <= columns || !type.includes(' | ') || type.startsWith('{')) {
    return line;
  }
  const [open, close] = type.endsWith(')[]') ? [' (', '\n  )[];'] : ['', ';'];
  const members = type.replace(/^\(|\)\[\]$/g, '').split(' | ');
  return `${declared}${open}${members.map((member) => `\n    | ${member}`).join('')}${close}`;
}
