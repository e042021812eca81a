import { isOpaque } from '../../clusters/applied-object';
import { ClusterView, isWithinReach } from '../../clusters/cluster-view';
import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck } from '../check';
import { itemsAt, textAt } from '../manifest-fields';

const METRIC = `      - name: error rate
        interval: 1m
        templateRef:
          name: error-rate
        thresholdRange:
          max: 1
`;
const TEMPLATE = `---
apiVersion: flagger.app/v1beta1
kind: MetricTemplate
metadata:
  name: error-rate
  namespace: apps
spec:
  provider:
    type: prometheus
    address: https://prometheus.example.com
  query: sum(rate(http_requests_total{namespace="{{ namespace }}", status=~"5.."}[{{ interval }}]))
`;

const REFERENCES = [
  { list: 'metrics', key: 'templateRef', kind: 'MetricTemplate' },
  { list: 'alerts', key: 'providerRef', kind: 'AlertProvider' },
];

export const canaryReferenceExists: ObjectCheck = {
  id: 'canary-reference-exists',
  severity: 'error',
  profile: 'recommended',
  summary: 'the templates and providers that a Canary refers to must be there',
  why: 'A metric whose template is missing fails the analysis at every look. An alert whose provider is missing is only logged, and nobody gets it.',
  remedy: 'correct name and namespace of the reference, or add the object',
  links: ['https://docs.flagger.app/usage/metrics', 'https://docs.flagger.app/usage/alerting'],
  types: [CANARY_TYPE],
  needs: 'cluster',
  bad: CANARY_EXAMPLE + METRIC + TEMPLATE.replace('name: error-rate', 'name: errors'),
  good: CANARY_EXAMPLE + METRIC + TEMPLATE,
  *examine({ manifest }, cluster) {
    for (const { list, key, kind } of REFERENCES) {
      for (const { value, pointer } of itemsAt(manifest, 'spec', 'analysis', list)) {
        const name = textAt(value, key, 'name');
        const namespace = textAt(value, key, 'namespace') || manifest.metadata.namespace;
        const isKnown = name !== undefined && !isOpaque(name) && !isOpaque(namespace);
        if (
          isKnown &&
          !cluster.find(`flagger.app/${kind}`, namespace, name) &&
          !mayBeInstalled(cluster, namespace)
        ) {
          yield {
            message: `refers to ${kind} '${name}' in namespace '${namespace}', which is not there`,
            pointer: `${pointer}/${key}/name`,
          };
        }
      }
    }
  },
};

/** Charts install objects of Flagger with the apps that they are for, where those of Flux do not come from. */
function mayBeInstalled(cluster: ClusterView, namespace: string): boolean {
  return cluster.mayHoldMore(namespace) || cluster.once(installedNamespaces).has(namespace);
}

function installedNamespaces(view: ClusterView): ReadonlySet<string> {
  const namespaces = new Set<string>();
  for (const { carrier } of view.unread) {
    const { spec, metadata } = carrier?.manifest ?? {};
    const to = String(spec?.targetNamespace ?? metadata?.namespace);
    if (carrier && isWithinReach(view, carrier, to)) {
      namespaces.add(to);
    }
  }
  return namespaces;
}
