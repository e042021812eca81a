import { isOpaque } from '../../clusters/applied-object';
import { isOfNamespace, metricQueryFault } from '../../vocabulary/metric-query';
import { ObjectCheck } from '../check';
import { textAt } from '../manifest-fields';
import { METRIC_TEMPLATE } from '../metric-template-example';

export const metricQueryNamespace: ObjectCheck = {
  id: 'metric-query-namespace',
  severity: 'warning',
  profile: 'strict',
  summary: 'a query to Prometheus should ask of one namespace',
  why: 'A Prometheus has the series of all namespaces that it scrapes. A query without namespace counts what others of the same name do, too: their faults roll a good version back, and their traffic hides that of a bad one.',
  remedy: 'match the label of the namespace with {{ namespace }}',
  links: ['https://docs.flagger.app/usage/metrics#prometheus'],
  types: ['flagger.app/MetricTemplate'],
  needs: 'object',
  bad: METRIC_TEMPLATE.replace('namespace="{{ namespace }}",', ''),
  good: METRIC_TEMPLATE,
  *examine({ manifest }) {
    const query = textAt(manifest, 'spec', 'query') ?? '';
    const namespace = String(manifest.metadata.namespace ?? '');
    const isShared =
      textAt(manifest, 'spec', 'provider', 'type') === 'prometheus' &&
      !isOfNamespaceOf(namespace, textAt(manifest, 'spec', 'provider', 'address') ?? '');
    const isRead = !isOpaque(query) && metricQueryFault(query) === undefined;
    if (isShared && isRead && !isOfNamespace(query, namespace)) {
      yield {
        message: 'should ask of one namespace, such as namespace="{{ namespace }}", got none',
        pointer: '/spec/query',
      };
    }
  },
};

/** Whether an address is that of a Service of a namespace, or not known. */
function isOfNamespaceOf(namespace: string, address: string): boolean {
  const [, , of] = /^https?:\/\/([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc|[:/]|$)/.exec(address) ?? [];
  return of === namespace || address.includes('${');
}
