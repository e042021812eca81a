import { isOpaque } from '../../clusters/applied-object';
import { CANARY_EXAMPLE, CANARY_TYPE, secondsOf } from '../canaries';
import { ObjectCheck } from '../check';
import { Field, itemsAt, valueAt } from '../manifest-fields';

export const canaryDuration: ObjectCheck = {
  id: 'canary-duration',
  severity: 'error',
  profile: 'recommended',
  summary: 'durations of a Canary must be in minutes or seconds',
  why: "The API server refuses durations of a Canary that do not begin with minutes or seconds, so that an hour is '60m'. What begins right and cannot be read, Flagger takes for its default without a word.",
  remedy: "write whole minutes or seconds, such as '90s' or '60m'",
  links: ['https://docs.flagger.app/usage/how-it-works'],
  types: [CANARY_TYPE],
  needs: 'object',
  bad: CANARY_EXAMPLE.replace('    interval: 1m\n    threshold', '    interval: 1h\n    threshold'),
  good: CANARY_EXAMPLE.replace(
    '    interval: 1m\n    threshold',
    '    interval: 60m\n    threshold',
  ),
  *examine({ manifest }) {
    for (const { value, pointer } of durationsOf(manifest)) {
      const isRead = /^[0-9]+[ms]/.test(String(value)) && secondsOf(value) !== undefined;
      if (value !== undefined && value !== null && !isOpaque(value) && !isRead) {
        const field = pointer
          .slice(1)
          .replace(/\/[0-9]+\//g, '[].')
          .replace(/\//g, '.');
        yield {
          message: `must have a ${field} in minutes or seconds, such as '60m', got ${JSON.stringify(value)}`,
          pointer,
        };
      }
    }
  },
};

function durationsOf(manifest: any): Field[] {
  const within = (list: string, key: string) =>
    itemsAt(manifest, 'spec', 'analysis', list).map(({ value, pointer }) => ({
      value: valueAt(value, key),
      pointer: `${pointer}/${key}`,
    }));
  return [
    {
      value: valueAt(manifest, 'spec', 'analysis', 'interval'),
      pointer: '/spec/analysis/interval',
    },
    ...within('metrics', 'interval'),
    ...within('webhooks', 'timeout'),
  ];
}
