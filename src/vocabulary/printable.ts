import { quoted } from './quoted';

/** Control characters, line breaks and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether `value` is a text of one line without control characters. */
export function isPrintable(value: unknown): value is string {
  return typeof value === 'string' && !UNPRINTABLE.test(value);
}

/** Returns `value` when it is a text of one line without control characters; throws otherwise. */
export function requirePrintable(what: string, value: string): string {
  if (!isPrintable(value)) {
    throw new Error(
      `${what} must be a text of one line without control characters, got ${quoted(value)}`,
    );
  }
  return value;
}
