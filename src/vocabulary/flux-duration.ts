import { Duration } from 'cdk8s';

const UNITS: [string, number][] = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
];

/** How often Flux may be asked to look at something, in seconds. */
const SHORTEST_INTERVAL = 10;

/**
 * As `fluxDuration`, for how often something is done. Throws below `shortest` seconds, which is a load on what is asked.
 */
export function fluxInterval(
  what: string,
  duration: Duration,
  shortest: number = SHORTEST_INTERVAL,
): string {
  if (duration.toMilliseconds({ integral: false }) < shortest * 1000) {
    throw new Error(
      `${what} must be at least ${shortest} seconds, got ${duration.toHumanString()}`,
    );
  }
  return fluxDuration(what, duration);
}

/**
 * `duration` as Flux's fields want it: `90s` is `1m30s`, an hour is `1h`.
 * Throws when it is not a positive number of milliseconds.
 */
export function fluxDuration(what: string, duration: Duration): string {
  let rest = Math.round(duration.toMilliseconds({ integral: false }));
  if (!(rest > 0)) {
    throw new Error(`${what} must be longer than 0, got ${duration.toHumanString()}`);
  }
  let text = '';
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    text += count > 0 ? `${count}${unit}` : '';
  }
  return text;
}

/** How often Flux looks at what it waits for at most `timeout`: every ten minutes, or less often where one attempt may take longer. */
export function usualInterval(timeout: Duration): string {
  return timeout.toSeconds() > 600 ? fluxDuration('timeout', timeout) : '10m';
}
