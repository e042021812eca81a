import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { flaggerDuration } from '../../src/vocabulary/flagger-duration';
import { fluxDuration, fluxInterval } from '../../src/vocabulary/flux-duration';

/** What Go's `time.ParseDuration` makes of the text, in milliseconds. */
function milliseconds(text: string): number {
  const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
  return [...text.matchAll(/([0-9]+)(ms|h|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit],
    0,
  );
}

describe('a duration', () => {
  test('is written so that Flux reads the same, in a form that its schema takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), (length) => {
        const text = fluxDuration('timeout', Duration.millis(length));
        expect(text).toMatch(/^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/);
        expect(milliseconds(text)).toBe(length);
      }),
    );
  });

  test('of nothing is refused', () => {
    expect(() => fluxDuration('timeout', Duration.seconds(0))).toThrow(
      /timeout must be longer than 0/,
    );
    expect(() => flaggerDuration('interval', Duration.millis(1500))).toThrow(
      /interval must be whole seconds/,
    );
  });

  test.each([Duration.millis(1), Duration.seconds(9), Duration.millis(9999)])(
    'of less than ten seconds is no interval (%#)',
    (interval) => {
      expect(() => fluxInterval('interval', interval)).toThrow(
        /^interval must be at least 10 seconds, got /,
      );
      expect(fluxInterval('interval', Duration.seconds(10))).toBe('10s');
    },
  );
});
