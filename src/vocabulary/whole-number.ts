import { quoted } from './quoted';

/** Returns `value` when it is a whole number within bounds; throws otherwise. */
export function requireWholeNumber(what: string, value: number, from: number, to: number): number {
  if (!Number.isInteger(value) || value < from || value > to) {
    const got = typeof value === 'number' ? value : quoted(value);
    throw new Error(`${what} must be a whole number from ${from} to ${to}, got ${got}`);
  }
  return value;
}
