import { ObjectCheck } from '../check';
import { platformSync, settingsFile } from '../example-parts';
import { durationSeconds } from '../duration-seconds';
import { mapAt } from '../manifest-fields';

const SHORTEST_INTERVAL = 60;
const SHORTEST_TIMEOUT = 30;

export const intervalTimeout: ObjectCheck = {
  id: 'interval-timeout',
  severity: 'warning',
  profile: 'strict',
  summary:
    'a Kustomization should have an interval of a minute or more, and a timeout between half a minute and that',
  why: 'Flux applies and compares everything at each interval. It takes a shorter timeout than 30 seconds for 30 seconds, and while it waits for a timeout longer than the interval it corrects nothing.',
  remedy:
    'set an interval such as 10m and a timeout such as 5m; changes in Git are applied at once, whatever the interval',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#interval',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#timeout',
  ],
  types: ['kustomize.toolkit.fluxcd.io/Kustomization'],
  needs: 'object',
  bad: sync('30s', '5m'),
  good: sync('10m', '5m'),
  *examine({ manifest }) {
    const { interval, timeout } = mapAt(manifest, 'spec');
    const [every, most] = [durationSeconds(interval), durationSeconds(timeout)];
    if (every !== undefined && every < SHORTEST_INTERVAL) {
      yield {
        message: `should have an interval of at least 1m, got '${interval}'`,
        pointer: '/spec/interval',
      };
    } else if (most !== undefined && most < SHORTEST_TIMEOUT) {
      yield {
        message: `should have a timeout of at least 30s, which is what Flux takes it for, got '${timeout}'`,
        pointer: '/spec/timeout',
      };
    } else if (every !== undefined && most !== undefined && most > every) {
      yield {
        message: `should have a timeout no longer than its interval '${interval}', got '${timeout}'`,
        pointer: '/spec/timeout',
      };
    }
  },
};

function sync(interval: string, timeout: string): string {
  return `${platformSync('apps', `interval: ${interval}`, `timeout: ${timeout}`, 'wait: true')}${settingsFile('apps')}`;
}
