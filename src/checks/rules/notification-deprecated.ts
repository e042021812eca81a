import { ALERT } from '../alert-example';
import { ObjectCheck } from '../check';
import { valueAt } from '../manifest-fields';

/** What to use in the place of each field that is on its way out. */
const INSTEAD: Record<string, Record<string, string>> = {
  Alert: { summary: 'eventMetadata.summary' },
  Provider: { interval: 'nothing, as it is not used', proxy: 'proxySecretRef' },
};

export const notificationDeprecated: ObjectCheck = {
  id: 'notification-deprecated',
  severity: 'warning',
  profile: 'strict',
  summary: 'an Alert or a Provider should not use fields that are deprecated',
  why: 'Flux ignores the interval of a Provider, and will drop the summary of an Alert and the proxy of a Provider in another version of its API.',
  remedy: 'use eventMetadata for a summary and proxySecretRef for a proxy, and remove the interval',
  links: [
    'https://fluxcd.io/flux/components/notification/alerts/',
    'https://fluxcd.io/flux/components/notification/providers/',
  ],
  types: ['notification.toolkit.fluxcd.io/Alert', 'notification.toolkit.fluxcd.io/Provider'],
  needs: 'object',
  bad: ALERT.replace('  providerRef:\n', '  summary: production\n  providerRef:\n'),
  good: ALERT.replace(
    '  providerRef:\n',
    '  eventMetadata:\n    summary: production\n  providerRef:\n',
  ),
  *examine({ manifest }) {
    for (const [key, instead] of Object.entries(INSTEAD[manifest.kind] ?? {})) {
      if ((valueAt(manifest, 'spec', key) ?? undefined) !== undefined) {
        yield { message: `should use ${instead} in the place of ${key}`, pointer: `/spec/${key}` };
      }
    }
  },
};
