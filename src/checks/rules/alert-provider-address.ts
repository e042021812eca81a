import { ObjectCheck } from '../check';
import { ALERT_PROVIDER } from '../alert-example';
import { textAt } from '../manifest-fields';

/** Addresses that whoever knows them may post to: by a path, by a user, or by a key behind '?'. */
const SECRET_ADDRESSES = [
  /^hooks\.slack\.com\/(?:services|workflows|triggers)\//,
  /^(?:[a-z]+\.)?discord(?:app)?\.com\/api\/webhooks\//,
  /^[a-z0-9.-]+\.webhook\.office\.com\//,
  /^outlook\.office\.com\/webhook\//,
  /^open\.(?:larksuite\.com|feishu\.cn)\/open-apis\/bot\//,
  /^[^/]+\/hooks\/[a-z0-9]+\//,
  /^[^/@]+@/,
  /[?&](?:access_token|key|sig|token)=/,
];

export const alertProviderAddress: ObjectCheck = {
  id: 'alert-provider-address',
  severity: 'warning',
  profile: 'recommended',
  summary: 'the address of an incoming webhook must not be in Git',
  why: 'Whoever knows the address of an incoming webhook may post to its channel: it is a credential, which everybody who can read the repository has.',
  remedy:
    "put the address into a Secret at key 'address', name that in secretRef, and have the webhook renewed",
  links: [
    'https://docs.flagger.app/usage/alerting',
    'https://fluxcd.io/flux/components/notification/providers/#secret-reference',
  ],
  types: ['flagger.app/AlertProvider', 'notification.toolkit.fluxcd.io/Provider'],
  needs: 'object',
  bad: ALERT_PROVIDER.replace(
    /secretRef:\n.*/,
    'address: https://hooks.slack.com/services/TEAM/HOOK/KEY',
  ),
  good: ALERT_PROVIDER,
  *examine({ manifest }) {
    const [, place] =
      /^https?:\/\/([^]+)$/.exec(textAt(manifest, 'spec', 'address')?.toLowerCase() ?? '') ?? [];
    if (place !== undefined && SECRET_ADDRESSES.some((form) => form.test(place))) {
      const host = place.replace(/[/?#][^]*$/, '').replace(/^[^]*@/, '');
      yield {
        message: `has the address of an incoming webhook at '${host}', which must be in a Secret`,
        pointer: '/spec/address',
      };
    }
  },
};
