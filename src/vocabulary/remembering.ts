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

/**
 * `answer`, which is not asked again for what was asked last: for what several ask of one object, one after the other. It must always say the
 * same of the same arguments, and nobody may change that.
 */
export function rememberingLast<Args extends unknown[], T>(
  answer: (...args: Args) => T,
): (...args: Args) => T {
  let last: { readonly args: Args; readonly said: T } | undefined;
  return (...args) => {
    if (!last || args.some((one, i) => one !== last!.args[i])) {
      last = { args, said: answer(...args) };
    }
    return last.said;
  };
}
