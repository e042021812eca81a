import { identityOf } from '../../inventory/identity';
import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck } from '../check';
import { claimsOfCanary, rivalOf } from '../route-claims';

export const canaryHostShared: ObjectCheck = {
  id: 'canary-host-shared',
  severity: 'error',
  profile: 'recommended',
  summary: 'no two apps must answer for one host and path where one is a Canary',
  why: 'Who lets requests in gives them to one of the two, most often the older, and does not say so. The other gets none; where it is the Canary, its analysis measures somebody else, or nothing, and where it is not, the Canary takes what was meant for it.',
  remedy:
    'give each a host or a path of its own, or a Gateway, listener or ingress class of its own',
  links: [
    'https://docs.flagger.app/usage/how-it-works#canary-service',
    'https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule',
    'https://kubernetes.github.io/ingress-nginx/how-it-works/#building-the-nginx-model',
  ],
  types: [CANARY_TYPE],
  needs: 'cluster',
  bad: example('podinfo.example.com'),
  good: example('podinfo-nightly.example.com'),
  *examine(object, cluster) {
    const told = new Set<string>();
    for (const claim of claimsOfCanary(object, cluster)) {
      const { manifest } = rivalOf(claim, cluster) ?? {};
      if (manifest && !told.has(identityOf(manifest))) {
        told.add(identityOf(manifest));
        const { name, namespace } = manifest.metadata;
        yield {
          message: `must have hosts and paths of its own, but ${manifest.kind} '${name}' in namespace '${namespace}' answers for '${claim.requests}', too`,
          pointer:
            claim.manifest === object.manifest ? '/spec/service/hosts' : '/spec/ingressRef/name',
        };
      }
    }
  },
};

function example(host: string): string {
  const one = (name: string, of: string) =>
    CANARY_EXAMPLE.replaceAll('name: podinfo', `name: ${name}`).replace(
      '    port: 9898\n',
      `    gateways:\n      - istio-system/public\n    hosts:\n      - ${of}\n    port: 9898\n`,
    );
  return `${one('podinfo', 'podinfo.example.com')}---\n${one('podinfo-nightly', host)}`;
}
