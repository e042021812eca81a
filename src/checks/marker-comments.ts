import { CST, Lexer } from 'yaml';

/** A comment of a file that speaks of an image policy in the form of a marker. */
export interface MarkerComment {
  /** With its '#'. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** The setter that Flux reads in it. @default - it is not the JSON object that Flux wants */
  readonly setter?: string;
}

const KEY = '$imagepolicy';
/** What the lexer puts before a scalar. */
const SCALAR = '\u001f';
/** What it yields that is no part of the text. */
const CONTROL = /^[\u0002\u0018\u001f]$/;

/** The comments of a text that begin as a marker does. Those of people, and YAML that is commented out, are none. */
export function markerComments(text: string): MarkerComment[] {
  if (!text.includes(KEY)) {
    return [];
  }
  const found: MarkerComment[] = [];
  let line = 1;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (
      !isScalar &&
      CST.tokenType(lexeme) === 'comment' &&
      /^#+\s*\{.*\$imagepolicy/.test(lexeme)
    ) {
      found.push({ text: lexeme.trimEnd(), line, setter: setterOf(lexeme) });
    }
    isScalar = lexeme === SCALAR;
    if (!CONTROL.test(lexeme)) {
      line += lexeme.split('\n').length - 1;
    }
  }
  return found;
}

/** One JSON object of texts, and nothing before or behind it. */
function setterOf(comment: string): string | undefined {
  try {
    const parsed = JSON.parse(comment.replace(/^#+/, ''));
    const isTexts = Object.values(parsed).every((value) => typeof value === 'string');
    return isTexts && typeof parsed[KEY] === 'string' ? parsed[KEY] : undefined;
  } catch {
    return undefined;
  }
}
