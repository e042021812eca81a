import { isOpaque } from '../../clusters/applied-object';
import { FLUX_NAMESPACE } from '../../vocabulary/labels';
import { isBoundAnywhere } from '../bound-accounts';
import { FileCheck } from '../check';
import { fluxChangedIn, defaultServiceAccount } from '../lockdown';
import {
  CROSS_NAMESPACE,
  DEFAULT_ACCOUNT,
  DOCUMENTED,
  fluxPatchedBy,
  REMOTE_BASES,
} from '../lockdown-example';
import { textAt, valueAt } from '../manifest-fields';

export const lockdownRootIdentity: FileCheck = {
  id: 'lockdown-root-identity',
  severity: 'error',
  profile: 'recommended',
  summary: "where Flux has a default account, the cluster's own Kustomization must name another",
  why:
    'The default account counts for the Kustomization that applies Flux itself, too. It has no rights in flux-system, so that the API server refuses ' +
    'everything, the repair of this included, once Flux has restarted with the flag.',
  remedy:
    "set spec.serviceAccountName of Kustomization 'flux-system' to 'kustomize-controller', with a patch in flux-system/kustomization.yaml",
  links: [
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
    'https://github.com/fluxcd/flux2-multi-tenancy/issues/69',
  ],
  bad: fluxPatchedBy(CROSS_NAMESPACE, REMOTE_BASES, DEFAULT_ACCOUNT),
  good: fluxPatchedBy(...DOCUMENTED),
  *examineFile(file, repository, fleet) {
    for (const { view, installation, place } of fluxChangedIn(file, repository, fleet)) {
      const { sync } = installation;
      const account = defaultServiceAccount(view, 'kustomize-controller');
      const named = valueAt(sync, 'spec', 'serviceAccountName') ?? '';
      const namespace = textAt(sync, 'metadata', 'namespace') ?? FLUX_NAMESPACE;
      if (
        sync &&
        account &&
        named === '' &&
        !isOpaque(account) &&
        !isBoundAnywhere(view, namespace, account)
      ) {
        yield {
          message: `must give Kustomization '${sync.metadata.name}' spec.serviceAccountName 'kustomize-controller': without, it applies as the default account '${account}'`,
          ...place,
        };
      }
    }
  },
};
