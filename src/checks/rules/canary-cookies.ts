import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck } from '../check';
import { textAt } from '../manifest-fields';

const AFFINITY = `    sessionAffinity:
      cookieName: podinfo-canary
      primaryCookieName: podinfo-primary
`;

export const canaryCookies: ObjectCheck = {
  id: 'canary-cookies',
  severity: 'error',
  profile: 'recommended',
  summary: 'sessions of the old and of the new version must have cookies of different names',
  why: 'By the name of the cookie, Flagger tells which version a client has seen; it refuses a Canary with one name for both.',
  remedy: 'give cookieName and primaryCookieName different values',
  links: ['https://docs.flagger.app/usage/deployment-strategies'],
  types: [CANARY_TYPE],
  needs: 'object',
  bad: CANARY_EXAMPLE + AFFINITY.replace('podinfo-primary', 'podinfo-canary'),
  good: CANARY_EXAMPLE + AFFINITY,
  *examine({ manifest }) {
    const at = ['spec', 'analysis', 'sessionAffinity'];
    const name = textAt(manifest, ...at, 'cookieName');
    if (name && name === textAt(manifest, ...at, 'primaryCookieName')) {
      yield {
        message: `must have a primaryCookieName that is not its cookieName, got '${name}' for both`,
        pointer: '/spec/analysis/sessionAffinity/primaryCookieName',
      };
    }
  },
};
