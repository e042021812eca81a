import { typeOf } from '../../clusters/applied-object';
import { directoryIn } from '../../clusters/cluster-roots';
import { FLUX_NAMESPACE } from '../../vocabulary/labels';
import { isBoundAnywhere } from '../bound-accounts';
import { ObjectCheck } from '../check';
import { configMap } from '../example-parts';
import { APPLIER_TYPES, COMPONENT_OF } from '../flux-controller';
import { isRemote } from '../isolated-tenants';
import { defaultServiceAccount } from '../lockdown';
import { valueAt } from '../manifest-fields';

/** Accounts that Flux brings along, with all rights. */
const OF_FLUX = /^(?:kustomize|helm)-controller$/;

/** A sync of the platform, with a line of its `spec`. */
function example(account: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  prune: true
  retryInterval: 2m
${account}  sourceRef:
    kind: GitRepository
    name: flux-system
  timeout: 5m
  wait: true
# file: apps/settings.yaml
${configMap('settings', 'apps')}`;
}

export const platformServiceAccount: ObjectCheck = {
  id: 'platform-service-account',
  severity: 'error',
  profile: 'recommended',
  summary:
    'where Flux has a default service account, what the platform applies must name an account that has rights',
  why:
    'The default account of a lockdown is impersonated in flux-system, too. There it has no rights, so that the API server refuses all that a Kustomization or HelmRelease ' +
    'applies which names none.',
  remedy:
    "set spec.serviceAccountName, in flux-system to 'kustomize-controller' or 'helm-controller'",
  links: [
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
    'https://github.com/fluxcd/flux2-multi-tenancy/issues/69',
  ],
  types: APPLIER_TYPES,
  needs: 'cluster',
  bad: example(''),
  good: example('  serviceAccountName: kustomize-controller\n'),
  *examine({ manifest }, cluster) {
    const { kind, metadata } = manifest;
    const isRoot =
      kind === 'Kustomization' && directoryIn(valueAt(manifest, 'spec', 'path')) === cluster.path;
    const isNamed = (valueAt(manifest, 'spec', 'serviceAccountName') ?? '') !== '';
    if (metadata.namespace !== FLUX_NAMESPACE || isRoot || isNamed || isRemote(manifest)) {
      return;
    }
    const applier = COMPONENT_OF.get(typeOf(manifest));
    const account = defaultServiceAccount(cluster, applier);
    if (account && !OF_FLUX.test(account) && !isBoundAnywhere(cluster, FLUX_NAMESPACE, account)) {
      yield {
        message: `must set spec.serviceAccountName, such as to '${applier}': without, it applies as the default account '${account}', which has no rights in '${FLUX_NAMESPACE}'`,
        pointer: '/spec',
      };
    }
  },
};
