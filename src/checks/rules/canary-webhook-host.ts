import { ClusterView } from '../../clusters/cluster-view';
import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck } from '../check';
import { itemsAt, textAt } from '../manifest-fields';

const CANARY = `# with: tenant team-a
# with: tenant team-b
${CANARY_EXAMPLE.replace('namespace: apps', 'namespace: team-a')}    webhooks:
      - name: load test
        url: http://loadtester.team-b.svc/
        timeout: 5s
`;

export const canaryWebhookHost: ObjectCheck = {
  id: 'canary-webhook-host',
  severity: 'warning',
  profile: 'recommended',
  summary: 'webhooks of a tenant must not be at Services of others',
  why: 'Flagger calls the webhooks with its own way through network policies. The load tester asks nobody who they are and runs whatever command it is sent, so one that tenants share lets each act in the place of the others.',
  remedy:
    "run the load tester in the tenant's own namespace, and name it '<service>.<namespace>.svc'",
  links: ['https://docs.flagger.app/usage/webhooks'],
  types: [CANARY_TYPE],
  needs: 'cluster',
  bad: CANARY,
  good: CANARY.replace('loadtester.team-b', 'loadtester.team-a'),
  *examine(object, cluster) {
    const tenant = cluster.tenantOf(object);
    if (tenant === undefined) {
      return;
    }
    for (const { value, pointer } of itemsAt(object.manifest, 'spec', 'analysis', 'webhooks')) {
      const namespace = namespaceCalled(textAt(value, 'url') ?? '', cluster);
      if (namespace !== undefined && cluster.tenants.ownerOf(namespace) !== tenant) {
        yield {
          message: `calls a Service in namespace '${namespace}', which must be of tenant '${tenant}'`,
          pointer: `${pointer}/url`,
        };
      }
    }
  },
};

/** The namespace of the Service that a URL names; undefined where it is not certain to name one. */
function namespaceCalled(url: string, cluster: ClusterView): string | undefined {
  const [, host] = /^https?:\/\/(?:[^@/?#]*@)?([a-z0-9.-]+)(?:[:/?#]|$)/i.exec(url) ?? [];
  const [, namespace, svc, ...more] = (host ?? '').toLowerCase().split('.');
  if (svc === undefined) {
    return cluster.find('/Namespace', undefined, namespace) && namespace;
  }
  const isService = svc === 'svc' && (more.length === 0 || more.join('.') === 'cluster.local');
  return isService ? namespace : undefined;
}
