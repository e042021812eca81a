/**
 * Strings that may stand unquoted: they start with a letter, '_', '/', './' or '../' and hold nothing that YAML gives a
 * meaning to. Deliberately narrow: a needless quote costs nothing, a missing one changes the value.
 */
const PLAIN =
  /^(?:[A-Za-z_/]|\.{1,2}\/)[A-Za-z0-9_./@+=(){}~^$%&!?*|<>;-]*(?:[ :][A-Za-z0-9_./@+=(){}~^$%&!?*|<>;,-]+)*$/;

/** Starts with a digit, and has a letter that no number or date in any YAML version has: `10m`, `8Gi`, `1h30m`. */
const PLAIN_QUANTITY = /^(?=[A-Za-z0-9.]*[ghkmsuGKMT])[0-9][0-9.]*[A-Za-z][A-Za-z0-9]*$/;

/** Parsers look no further than 1024 characters for the ':' behind a key. */
const LONGEST_KEY = 1000;

/** Words that some YAML 1.1 or 1.2 parser reads as a boolean, a null or a number. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity|e[-+]?[0-9]+)$/i;

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
    return quoted(value);
  }
  return value.includes("'") && !/["\\]/.test(value)
    ? `"${value}"`
    : `'${value.replace(/'/g, "''")}'`;
}

/** `key` as the key of a YAML map. Throws when it is longer than parsers look for a ':'. */
export function yamlKey(key: string): string {
  if (LONE_SURROGATE.test(key)) {
    throw new Error(`key must be valid Unicode, got ${JSON.stringify(key)}`);
  }
  const plain = PLAIN.test(key) && !WORD.test(key) && !key.includes(' ') && !key.includes(':');
  const text = plain ? key : quoted(key);
  if (text.length > LONGEST_KEY) {
    throw new Error(
      `key must be at most ${LONGEST_KEY} characters, quotes and escapes included, got '${key.slice(0, 40)}…'`,
    );
  }
  return text;
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
  // A document that is nothing but a text needs an indent too: its lines could be '---'.
  const pad = ' '.repeat(indent || 2);
  return `${kept ? '|' : '|-'}\n${lines.map((line) => (line ? pad + line : '')).join('\n')}`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(ESCAPE, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
