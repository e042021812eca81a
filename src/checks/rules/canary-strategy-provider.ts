import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck, Problem } from '../check';
import { itemsAt, mapAt, textAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

/** What Flagger's table of features has a row for; of the others nothing is certain. */
const TABLED =
  /^(?:istio|linkerd|kuma|knative|kubernetes|contour|gloo|nginx|skipper|traefik|apisix|gatewayapi:.*|smi:.*)$/;
const BY_REQUEST = /^(?:istio|contour|gloo|nginx|gatewayapi:.*)$/;
const MIRRORED = /^(?:istio|gatewayapi:.*)$/;
const STICKY = /^(?:istio|gatewayapi:.*)$/;

export const canaryStrategyProvider: ObjectCheck = {
  id: 'canary-strategy-provider',
  severity: 'error',
  profile: 'recommended',
  summary: 'a Canary must ask of its provider only what that one can do',
  why: 'Flagger does not refuse what a provider cannot do, it does something else: with plain Kubernetes, for one, traffic moves all at once, whatever weights and matches are written.',
  remedy: 'choose a strategy that the provider supports, or another provider',
  links: [
    'https://github.com/fluxcd/flagger#features',
    'https://docs.flagger.app/usage/deployment-strategies',
  ],
  types: [CANARY_TYPE],
  needs: 'object',
  bad: CANARY_EXAMPLE.replace('provider: istio', 'provider: kubernetes'),
  good: CANARY_EXAMPLE.replace('provider: istio', 'provider: kubernetes').replace(
    'maxWeight: 50\n    stepWeight: 10',
    'iterations: 10',
  ),
  *examine({ manifest }) {
    const provider = textAt(manifest, 'spec', 'provider') ?? '';
    if (TABLED.test(provider)) {
      yield* unsupported(manifest, provider);
    }
  },
};

function* unsupported(manifest: any, provider: string): Generator<Problem> {
  const { stepWeight, stepWeights, mirror, sessionAffinity } = mapAt(manifest, 'spec', 'analysis');
  if (provider === 'kubernetes' && (stepWeight || stepWeights)) {
    yield {
      message: `has steps of traffic, but provider 'kubernetes' moves all at once; use 'iterations'`,
      pointer: `/spec/analysis/${stepWeight ? 'stepWeight' : 'stepWeights'}`,
    };
  }
  if (itemsAt(manifest, 'spec', 'analysis', 'match').length > 0 && !BY_REQUEST.test(provider)) {
    yield {
      message: `matches requests, which provider '${provider}' cannot tell apart; istio, contour, gloo, nginx and gatewayapi can`,
      pointer: '/spec/analysis/match',
    };
  }
  if (mirror === true && !MIRRORED.test(provider)) {
    yield {
      message: `mirrors traffic, which provider '${provider}' cannot do; istio and gatewayapi can`,
      pointer: '/spec/analysis/mirror',
    };
  }
  if (isMap(sessionAffinity) && !STICKY.test(provider)) {
    yield {
      message: `has session affinity, which provider '${provider}' cannot do; istio and gatewayapi can`,
      pointer: '/spec/analysis/sessionAffinity',
    };
  }
}
