/**
 * Strings that may stand unquoted: they start with a letter, '_', '/', './' or '../' and hold nothing that YAML gives a
 * meaning to. Deliberately narrow: a needless quote costs nothing, a missing one changes the value.
 */
const PLAIN =
  /^(?:[A-Za-z_/]|\.{1,2}\/)[A-Za-z0-9_./@+=(){}~^$%&!?*|<>;-]*(?:[ :][A-Za-z0-9_./@+=(){}~^$%&!?*|<>;,-]+)*$/;

/** Starts with a digit, and has a letter that no number or date in any YAML version has: `10m`, `8Gi`, `1h30m`. */
const PLAIN_QUANTITY = /^[0-9][0-9.]*[A-Za-z0-9]*[ghkmsuGKMT][A-Za-z0-9]*$/;

/** Words that some YAML 1.1 or 1.2 parser reads as a boolean, a null or a number. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity)$/i;

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const ESCAPE = new RegExp(CONTROL.source, 'g');

/**
 * `value` as a YAML scalar that every parser reads as the same string. Texts of several lines become block scalars
 * where that is safe, indented by `indent` spaces. Throws on half of a surrogate pair, which is no text.
 */
export function yamlString(value: string, indent: number): string {
  if ((PLAIN.test(value) && !WORD.test(value)) || PLAIN_QUANTITY.test(value)) {
    return value;
  }
  if (LONE_SURROGATE.test(value)) {
    throw new Error(`text must be valid Unicode, got ${JSON.stringify(value)}`);
  }
  if (isBlock(value)) {
    return blockScalar(value, indent);
  }
  if (CONTROL.test(value) || /[\n\t]/.test(value)) {
    return JSON.stringify(value).replace(ESCAPE, escaped);
  }
  return value.includes("'") && !/["\\]/.test(value)
    ? `"${value}"`
    : `'${value.replace(/'/g, "''")}'`;
}

/** `key` as the key of a YAML map. Throws when it is longer than parsers look for a ':'. */
export function yamlKey(key: string): string {
  if (PLAIN.test(key) && !WORD.test(key) && !key.includes(' ') && !key.includes(':')) {
    return key;
  }
  if (key.length > 900) {
    throw new Error(`key must be at most 900 characters, got '${key.slice(0, 40)}…'`);
  }
  if (LONE_SURROGATE.test(key)) {
    throw new Error(`key must be valid Unicode, got ${JSON.stringify(key)}`);
  }
  return JSON.stringify(key).replace(ESCAPE, escaped);
}

function isBlock(value: string): boolean {
  return (
    value.includes('\n') &&
    !CONTROL.test(value) &&
    !/^\s|\n\n$|\t|\n +(?:\n|$)/.test(value) &&
    value !== '\n'
  );
}

function blockScalar(value: string, indent: number): string {
  const kept = value.endsWith('\n');
  const lines = (kept ? value.slice(0, -1) : value).split('\n');
  const pad = ' '.repeat(indent);
  return `${kept ? '|' : '|-'}\n${lines.map((line) => (line ? pad + line : '')).join('\n')}`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
