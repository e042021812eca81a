const LONGEST = 80;

/** `value` in quotes for a message, cut where it would drown the rest. */
export function quoted(value: unknown): string {
  const text = String(value);
  return `'${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}'`;
}
