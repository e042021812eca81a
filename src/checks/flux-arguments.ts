import { ClusterView } from '../clusters/cluster-view';
import { itemsAt, textAt, textsAt, valueAt } from './manifest-fields';

const NO_FOREIGN = /--no-cross-namespace-refs(?:=(?:true|1|t))?(?![=\w-])/i;
const NOT_STRICT = /\bStrictPostBuildSubstitutions=false\b/i;

/** Whether Flux is told on a cluster to refuse references into other namespaces. */
export function refusesForeignReferences(cluster: ClusterView): boolean {
  return cluster.once(refusesForeign);
}

/** Whether Flux is told on a cluster to substitute nothing for a variable that is not set. */
export function allowsUnsetVariables(cluster: ClusterView): boolean {
  return cluster.once(allowsUnset);
}

function refusesForeign(cluster: ClusterView): boolean {
  const isMultitenant = cluster
    .ofType('fluxcd.controlplane.io/FluxInstance')
    .some(({ manifest }) => valueAt(manifest, 'spec', 'cluster', 'multitenant') === true);
  return isMultitenant || argumentsOf(cluster).some((text) => NO_FOREIGN.test(text));
}

function allowsUnset(cluster: ClusterView): boolean {
  return argumentsOf(cluster).some((text) => NOT_STRICT.test(text));
}

/** Arguments of kustomize-controller, or patches that hold them: Flux's own manifests may still be to come. */
function argumentsOf(cluster: ClusterView): string[] {
  const { path, repository } = cluster;
  const directory = `${path === '' ? '' : `${path}/`}flux-system`;
  const file = repository.tree.file(`${directory}/kustomization.yaml`);
  const instances = cluster.ofType('fluxcd.controlplane.io/FluxInstance');
  return [
    ...cluster
      .ofType('apps/Deployment')
      .filter(({ manifest }) => String(manifest.metadata.name).startsWith('kustomize-controller'))
      .flatMap(({ manifest }) => itemsAt(manifest, 'spec', 'template', 'spec', 'containers'))
      .flatMap(({ value }) => textsAt(value, 'args')),
    ...itemsAt(file?.documents[0]?.manifest, 'patches')
      .concat(
        instances.flatMap(({ manifest }) => itemsAt(manifest, 'spec', 'kustomize', 'patches')),
      )
      .map(({ value }) => textAt(value, 'patch') ?? ''),
  ];
}
