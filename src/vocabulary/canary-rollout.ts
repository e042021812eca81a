import { Duration } from 'cdk8s';
import { RequestMatch } from './canary-match';
import { flaggerDuration } from './flagger-duration';
import { DURATION, NUMBER, optional } from './form';
import { requireWholeNumber } from './whole-number';

/** Metrics that Flagger has queries of its own for, by their names alone. */
export const BUILT_IN_METRICS = ['request-duration', 'request-success-rate'] as const;

export type BuiltInMetric = (typeof BUILT_IN_METRICS)[number];

/** What a provider can do and needs. */
export interface CanaryTraits {
  /** As Flagger calls it. */
  readonly name: string;
  readonly metrics: readonly BuiltInMetric[];
  readonly podLabels?: Record<string, string>;
  readonly podAnnotations?: Record<string, string>;
  /** Hosts that requests from outside the mesh or cluster are for. */
  readonly hosts?: readonly string[];
  /** Gateways, as lists of tenants spell them, and as the Canary does. */
  readonly gateways?: readonly string[];
  readonly service?: Record<string, unknown>;
  readonly ingressClass?: string;
  /** Fields of the analysis that come with the provider: mirroring, session affinity. */
  readonly analysis?: Record<string, unknown>;
}

/** How the health of a new version is judged. */
export interface CanaryChecks {
  /** How often the metrics are looked at; at least 10 seconds. */
  readonly interval: Duration;
  /** Failed looks until the new version is rolled back. */
  readonly threshold: number;
  /**
   * Percentage of requests that must succeed. Throws where the provider does not measure it.
   *
   * @default - 99, where the provider measures it
   */
  readonly minSuccessRate?: number;
  /**
   * Latency that 99 of 100 requests must stay below; at least a millisecond. Throws where the provider does not measure it.
   *
   * @default - half a second, where the provider measures it
   */
  readonly maxLatency?: Duration;
}

/** The forms of `CanaryChecks`, of which there are more in what extends it. */
export const CHECKS = {
  interval: DURATION,
  threshold: NUMBER,
  minSuccessRate: optional(NUMBER),
  maxLatency: optional(DURATION),
};

/** How a strategy goes about it. */
export interface CanaryStrategy {
  /** Fields of the analysis. */
  readonly fields: Record<string, unknown>;
  /** Looks from the first share of traffic, or the first of a test, to the last before the new version is promoted. */
  readonly looks: number;
  readonly match?: RequestMatch;
}

/** Flagger's own default for how long pods of either version may take to become ready. */
const PROGRESS_DEADLINE = Duration.minutes(10);

/** Looks beside those of the strategy: that which finds a new version, that after its pods are ready, and those that promote. */
const OTHER_LOOKS = 4;

const DEFAULT_SUCCESS_RATE = 99;
const DEFAULT_LATENCY = Duration.millis(500);

/**
 * How a new version gets its traffic and proves itself: a strategy of a provider, such as `CanaryProvider.linkerd().linear({ … })`.
 *
 * @see https://docs.flagger.app/usage/deployment-strategies
 */
export class CanaryRollout {
  /** Throws when a check is out of range, or none that the provider can make. @internal */
  public static _of(
    traits: CanaryTraits,
    checks: CanaryChecks,
    strategy: CanaryStrategy,
  ): CanaryRollout {
    return new CanaryRollout(traits, checks, strategy);
  }

  private constructor(
    /** @internal */
    readonly _traits: CanaryTraits,
    private readonly checks: CanaryChecks,
    private readonly strategy: CanaryStrategy,
  ) {
    requireWholeNumber('threshold', checks.threshold, 1, 1000);
    if (checks.interval.toSeconds({ integral: false }) < 10) {
      throw new Error(
        `canary interval must be at least 10 seconds, got ${checks.interval.toHumanString()}`,
      );
    }
    const rate = checks.minSuccessRate ?? DEFAULT_SUCCESS_RATE;
    if (!(rate > 0 && rate <= 100)) {
      throw new Error(`minSuccessRate must be a percentage above 0, got ${rate}`);
    }
    const latency = (checks.maxLatency ?? DEFAULT_LATENCY).toMilliseconds({ integral: false });
    if (!(latency >= 1)) {
      throw new Error(
        `maxLatency must be at least a millisecond, got ${checks.maxLatency?.toHumanString()}`,
      );
    }
    this.requireMeasured('minSuccessRate', 'request-success-rate');
    this.requireMeasured('maxLatency', 'request-duration');
  }

  /** The longest that a rollout can take, with every failed look that is still tolerated. @internal */
  public get _seconds(): number {
    const looks = this.strategy.looks + OTHER_LOOKS + this.checks.threshold - 1;
    // The pods of the new version become ready, and when it is promoted those of its copy.
    return looks * this.checks.interval.toSeconds() + 2 * this._progressDeadline;
  }

  /** How many seconds pods may take to become ready. @internal */
  public get _progressDeadline(): number {
    return PROGRESS_DEADLINE.toSeconds();
  }

  /** Seconds from one look to the next. @internal */
  public get _interval(): number {
    return this.checks.interval.toSeconds();
  }

  /** How many failed looks there may be. @internal */
  public get _threshold(): number {
    return this.checks.threshold;
  }

  /** Which requests go to the new version, where that is not a share of all. @internal */
  public get _match(): RequestMatch | undefined {
    return this.strategy.match;
  }

  /** `spec.analysis` of a Canary, with other metrics than the provider's own. @internal */
  public _spec(metrics: readonly any[]): any {
    const interval = flaggerDuration('canary interval', this.checks.interval);
    const ranges = {
      'request-success-rate': { min: this.checks.minSuccessRate ?? DEFAULT_SUCCESS_RATE },
      'request-duration': { max: (this.checks.maxLatency ?? DEFAULT_LATENCY).toMilliseconds() },
    };
    return {
      interval,
      threshold: this.checks.threshold,
      ...this.strategy.fields,
      ...this._traits.analysis,
      metrics: [
        ...this._traits.metrics.map((name) => ({ name, interval, thresholdRange: ranges[name] })),
        ...metrics.map((metric) => ({ ...metric, interval })),
      ],
    };
  }

  private requireMeasured(check: 'maxLatency' | 'minSuccessRate', metric: BuiltInMetric): void {
    const isGiven = this.checks[check] !== undefined && this.checks[check] !== null;
    if (isGiven && !this._traits.metrics.includes(metric)) {
      throw new Error(
        `${check} must be left out, because provider '${this._traits.name}' does not measure it; add a CanaryMetric to the app's metrics`,
      );
    }
  }
}
