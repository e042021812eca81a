const UNITS: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** Length of a duration of Flux, such as `1h30m`; undefined for what is none. */
export function durationSeconds(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) {
    return undefined;
  }
  return [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS[unit],
    0,
  );
}
