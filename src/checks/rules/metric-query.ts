import { isOpaque } from '../../clusters/applied-object';
import { metricQueryFault } from '../../vocabulary/metric-query';
import { ObjectCheck } from '../check';
import { textAt } from '../manifest-fields';
import { METRIC_TEMPLATE } from '../metric-template-example';

export const metricQuery: ObjectCheck = {
  id: 'metric-query',
  severity: 'error',
  profile: 'recommended',
  summary: 'the query of a MetricTemplate must be a template that Flagger can fill in',
  why: 'Flagger reads the query as a template of Go, which knows the functions that Flagger gives it and no other. Where it cannot be read, every look at the metric fails, and each new version is rolled back. A field such as {{ .namespace }} becomes <no value>, which matches nothing.',
  remedy:
    'write {{ name }}, {{ namespace }}, {{ target }}, {{ service }}, {{ ingress }} or {{ interval }}, or {{ variables.<key> }} of what the metric of the Canary has as templateVariables',
  links: ['https://docs.flagger.app/usage/metrics#custom-metrics'],
  types: ['flagger.app/MetricTemplate'],
  needs: 'object',
  bad: METRIC_TEMPLATE.replace('{{ target }}', '{{ workload }}'),
  good: METRIC_TEMPLATE,
  *examine({ manifest }) {
    const query = textAt(manifest, 'spec', 'query') ?? '';
    const fault = isOpaque(query) ? undefined : metricQueryFault(query);
    if (fault !== undefined) {
      yield {
        message: `must be a template that Flagger can fill in, got ${fault}`,
        pointer: '/spec/query',
      };
    }
  },
};
