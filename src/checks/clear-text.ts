import { WrittenValue } from './written-values';

/** What a value has in it that is put in later. */
const REFERENCE =
  /\$[{(A-Za-z_]|^\$|\{\{|\{[A-Za-z_.]+\}|<[^>]*>|%(?![0-9A-Fa-f]{2})|\[\[|\[\^|__[A-Z]|ENC\[AES256_GCM/;

/** What is none, and meant to be seen as none. */
const PLACEHOLDER =
  /^(?:x+|\*+|\.+|-+|_+|todo|tbd|n\/a|none|null|nil|true|false|yes|no|on|off|enabled|disabled|auto|default|random|generated?|redacted|dummy|placeholder|example|(?:change|replace|fill)[-_ ]?(?:me|this|it|in)|your[-_ ].*)$/i;

/** User and password in an address. */
const ADDRESS =
  /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/?#@"'`]{0,256}:([^\s/?#@"'`]{1,256})@(?!sha(?:256|512):)[^\s]/gi;

const PRIVATE_KEY =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:\\n|\s)+[A-Za-z0-9+/=]{16}/;

/** What certainly gives access to something, in words; undefined where a text holds none. */
export function credentialIn(text: string): string | undefined {
  if (PRIVATE_KEY.test(text)) {
    return 'a private key';
  }
  const hasPassword = [...text.matchAll(ADDRESS)].some(([, password]) => !isStandIn(password));
  return hasPassword ? 'a url with a password' : undefined;
}

/** Words that a name ends with whose value is a secret. */
const SECRET_NAME =
  /(?:password|passwd|passphrase|token)$|(?:^| )(?:api ?key|auth ?key|secret access key|(?:api|app|client|consumer|cookie|hmac|jwt|session|shared|signing|webhook) secret)$/;

/** The same of variables in capitals: in values, these would rather name a key of a Secret. */
const SECRET_VARIABLE = /(?:^| )(?:pass|pwd|secret key|encryption key|signing key)$|^secret$/;

/** Names of maps that say where a secret is, not what. */
const NAMES_ONLY = /(?:^| )(?:refs?|keys?|mappings?|map|names|selector|labels|annotations|from)$/;

/** What is the name of something else, a place, or a sentence. */
const ELSEWHERE = /\s|^\.{0,2}\/|:\/\/|^(?:file|env|vault|ref\+|secretref|op|awssm|sm):/i;

/** Longer texts are files. */
const LONGEST = 1000;

/** Whether a value is hardly anything but a password or a token, by its name. */
export function isPassword({ name, value, parent, isVariable }: WrittenValue): boolean {
  const words = wordsOf(name);
  if (
    !SECRET_NAME.test(words) &&
    !(isVariable && name === name.toUpperCase() && SECRET_VARIABLE.test(words))
  ) {
    return false;
  }
  if (value.trim() === '' || value.length > LONGEST || isStandIn(value) || ELSEWHERE.test(value)) {
    return false;
  }
  const isCount = /^[0-9.]+$/.test(value) && words.endsWith('token');
  const isNameOfSecret =
    /^[a-z]+(?:-[a-z]+)+[0-9]*$/.test(value) && /(?:secret|token)$/.test(words);
  const isNameOfKey = !isVariable && (wordsOf(value) === words || NAMES_ONLY.test(wordsOf(parent)));
  return !isCount && !isNameOfSecret && !isNameOfKey;
}

function isStandIn(value: string): boolean {
  return REFERENCE.test(value) || PLACEHOLDER.test(value);
}

/** The words of a name, whichever way it joins them. */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}
