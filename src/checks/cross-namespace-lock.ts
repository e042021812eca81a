import { ClusterView } from '../clusters/cluster-view';
import { isMap, textsAt, valueAt } from './manifest-fields';

const FLAG = /--no-cross-namespace-refs(?:=(?:true|1|t))?(?![=\w-])/i;

/** Whether Flux is told on a cluster to refuse references into other namespaces. */
export function refusesForeignReferences(cluster: ClusterView): boolean {
  return cluster.once(refuses);
}

function refuses(cluster: ClusterView): boolean {
  const isInstance = cluster
    .ofType('fluxcd.controlplane.io/FluxInstance')
    .some(({ manifest }) => valueAt(manifest, 'spec', 'cluster', 'multitenant') === true);
  const isController = cluster.ofType('apps/Deployment').some(({ manifest }) => {
    const containers = valueAt(manifest, 'spec', 'template', 'spec', 'containers');
    return (
      String(manifest.metadata.name).startsWith('kustomize-controller') &&
      Array.isArray(containers) &&
      containers.some((one) => textsAt(one, 'args').some((arg) => FLAG.test(arg)))
    );
  });
  return isInstance || isController || isPatched(cluster);
}

/** Whether the patches beside Flux's own manifests, which may still be to come, say so. */
function isPatched({ path, repository }: ClusterView): boolean {
  const directory = `${path === '' ? '' : `${path}/`}flux-system`;
  const file = repository.tree.file(`${directory}/kustomization.yaml`);
  const patches = valueAt(file?.documents[0]?.manifest, 'patches');
  return (
    Array.isArray(patches) &&
    patches.some((one) => isMap(one) && typeof one.patch === 'string' && FLAG.test(one.patch))
  );
}
