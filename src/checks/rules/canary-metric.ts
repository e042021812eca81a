import { isOpaque } from '../../clusters/applied-object';
import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck } from '../check';
import { itemsAt, textAt, valueAt } from '../manifest-fields';
import { BUILT_IN_METRICS } from '../../vocabulary/canary-rollout';
import { isMap } from '../../vocabulary/is-map';

export const canaryMetric: ObjectCheck = {
  id: 'canary-metric',
  severity: 'error',
  profile: 'recommended',
  summary: 'every metric of a Canary must be one that Flagger can ask for',
  why: "Flagger has queries of its own for 'request-success-rate' and 'request-duration' only. An analysis with a metric of another name, without template or query, fails at every look, and the new version is rolled back.",
  remedy: 'name one of the two, or refer to a MetricTemplate by templateRef',
  links: ['https://docs.flagger.app/usage/metrics'],
  types: [CANARY_TYPE],
  needs: 'object',
  bad: CANARY_EXAMPLE.replace('request-success-rate', 'request-sucess-rate'),
  good: CANARY_EXAMPLE,
  *examine({ manifest }) {
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'analysis', 'metrics')) {
      const name = textAt(value, 'name') ?? '';
      const isAsked =
        BUILT_IN_METRICS.some((one) => one === name) ||
        isMap(valueAt(value, 'templateRef')) ||
        !!textAt(value, 'query');
      if (isMap(value) && !isAsked && !isOpaque(name)) {
        yield {
          message: `has metric '${name}' without template, which must be 'request-success-rate' or 'request-duration'`,
          pointer: name === '' ? pointer : `${pointer}/name`,
        };
      }
    }
  },
};
