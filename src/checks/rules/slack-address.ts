import { isOpaque } from '../../clusters/applied-object';
import { ALERT } from '../alert-example';
import { ObjectCheck } from '../check';
import { textAt, valueAt } from '../manifest-fields';
import { secretShape } from '../secret-shape';

const BOT = 'https://slack.com/api/chat.postMessage';

export const slackAddress: ObjectCheck = {
  id: 'slack-address',
  severity: 'error',
  profile: 'recommended',
  summary: 'a Provider for Slack must know where to post, and a bot posts to chat.postMessage',
  why: 'notification-controller posts to spec.address, or to the address in the Secret. Without either every notification fails, and with a token Slack takes messages at chat.postMessage only. A Provider has no status, so nobody is told.',
  remedy: `set spec.address to ${BOT} for a bot's token, or keep the address of a webhook in the Secret under 'address'`,
  links: ['https://fluxcd.io/flux/components/notification/providers/#slack'],
  types: ['notification.toolkit.fluxcd.io/Provider'],
  needs: 'cluster',
  bad: ALERT.replace(/ {2}secretRef:\n.*\n/, '').replace(/ {2}address: .*\n/, ''),
  good: ALERT,
  *examine({ manifest }, cluster) {
    const address = textAt(manifest, 'spec', 'address') ?? '';
    if (textAt(manifest, 'spec', 'type') !== 'slack' || isOpaque(address)) {
      return;
    }
    const reference = valueAt(manifest, 'spec', 'secretRef');
    const name = textAt(reference, 'name');
    const keys = isOpaque(name)
      ? undefined
      : secretShape(cluster, manifest.metadata.namespace, name)?.keys;
    if (address === '' && (reference === undefined || reference === null)) {
      yield {
        message: 'must have an address, or a Secret that holds one, got neither',
        pointer: '/spec',
      };
    } else if (keys && !keys.includes('address')) {
      if (address === '') {
        yield {
          message: `must have an address, got none, and Secret '${name}' holds but ${keys.join(', ')}`,
          pointer: '/spec/secretRef',
        };
      } else if (keys.includes('token') && /^https:\/\/hooks\.slack\.com\//.test(address)) {
        yield {
          message: `must have address '${BOT}' with the token in Secret '${name}', got a webhook's`,
          pointer: '/spec/address',
        };
      }
    }
  },
};
