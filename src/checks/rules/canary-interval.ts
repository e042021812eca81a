import { isOpaque } from '../../clusters/applied-object';
import { CANARY_EXAMPLE, CANARY_TYPE, secondsOf } from '../canaries';
import { ObjectCheck } from '../check';
import { itemsAt, valueAt } from '../manifest-fields';

const SHORTEST = 10;
const DEFAULT_TIMEOUT = '10s';

export const canaryInterval: ObjectCheck = {
  id: 'canary-interval',
  severity: 'warning',
  profile: 'strict',
  summary: 'the interval of an analysis must be long enough for what happens in it',
  why: 'Flagger looks no more often than every 10 seconds, whatever is written. It calls the webhooks of a rollout one after another at each look, and what they may take together should fit into the interval.',
  remedy: 'set a longer interval, or shorter timeouts of the webhooks',
  links: ['https://docs.flagger.app/usage/webhooks'],
  types: [CANARY_TYPE],
  needs: 'object',
  bad: CANARY_EXAMPLE.replace('    interval: 1m\n    threshold', '    interval: 5s\n    threshold'),
  good: CANARY_EXAMPLE.replace(
    '    interval: 1m\n    threshold',
    '    interval: 10s\n    threshold',
  ),
  *examine({ manifest }) {
    const interval = valueAt(manifest, 'spec', 'analysis', 'interval');
    const seconds = secondsOf(interval);
    const pointer = '/spec/analysis/interval';
    if (seconds === undefined || isOpaque(interval)) {
      return;
    }
    if (seconds < SHORTEST) {
      yield { message: `must have an interval of at least 10s, got '${interval}'`, pointer };
    }
    const timeouts = itemsAt(manifest, 'spec', 'analysis', 'webhooks')
      .map(({ value }) => value)
      .filter((webhook) => (valueAt(webhook, 'type') || 'rollout') === 'rollout')
      .map((webhook) => secondsOf(valueAt(webhook, 'timeout') ?? DEFAULT_TIMEOUT) ?? 0);
    const sum = timeouts.reduce((total, timeout) => total + timeout, 0);
    if (timeouts.length > 0 && sum >= Math.max(seconds, SHORTEST)) {
      yield {
        message: `has webhooks that may take ${sum}s together, in an interval of '${interval}'; they must fit into it`,
        pointer,
      };
    }
  },
};
