import { printable } from '../text-report';

/** A piece of HTML. Only the tag `html` makes one, so that no text becomes HTML by accident. */
export interface Html {
  readonly [HTML]: string;
}

const HTML = Symbol('html');

type Value = Html | string | number | readonly Html[];

/** HTML in which every text that is filled in stays text, wherever it stands between tags or in a quoted attribute. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  const parts = compact(strings);
  let text = parts[0];
  values.forEach((value, i) => (text += textOf(value) + parts[i + 1]));
  return { [HTML]: text };
}

const COMPACT = new WeakMap<TemplateStringsArray, readonly string[]>();

/** Without the indentation of our sources, which would be a third of the page. */
function compact(strings: TemplateStringsArray): readonly string[] {
  const known = COMPACT.get(strings) ?? strings.map((part) => part.replace(/\s*\n\s*/g, '\n'));
  COMPACT.set(strings, known);
  return known;
}

/** HTML of ours, such as styles; never of text that somebody wrote elsewhere. */
export function trustedHtml(text: string): Html {
  return { [HTML]: text };
}

export function htmlText(piece: Html): string {
  return piece[HTML];
}

function textOf(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') {
    return escaped(String(value));
  }
  return Array.isArray(value)
    ? value.map((piece: Html) => piece[HTML]).join('')
    : (value as Html)[HTML];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
