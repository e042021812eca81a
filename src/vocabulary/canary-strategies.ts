import { MatchDialect, RequestMatch } from './canary-match';
import { CanaryChecks, CanaryRollout, CanaryTraits, CHECKS } from './canary-rollout';
import {
  linear,
  LinearRolloutOptions,
  stepWeights,
  StepWeightsRolloutOptions,
} from './canary-steps';
import { NUMBER, madeBy, requireProps } from './form';
import { affinity, SessionCookie } from './session-cookie';
import { requireWholeNumber } from './whole-number';

/** How long a new version is looked at before all traffic goes to it. */
export interface BlueGreenRolloutOptions extends CanaryChecks {
  /** Number of looks that must succeed. */
  readonly iterations: number;
}

/** Who sees a new version first, and for how long. */
export interface AbTestRolloutOptions extends BlueGreenRolloutOptions {
  /** Requests that go to the new version. */
  readonly match: RequestMatch;
}

/** A provider that can move all traffic at once. */
export class BlueGreenProvider {
  /** @internal */
  public static _blueGreen(traits: CanaryTraits): BlueGreenProvider {
    return withTraits(new BlueGreenProvider(), traits);
  }

  /** What the provider can do and needs. @internal */
  public _traits!: CanaryTraits;

  protected constructor() {}

  /** Looks at the new version beside the old one, then moves all traffic at once. */
  public blueGreen(options: BlueGreenRolloutOptions): CanaryRollout {
    requireProps('blue-green rollout', options, { ...CHECKS, iterations: NUMBER });
    const iterations = requireIterations(options);
    // One more look has all traffic at the new version.
    return CanaryRollout._of(this._traits, options, {
      fields: { iterations },
      looks: iterations + 1,
    });
  }
}

/** A provider that can move traffic bit by bit, too. */
export class SteppedProvider extends BlueGreenProvider {
  /** @internal */
  public static _stepped(traits: CanaryTraits): SteppedProvider {
    return withTraits(new SteppedProvider(), traits);
  }

  /**
   * Moves traffic in equal steps. Throws when a weight is not a whole percentage or the step is greater than the maximum.
   *
   * @see https://docs.flagger.app/usage/deployment-strategies#canary-release
   */
  public linear(options: LinearRolloutOptions): CanaryRollout {
    return linear(this._traits, options);
  }

  /** Moves traffic in steps of their own sizes. Throws when a weight is not a whole percentage, or not above the one before. */
  public stepWeights(options: StepWeightsRolloutOptions): CanaryRollout {
    return stepWeights(this._traits, options);
  }
}

/** A provider whose clients stay with the new version that they have seen. */
export class StickyProvider {
  /** @internal */
  public static _sticky(traits: CanaryTraits): StickyProvider {
    return withTraits(new StickyProvider(), traits);
  }

  /** What the provider can do and needs. @internal */
  public _traits!: CanaryTraits;

  private constructor() {}

  /** As `SteppedProvider.linear`, with a share of the clients in the place of one of the requests. */
  public linear(options: LinearRolloutOptions): CanaryRollout {
    return linear(this._traits, options);
  }

  /** As `SteppedProvider.stepWeights`, with a share of the clients in the place of one of the requests. */
  public stepWeights(options: StepWeightsRolloutOptions): CanaryRollout {
    return stepWeights(this._traits, options);
  }
}

/** A provider that can tell requests apart, too. */
export class MatchingProvider extends SteppedProvider {
  /** @internal */
  public static _matching(traits: CanaryTraits, dialect: MatchDialect): MatchingProvider {
    return withTraits(new MatchingProvider(), traits, dialect);
  }

  /** How it tells requests apart. @internal */
  public _dialect!: MatchDialect;

  /**
   * Sends requests that match to the new version, and when it has proved itself all others.
   *
   * @see https://docs.flagger.app/usage/deployment-strategies#a-b-testing
   */
  public abTest(options: AbTestRolloutOptions): CanaryRollout {
    requireProps('A/B test', options, {
      ...CHECKS,
      iterations: NUMBER,
      match: madeBy(RequestMatch, "header('x-canary', 'insider')"),
    });
    const iterations = requireIterations(options);
    const match = options.match._spec(this._dialect);
    return CanaryRollout._of(this._traits, options, {
      fields: { iterations, match },
      looks: iterations,
      match: options.match,
    });
  }
}

/** Istio, which can do all that Flagger can. */
export class IstioProvider extends MatchingProvider {
  /** @internal */
  public static _istio(traits: CanaryTraits): IstioProvider {
    return withTraits(new IstioProvider(), traits, 'istio');
  }

  /**
   * The same, but requests go to both versions before traffic moves, and answers of the new one are thrown away: at the first look, or
   * with `blueGreen` at all of them. For apps whose requests can be made twice.
   *
   * Throws when the percentage is not a whole one.
   *
   * @param percentage how many of the requests. Default: all of them
   * @see https://docs.flagger.app/usage/deployment-strategies#blue-green-with-traffic-mirroring
   */
  public mirrored(percentage: number = 100): SteppedProvider {
    const mirrorWeight = requireWholeNumber('mirrored percentage', percentage, 1, 100);
    return SteppedProvider._stepped(withAnalysis(this._traits, { mirror: true, mirrorWeight }));
  }

  /** The same, but a client stays with the new version that it has seen. Throws when the name of the cookie is none. */
  public sticky(cookie: SessionCookie): StickyProvider {
    return StickyProvider._sticky(withAnalysis(this._traits, affinity(cookie)));
  }
}

/** The Gateway API, which can do what Istio can, but mirrors with `blueGreen` only. */
export class GatewayApiProvider extends MatchingProvider {
  /** @internal */
  public static _gatewayApi(traits: CanaryTraits): GatewayApiProvider {
    return withTraits(new GatewayApiProvider(), traits, 'gatewayapi');
  }

  /**
   * The same, but requests go to both versions, and answers of the new one are thrown away. For apps whose requests can be made twice,
   * behind a Gateway that implements `RequestMirror`.
   */
  public mirrored(): BlueGreenProvider {
    return BlueGreenProvider._blueGreen(withAnalysis(this._traits, { mirror: true }));
  }

  /**
   * The same, but a client stays with the new version that it has seen, behind a Gateway that implements `ResponseHeaderModifier`.
   * Throws when the name of the cookie is none.
   */
  public sticky(cookie: SessionCookie): StickyProvider {
    return StickyProvider._sticky(withAnalysis(this._traits, affinity(cookie)));
  }
}

function requireIterations({ iterations }: BlueGreenRolloutOptions): number {
  return requireWholeNumber('iterations', iterations, 1, 1000);
}

/** A constructor with these would be part of the API, as classes that extend one see it. */
function withTraits<T extends { _traits: CanaryTraits; _dialect?: MatchDialect }>(
  provider: T,
  _traits: CanaryTraits,
  _dialect?: MatchDialect,
): T {
  return Object.freeze(Object.assign(provider, { _traits, ...(_dialect && { _dialect }) }));
}

function withAnalysis(traits: CanaryTraits, analysis: Record<string, unknown>): CanaryTraits {
  return { ...traits, analysis };
}
