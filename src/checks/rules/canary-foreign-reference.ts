import { isOpaque } from '../../clusters/applied-object';
import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck } from '../check';
import { Field, itemsAt, textAt, valueAt } from '../manifest-fields';

const CANARY = CANARY_EXAMPLE.replace('namespace: apps', 'namespace: team-a').replace(
  'interval: 1m\n        threshold',
  'templateRef:\n          name: success-rate\n          namespace: team-b\n        interval: 1m\n        threshold',
);
const TEMPLATE = `---
apiVersion: flagger.app/v1beta1
kind: MetricTemplate
metadata:
  name: success-rate
  namespace: team-b
spec:
  provider:
    type: prometheus
    address: https://prometheus.example.com
  query: sum(rate(http_requests_total{namespace="{{ namespace }}",status!~"5.."}[{{ interval }}]))
`;
const TENANTS = '# with: tenant team-a\n# with: tenant team-b\n';

export const canaryForeignReference: ObjectCheck = {
  id: 'canary-foreign-reference',
  severity: 'error',
  profile: 'recommended',
  summary: 'a Canary of a tenant must not refer to templates and providers outside of the tenant',
  why: 'Flagger may read the Secrets of every namespace, and follows a reference into any of them unless it was started with -no-cross-namespace-refs. A tenant would have it use the credentials of another.',
  remedy:
    'keep the object in the namespace of the Canary, and leave the namespace of the reference out',
  links: ['https://docs.flagger.app/faq', 'https://docs.flagger.app/usage/metrics'],
  types: [CANARY_TYPE],
  needs: 'cluster',
  bad: TENANTS + CANARY + TEMPLATE,
  good: (TENANTS + CANARY + TEMPLATE).replace(/namespace: team-b/g, 'namespace: team-a'),
  *examine(object, cluster) {
    const tenant = cluster.tenantOf(object);
    if (tenant === undefined) {
      return;
    }
    for (const { value, pointer } of namespacesIn(object.manifest)) {
      if (value && !isOpaque(value) && cluster.tenants.ownerOf(value) !== tenant) {
        yield {
          message: `refers to an object in namespace '${value}', which must be of tenant '${tenant}'`,
          pointer,
        };
      }
    }
  },
};

function namespacesIn(manifest: any): Field<string | undefined>[] {
  const within = (list: string, key: string) =>
    itemsAt(manifest, 'spec', 'analysis', list).map(({ value, pointer }) => ({
      value: textAt(value, key, 'namespace'),
      pointer: `${pointer}/${key}/namespace`,
    }));
  return [
    ...within('metrics', 'templateRef'),
    ...within('alerts', 'providerRef'),
    {
      value: textAt(valueAt(manifest, 'spec', 'upstreamRef'), 'namespace'),
      pointer: '/spec/upstreamRef/namespace',
    },
  ];
}
