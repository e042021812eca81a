/** The example of checks of metrics, and nothing wrong with it. */
export const METRIC_TEMPLATE = `apiVersion: flagger.app/v1beta1
kind: MetricTemplate
metadata:
  name: errors
  namespace: apps
spec:
  provider:
    address: http://prometheus.monitoring.svc:9090
    type: prometheus
  query: sum(rate(errors_total{namespace="{{ namespace }}",pod=~"{{ target }}-.*"}[{{ interval }}]))
`;
