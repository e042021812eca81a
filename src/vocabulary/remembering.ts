/** `answer`, which is not asked twice for what was asked lately; it must always say the same of a text, and nobody may change that. */
export function remembering<T>(answer: (text: string) => T, most = 500): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (known.has(text)) {
      return known.get(text)!;
    }
    const said = answer(text);
    if (known.size === most) {
      known.delete(known.keys().next().value!); // the oldest
    }
    known.set(text, said);
    return said;
  };
}
