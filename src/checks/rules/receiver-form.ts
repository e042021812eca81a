import { RECEIVER } from '../alert-example';
import { ObjectCheck } from '../check';
import { itemsAt, textAt, valueAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

export const receiverForm: ObjectCheck = {
  id: 'receiver-form',
  severity: 'error',
  profile: 'recommended',
  summary: 'a Receiver must know how to tell whether a call is genuine',
  why: 'The API server refuses a Receiver without a Secret, but for type generic-oidc, which has a provider of tokens instead and no Secret.',
  remedy: "set secretRef to a Secret with a 'token', or type generic-oidc with oidcProviders",
  links: ['https://fluxcd.io/flux/components/notification/receivers/#type'],
  types: ['notification.toolkit.fluxcd.io/Receiver'],
  needs: 'object',
  bad: RECEIVER.replace(/ {2}secretRef:\n.*\n/, ''),
  good: RECEIVER,
  *examine({ manifest }) {
    const type = textAt(manifest, 'spec', 'type');
    if (type === undefined || type.includes('${')) {
      return;
    }
    const hasSecret = isMap(valueAt(manifest, 'spec', 'secretRef'));
    const hasProviders = itemsAt(manifest, 'spec', 'oidcProviders').length > 0;
    if (type === 'generic-oidc') {
      if (hasSecret) {
        yield { message: `must have no secretRef with type '${type}'`, pointer: '/spec/secretRef' };
      }
      if (!hasProviders) {
        yield {
          message: `must have oidcProviders with type '${type}', got none`,
          pointer: '/spec/type',
        };
      }
      return;
    }
    if (!hasSecret) {
      yield { message: `must have secretRef with type '${type}', got none`, pointer: '/spec/type' };
    }
    if (hasProviders) {
      yield {
        message: `must have no oidcProviders with type '${type}'`,
        pointer: '/spec/oidcProviders',
      };
    }
  },
};
