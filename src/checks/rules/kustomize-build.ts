import { FileCheck } from '../check';
import { APPS_KUSTOMIZATION, APPS_SETTINGS } from '../example-parts';

export const kustomizeBuild: FileCheck = {
  id: 'kustomize-build',
  severity: 'error',
  profile: 'recommended',
  summary: 'every directory that Flux applies must build with kustomize',
  why: 'kustomize-controller applies nothing of a directory that does not build, and the objects in it stay as they were.',
  remedy:
    'correct the kustomization file, or the Flux Kustomization, that is named; or add what it asks for',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file',
    'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/',
  ],
  bad: APPS_KUSTOMIZATION,
  good: APPS_KUSTOMIZATION + APPS_SETTINGS,
  *examineFile({ path, problems }, repository, fleet) {
    if (problems.length > 0) {
      return; // another check tells
    }
    for (const { message, pointer, asked } of fleet.errors.get(repository)?.get(path) ?? []) {
      yield asked
        ? {
            message: `has ${asked.by}, as which '${asked.directory}' does not build: ${message}`,
            pointer,
            index: asked.index,
            cluster: asked.cluster,
          }
        : { message: `does not build: ${message}`, pointer };
    }
  },
};
