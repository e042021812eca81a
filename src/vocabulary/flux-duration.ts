import { Duration } from 'cdk8s';

/**
 * `duration` as Flux's `interval` fields want it: `90s` is `1m30s`, an hour is `1h`.
 * Throws when it is not a positive number of milliseconds.
 */
export function fluxDuration(what: string, duration: Duration): string {
  return inUnits(what, duration, [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
    ['ms', 1],
  ]);
}

/** As `fluxDuration`, for the fields of sources and of Flagger whose patterns refuse hours and milliseconds. */
export function fluxTimeout(what: string, duration: Duration): string {
  return inUnits(what, duration, [
    ['m', 60_000],
    ['s', 1_000],
  ]);
}

function inUnits(what: string, duration: Duration, units: [string, number][]): string {
  let rest = Math.round(duration.toMilliseconds({ integral: false }));
  if (!(rest > 0)) {
    throw new Error(`${what} must be longer than 0, got ${duration.toHumanString()}`);
  }
  let text = '';
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    text += count > 0 ? `${count}${unit}` : '';
  }
  if (rest > 0) {
    throw new Error(`${what} must be whole seconds, got ${duration.toHumanString()}`);
  }
  return text;
}
