import { isOpaqueIn } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { tenantSync } from '../example-parts';
import { APPLIER_TYPES } from '../flux-controller';
import { isolatedTenants, isRemote } from '../isolated-tenants';
import { textAt } from '../manifest-fields';
import { FLUX_NAMESPACE } from '../../vocabulary/labels';
import { mayHoldUnreadFor } from '../unread-objects';

/** Accounts that come with Flux, wherever it is installed; which is in no namespace of a tenant. */
const OF_FLUX = /^(?:flux-operator|(?:kustomize|helm)-controller)$/;

export const serviceAccountExists: ObjectCheck = {
  id: 'service-account-exists',
  severity: 'error',
  profile: 'recommended',
  summary: 'the service account of a Kustomization or HelmRelease must be in its namespace',
  why:
    'Flux looks for the account in the namespace of the object and nowhere else. One that is not there has no rights, and when the object is ' +
    'deleted without it, Flux skips pruning and leaves behind all that it applied.',
  remedy: 'create the ServiceAccount in the same namespace, or correct spec.serviceAccountName',
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control'],
  types: APPLIER_TYPES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${tenantSync('serviceAccountName: taem-a')}`,
  good: `# with: tenant team-a\n${tenantSync('serviceAccountName: team-a')}`,
  *examine(object, cluster) {
    const { manifest } = object;
    const { namespace } = manifest.metadata;
    const account = textAt(manifest, 'spec', 'serviceAccountName') ?? '';
    const isKnown =
      account !== '' &&
      ![account, namespace].some((one) => isOpaqueIn(object, one)) &&
      !isRemote(manifest);
    if (!isKnown || typeof namespace !== 'string') {
      return;
    }
    const comesWithFlux =
      OF_FLUX.test(account) && cluster.once(isolatedTenants).ownerOf(namespace) === undefined;
    if (
      namespace !== FLUX_NAMESPACE &&
      account !== 'default' &&
      !comesWithFlux &&
      !cluster.find('/ServiceAccount', namespace, account) &&
      !mayHoldUnreadFor(cluster, namespace, account)
    ) {
      yield {
        message: `applies as ServiceAccount '${account}', which is not in namespace '${namespace}'`,
        pointer: '/spec/serviceAccountName',
      };
    }
  },
};
