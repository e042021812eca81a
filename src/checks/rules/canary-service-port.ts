import { isOpaque } from '../../clusters/applied-object';
import { CANARY_EXAMPLE, CANARY_TYPE, numberOf } from '../canaries';
import { ObjectCheck } from '../check';
import { textAt, valueAt } from '../manifest-fields';

export const canaryServicePort: ObjectCheck = {
  id: 'canary-service-port',
  severity: 'error',
  profile: 'recommended',
  summary: 'a Canary must name the port of its Services',
  why: 'Flagger makes the Services of an app with the port of the Canary, and the API server refuses a Service whose port is not from 1 to 65535.',
  remedy: 'set spec.service.port to the port that clients call',
  links: ['https://docs.flagger.app/usage/how-it-works'],
  types: [CANARY_TYPE],
  // A patch, which may lie beside what is applied, need not be whole.
  needs: 'cluster',
  bad: CANARY_EXAMPLE.replace('port: 9898', 'targetPort: 9898'),
  good: CANARY_EXAMPLE,
  *examine({ manifest }) {
    const service = valueAt(manifest, 'spec', 'service');
    const port = valueAt(service, 'port');
    const isKnative =
      textAt(manifest, 'spec', 'provider') === 'knative' ||
      textAt(manifest, 'spec', 'targetRef', 'kind') === 'Service';
    if (isKnative || isOpaque(service) || isOpaque(port) || !valueAt(manifest, 'spec')) {
      return;
    }
    const number = numberOf(port);
    if (number === undefined || !Number.isInteger(number) || number < 1 || number > 65535) {
      yield {
        message: `must have a spec.service.port from 1 to 65535, got ${JSON.stringify(port) ?? 'none'}`,
        pointer: port === undefined ? undefined : '/spec/service/port',
      };
    }
  },
};
