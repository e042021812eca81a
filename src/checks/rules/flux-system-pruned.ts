import { directoryIn } from '../../clusters/cluster-roots';
import { ClusterView } from '../../clusters/cluster-view';
import { parentOf } from '../../inventory/source-file';
import { kustomizationFileOf } from '../../kustomize/build-directory';
import { FileCheck } from '../check';
import { configMap, kustomizationFile } from '../example-parts';
import { gotkSync, isGenerated } from '../gotk-sync';
import { textAt, textsAt, valueAt } from '../manifest-fields';

const FILES = `# file: clusters/prod/flux-system/gotk-components.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: flux-system
${kustomizationFile('clusters/prod/flux-system', 'gotk-components.yaml', 'gotk-sync.yaml')}# file: clusters/prod/settings.yaml
${configMap('settings', 'apps')}`;

export const fluxSystemPruned: FileCheck = {
  id: 'flux-system-pruned',
  severity: 'error',
  profile: 'recommended',
  summary: "a kustomization file of a cluster's directory must list flux-system",
  why:
    'Flux applies the directory of a cluster, in which flux bootstrap puts flux-system. With a kustomization file that leaves it out, ' +
    'Flux itself is no longer part of what it applies. What was part of it is pruned: controllers, custom resource definitions and every object of theirs.',
  remedy: "add 'flux-system' to resources, or remove the kustomization file",
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file',
    'https://fluxcd.io/flux/installation/configuration/bootstrap-customization/',
  ],
  bad: `${kustomizationFile('clusters/prod', 'settings.yaml')}${FILES}${gotkSync()}`,
  good: `${kustomizationFile('clusters/prod', 'flux-system', 'settings.yaml')}${FILES}${gotkSync()}`,
  *examineFile({ path }, repository, fleet) {
    const directory = parentOf(path);
    if (kustomizationFileOf(repository.tree, directory) !== path) {
      return;
    }
    const errors = fleet.errors.get(repository);
    for (const view of fleet.clusters) {
      const isRoot = view.isCluster && view.repository === repository && view.path === directory;
      if (isRoot && !errors?.has(path) && !mayBringFlux(view)) {
        for (const left of leftOut(view)) {
          yield {
            message: `must list '${left}', without which Flux prunes itself from the cluster`,
            pointer: '/resources',
            cluster: view.name,
          };
        }
      }
    }
  },
};

/** The directories of Flux's own manifests, as kustomization files call them, that nothing applies. */
function leftOut(view: ClusterView): string[] {
  const { path, repository } = view;
  const { tree } = repository;
  return (tree.directory(path)?.directories ?? [])
    .filter((directory) => {
      const sync = `${directory}/gotk-sync.yaml`;
      const file = kustomizationFileOf(tree, directory);
      const { documents, text } = tree.file(sync) ?? { documents: [], text: '' };
      const isExpected =
        documents.length === 0 &&
        file !== undefined &&
        textsAt(tree.file(file)?.documents[0]?.manifest, 'resources').includes('gotk-sync.yaml');
      return isExpected
        ? !view.isBuiltOf(repository, file)
        : isGenerated(text) &&
            !view.isBuiltOf(repository, sync) &&
            documents.some(({ manifest }) => prunes(manifest, path));
    })
    .map((directory) => directory.slice(path === '' ? 0 : path.length + 1));
}

/** Whether a Flux Kustomization prunes what is no longer in a directory. */
function prunes(manifest: unknown, directory: string): boolean {
  return (
    textAt(manifest, 'kind') === 'Kustomization' &&
    valueAt(manifest, 'spec', 'prune') === true &&
    directoryIn(textAt(manifest, 'spec', 'path')) === directory
  );
}

/** Whether Flux may come from elsewhere. */
function mayBringFlux(view: ClusterView): boolean {
  return (
    view.ofType('fluxcd.controlplane.io/FluxInstance').length > 0 ||
    view.unread.some(({ carrier, isFlux }) => carrier === undefined && !isFlux)
  );
}
