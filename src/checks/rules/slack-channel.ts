import { ALERT } from '../alert-example';
import { ObjectCheck } from '../check';
import { textAt } from '../manifest-fields';

export const slackChannel: ObjectCheck = {
  id: 'slack-channel',
  severity: 'warning',
  profile: 'strict',
  summary: 'a Provider should not name a channel that Slack ignores',
  why: 'A webhook of Slack posts to the channel that it was made for, whatever spec.channel says.',
  remedy:
    "remove spec.channel, or post with a bot's token to https://slack.com/api/chat.postMessage",
  links: ['https://fluxcd.io/flux/components/notification/providers/#slack'],
  types: ['notification.toolkit.fluxcd.io/Provider'],
  needs: 'object',
  bad: ALERT.replace('slack.com/api/chat.postMessage', 'hooks.slack.com/services'),
  good: ALERT,
  *examine({ manifest }) {
    const address = textAt(manifest, 'spec', 'address') ?? '';
    const channel = textAt(manifest, 'spec', 'channel');
    const isSlack = textAt(manifest, 'spec', 'type') === 'slack';
    if (isSlack && channel && address.startsWith('https://hooks.slack.com/')) {
      yield {
        message: `should have no channel with a webhook, got '${channel}'`,
        pointer: '/spec/channel',
      };
    }
  },
};
