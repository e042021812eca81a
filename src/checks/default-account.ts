import { ClusterView } from '../clusters/cluster-view';
import { kustomizationFileOf } from '../kustomize/build-directory';
import { itemsAt, textAt, textsAt, valueAt } from './manifest-fields';

/** What applies as an account. */
export type Applier = 'kustomize-controller' | 'helm-controller';

/** The accounts that the controllers impersonate for objects that name none; none where that is not known. */
export type DefaultAccounts = ReadonlyMap<Applier, string>;

const FLAG = /--default-service-account=([a-z0-9.-]+)/;
const APPLIERS: readonly Applier[] = ['kustomize-controller', 'helm-controller'];

/** The default accounts of a cluster, as its Deployments, its FluxInstance or the patches of its `flux-system` have them. */
export function defaultAccounts(view: ClusterView): DefaultAccounts {
  const accounts = new Map<Applier, string>();
  const enter = (applier: Applier, text: string) => {
    const [, account] = FLAG.exec(text) ?? [];
    if (account !== undefined) {
      accounts.set(applier, account);
    }
  };
  for (const patch of patchesOf(view)) {
    const target = textAt(patch, 'target', 'name') ?? textAt(patch, 'patch') ?? '';
    for (const applier of APPLIERS.filter((one) => target.includes(one))) {
      enter(applier, textAt(patch, 'patch') ?? '');
    }
  }
  for (const { manifest } of view.ofType('apps/Deployment')) {
    const applier = APPLIERS.find((one) => one === manifest.metadata.name);
    for (const { value } of itemsAt(manifest, 'spec', 'template', 'spec', 'containers')) {
      textsAt(value, 'args').forEach((text) => applier && enter(applier, text));
    }
  }
  for (const { manifest } of view.ofType('fluxcd.controlplane.io/FluxInstance')) {
    if (valueAt(manifest, 'spec', 'cluster', 'multitenant') === true) {
      const account = textAt(manifest, 'spec', 'cluster', 'tenantDefaultServiceAccount');
      APPLIERS.forEach((applier) => accounts.set(applier, account ?? 'default'));
    }
  }
  return accounts;
}

/** The patches of what Flux is installed by. */
function patchesOf(view: ClusterView): any[] {
  const { path, repository } = view;
  const directory = path === '' ? 'flux-system' : `${path}/flux-system`;
  const file = kustomizationFileOf(repository.tree, directory) ?? '';
  const instances = view.ofType('fluxcd.controlplane.io/FluxInstance');
  return [
    ...itemsAt(repository.tree.file(file)?.documents[0]?.manifest, 'patches'),
    ...instances.flatMap(({ manifest }) => itemsAt(manifest, 'spec', 'kustomize', 'patches')),
  ].map(({ value }) => value);
}
