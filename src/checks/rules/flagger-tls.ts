import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck } from '../check';
import { itemsAt, textAt, valueAt } from '../manifest-fields';

const WEBHOOKS = `    webhooks:
      - name: gate
        type: confirm-rollout
        url: https://gate.example.com/
`;

export const flaggerTls: ObjectCheck = {
  id: 'flagger-tls',
  severity: 'warning',
  profile: 'strict',
  summary: 'Flagger must verify the certificates of what it asks',
  why: 'What answers a webhook or a query decides whether a new version is promoted. Without verification, whoever is on the way may answer, and reads the credentials that are sent.',
  remedy: 'remove disableTLS and insecureSkipVerify, and use a certificate that Flagger trusts',
  links: ['https://docs.flagger.app/usage/webhooks', 'https://docs.flagger.app/usage/metrics'],
  types: [CANARY_TYPE, 'flagger.app/MetricTemplate'],
  needs: 'object',
  bad: `${CANARY_EXAMPLE}${WEBHOOKS}        disableTLS: true\n`,
  good: CANARY_EXAMPLE + WEBHOOKS,
  *examine({ manifest }) {
    const isSkipped = valueAt(manifest, 'spec', 'provider', 'insecureSkipVerify') === true;
    if (isSkipped && manifest.kind === 'MetricTemplate') {
      yield {
        message: 'must not have insecureSkipVerify, with which anybody may answer its query',
        pointer: '/spec/provider/insecureSkipVerify',
      };
    }
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'analysis', 'webhooks')) {
      if (valueAt(value, 'disableTLS') === true) {
        yield {
          message: `must not have disableTLS, with which anybody may answer webhook '${textAt(value, 'name') ?? pointer}'`,
          pointer: `${pointer}/disableTLS`,
        };
      }
    }
  },
};
