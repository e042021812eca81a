import { Duration } from 'cdk8s';
import { flaggerDuration } from './flagger-duration';
import { DURATION, NUMBER, optional, requireProps } from './form';
import { requireWholeNumber } from './whole-number';

/** How the health of a new version is judged. */
export interface CanaryChecks {
  /** How often the metrics are looked at; at least 10 seconds. */
  readonly interval: Duration;
  /** Failed looks until the new version is rolled back. */
  readonly threshold: number;
  /**
   * Percentage of requests that must succeed.
   *
   * @default 99
   */
  readonly minSuccessRate?: number;
  /**
   * Latency that 99 of 100 requests must stay below, where the provider measures it; at least a millisecond.
   *
   * @default Duration.millis(500)
   */
  readonly maxLatency?: Duration;
}

const CHECKS = {
  interval: DURATION,
  threshold: NUMBER,
  minSuccessRate: optional(NUMBER),
  maxLatency: optional(DURATION),
};

/** How traffic moves to a new version. */
export interface LinearAnalysisOptions extends CanaryChecks {
  /** Percentage of traffic that is moved at each interval. */
  readonly stepWeight: number;
  /**
   * Percentage of traffic at which the new version is promoted.
   *
   * @default 50
   */
  readonly maxWeight?: number;
}

/** How long a new version is looked at before all traffic goes to it. */
export interface BlueGreenAnalysisOptions extends CanaryChecks {
  /** Number of looks that must succeed. */
  readonly iterations: number;
}

/**
 * How a new version proves itself.
 *
 * @see https://docs.flagger.app/usage/deployment-strategies
 */
export class CanaryAnalysis {
  /**
   * Moves traffic in equal steps. Throws when a weight is not a whole percentage or the step is greater than the maximum.
   */
  public static linear(options: LinearAnalysisOptions): CanaryAnalysis {
    requireProps('linear analysis', options, {
      ...CHECKS,
      stepWeight: NUMBER,
      maxWeight: optional(NUMBER),
    });
    const { stepWeight, maxWeight = 50 } = options;
    requireWholeNumber('maxWeight', maxWeight, 1, 100);
    requireWholeNumber('stepWeight', stepWeight, 1, maxWeight);
    return new CanaryAnalysis(
      options,
      { maxWeight, stepWeight },
      Math.ceil(maxWeight / stepWeight),
    );
  }

  /** Looks at the new version beside the old one, then moves all traffic at once. */
  public static blueGreen(options: BlueGreenAnalysisOptions): CanaryAnalysis {
    requireProps('blue-green analysis', options, { ...CHECKS, iterations: NUMBER });
    const { iterations } = options;
    requireWholeNumber('iterations', iterations, 1, 1000);
    return new CanaryAnalysis(options, { iterations }, iterations);
  }

  private constructor(
    private readonly checks: CanaryChecks,
    private readonly strategy: Record<string, number>,
    private readonly steps: number,
  ) {
    requireWholeNumber('threshold', checks.threshold, 1, 1000);
    if (checks.interval.toSeconds({ integral: false }) < 10) {
      throw new Error(
        `canary interval must be at least 10 seconds, got ${checks.interval.toHumanString()}`,
      );
    }
    const rate = checks.minSuccessRate ?? 99;
    if (!(rate > 0 && rate <= 100)) {
      throw new Error(`minSuccessRate must be a percentage above 0, got ${rate}`);
    }
    const latency = checks.maxLatency?.toMilliseconds({ integral: false }) ?? 500;
    if (!(latency >= 1)) {
      throw new Error(
        `maxLatency must be at least a millisecond, got ${checks.maxLatency?.toHumanString()}`,
      );
    }
  }

  /** Whether traffic moves bit by bit, which not every provider can do. @internal */
  public get _shiftsTraffic(): boolean {
    return 'stepWeight' in this.strategy;
  }

  /** The longest that an analysis can take: every step, and every failed look that is still tolerated. @internal */
  public get _seconds(): number {
    return (this.steps + this.checks.threshold) * this.checks.interval.toSeconds();
  }

  /** `spec.analysis` of a Canary. @internal */
  public _spec(metrics: readonly ('request-success-rate' | 'request-duration')[]): any {
    const interval = flaggerDuration('canary interval', this.checks.interval);
    const latency = this.checks.maxLatency ?? Duration.millis(500);
    const ranges = {
      'request-success-rate': { min: this.checks.minSuccessRate ?? 99 },
      'request-duration': { max: latency.toMilliseconds() },
    };
    return {
      interval,
      threshold: this.checks.threshold,
      ...this.strategy,
      metrics: metrics.map((name) => ({ name, interval, thresholdRange: ranges[name] })),
    };
  }
}
