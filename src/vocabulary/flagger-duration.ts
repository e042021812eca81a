import { Duration } from 'cdk8s';

/**
 * `duration` as Flagger's fields want it: minutes, or seconds where it is not whole minutes.
 * Throws when it is not a positive number of seconds.
 */
export function flaggerDuration(what: string, duration: Duration): string {
  const seconds = duration.toSeconds({ integral: false });
  if (!(seconds > 0) || !Number.isInteger(seconds)) {
    throw new Error(`${what} must be whole seconds, got ${duration.toHumanString()}`);
  }
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
