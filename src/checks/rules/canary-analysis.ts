import { isOpaque } from '../../clusters/applied-object';
import { CANARY_EXAMPLE, CANARY_TYPE, numberOf } from '../canaries';
import { ObjectCheck, Problem } from '../check';
import { itemsAt, valueAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

const STRATEGIES = ['iterations', 'stepWeight', 'stepWeights'];
const ANALYSIS = '/spec/analysis';

export const canaryAnalysis: ObjectCheck = {
  id: 'canary-analysis',
  severity: 'error',
  profile: 'recommended',
  summary: 'a Canary must say in one way how its traffic moves, by weights that lead there',
  why: 'The API server refuses an analysis without interval and threshold, or with any but one of iterations, stepWeight and stepWeights. A Canary without spec is let in, and stops the Flagger of all. Flagger finds its next step by the weight that it has reached, so weights that do not rise lead nowhere.',
  remedy:
    'set interval, threshold and one of iterations, stepWeight and stepWeights, with weights that rise up to maxWeight',
  links: ['https://docs.flagger.app/usage/deployment-strategies'],
  types: [CANARY_TYPE],
  // A patch, which may lie beside what is applied, need not be whole.
  needs: 'cluster',
  bad: CANARY_EXAMPLE.replace('stepWeight: 10', 'stepWeight: 10\n    iterations: 5'),
  good: CANARY_EXAMPLE,
  *examine({ manifest }) {
    const analysis = valueAt(manifest, 'spec', 'analysis');
    if (isOpaque(analysis)) {
      return;
    }
    if (!isMap(analysis)) {
      yield {
        message: `must have spec.analysis, with an interval, a threshold and one of ${either()}`,
      };
      return;
    }
    const missing = ['interval', 'threshold'].filter((key) => !isThere(analysis[key]));
    if (missing.length > 0) {
      yield { message: `must have ${missing.join(' and ')} in spec.analysis`, pointer: ANALYSIS };
    }
    const chosen = STRATEGIES.filter((key) => isThere(analysis[key]));
    if (chosen.length !== 1) {
      const got = chosen.length > 0 ? chosen.join(' and ') : 'none';
      yield {
        message: `must have one of ${either()} in spec.analysis, got ${got}`,
        pointer: ANALYSIS,
      };
    } else {
      yield* wrongWeights(manifest);
    }
  },
};

function* wrongWeights(manifest: any): Generator<Problem> {
  const { maxWeight = 100, stepWeight } = valueAt(manifest, 'spec', 'analysis');
  const [most, step] = [numberOf(maxWeight), numberOf(stepWeight)];
  if (most !== undefined && (most < 1 || most > 100)) {
    yield {
      message: `must have a maxWeight from 1 to 100, got ${most}`,
      pointer: `${ANALYSIS}/maxWeight`,
    };
  } else if (most !== undefined && step !== undefined && step > most) {
    yield {
      message: `must have a stepWeight of at most its maxWeight, ${most}, got ${step}`,
      pointer: `${ANALYSIS}/stepWeight`,
    };
  }
  let before = 0;
  for (const { value, pointer } of itemsAt(manifest, 'spec', 'analysis', 'stepWeights')) {
    const weight = numberOf(value);
    if (weight !== undefined && (weight <= before || weight > 100)) {
      yield {
        message: `must have stepWeights that each are above the one before and at most 100, got ${weight} after ${before}`,
        pointer,
      };
    }
    before = weight ?? before;
  }
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function either(): string {
  return "'iterations', 'stepWeight' and 'stepWeights'";
}
