import { RECEIVER } from '../alert-example';
import { ObjectCheck } from '../check';
import { textAt } from '../manifest-fields';
import { UNPROVEN_RECEIVERS } from '../../vocabulary/receiver-kind';

export const receiverUnproven: ObjectCheck = {
  id: 'receiver-unproven',
  severity: 'warning',
  profile: 'strict',
  summary: 'a Receiver should be of a type whose calls prove who made them',
  why: 'With types generic, acr, cdevents, dockerhub and quay Flux believes every call: nothing is signed, and the token of the Secret only makes the path hard to guess. Whoever reads that in a log, or in status.webhookPath, has Flux fetch as often as they like.',
  remedy:
    'use generic-hmac or generic-oidc where the caller can sign or has a token; otherwise keep the path as secret as a password, and give a new token when it leaks',
  links: [
    'https://fluxcd.io/flux/components/notification/receivers/#type',
    'https://fluxcd.io/flux/components/notification/receivers/#generic-hmac-receiver',
  ],
  types: ['notification.toolkit.fluxcd.io/Receiver'],
  needs: 'object',
  bad: RECEIVER.replace(/ {2}events:\n.*\n/, '').replace('type: github', 'type: generic'),
  good: RECEIVER,
  *examine({ manifest }) {
    const type = textAt(manifest, 'spec', 'type') ?? '';
    if (UNPROVEN_RECEIVERS.has(type)) {
      yield {
        message: `should be of a type that proves who calls, such as 'generic-hmac', got '${type}'`,
        pointer: '/spec/type',
      };
    }
  },
};
