import { CanaryChecks, CanaryRollout, CanaryTraits, CHECKS } from './canary-rollout';
import { NUMBER, listOf, optional, requireProps } from './form';
import { requireWholeNumber } from './whole-number';

/** Shares of traffic in equal steps. */
export interface LinearRolloutOptions extends CanaryChecks {
  /** Percentage of traffic that is moved at each interval. */
  readonly stepWeight: number;
  /**
   * Percentage of traffic at which the new version is promoted.
   *
   * @default 50
   */
  readonly maxWeight?: number;
}

/** Shares of traffic one by one. */
export interface StepWeightsRolloutOptions extends CanaryChecks {
  /** Percentages of traffic, each above the one before; after the last the new version is promoted. */
  readonly weights: number[];
}

/** Throws when a weight is not a whole percentage or the step is greater than the maximum. */
export function linear(traits: CanaryTraits, options: LinearRolloutOptions): CanaryRollout {
  requireProps('linear rollout', options, {
    ...CHECKS,
    stepWeight: NUMBER,
    maxWeight: optional(NUMBER),
  });
  const { stepWeight, maxWeight = 50 } = options;
  requireWholeNumber('maxWeight', maxWeight, 1, 100);
  requireWholeNumber('stepWeight', stepWeight, 1, maxWeight);
  const looks = Math.ceil(maxWeight / stepWeight) + mirrorLooks(traits);
  return CanaryRollout._of(traits, options, { fields: { maxWeight, stepWeight }, looks });
}

/** Throws when a weight is not a whole percentage, or not above the one before. */
export function stepWeights(
  traits: CanaryTraits,
  options: StepWeightsRolloutOptions,
): CanaryRollout {
  requireProps('rollout by weights', options, { ...CHECKS, weights: listOf(NUMBER) });
  const { weights } = options;
  weights.forEach((weight, i) =>
    requireWholeNumber(
      i === 0 ? 'weight' : `weight after ${weights[i - 1]}`,
      weight,
      (weights[i - 1] ?? 0) + 1,
      100,
    ),
  );
  if (weights.length === 0) {
    throw new Error('rollout by weights must have a weight');
  }
  const looks = weights.length + mirrorLooks(traits);
  return CanaryRollout._of(traits, options, { fields: { stepWeights: [...weights] }, looks });
}

/** Before it moves any traffic, Flagger mirrors it for one look. */
function mirrorLooks({ analysis }: CanaryTraits): number {
  return analysis?.mirror === true ? 1 : 0;
}
