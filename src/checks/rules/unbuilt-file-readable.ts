import { FileCheck } from '../check';
import { APPS_KUSTOMIZATION, APPS_SETTINGS, configMap } from '../example-parts';
import { holdsObjects, liesBesideBuilt } from '../unbuilt-files';

const KUSTOMIZATION = APPS_KUSTOMIZATION + APPS_SETTINGS;

export const unbuiltFileReadable: FileCheck = {
  id: 'unbuilt-file-readable',
  severity: 'warning',
  profile: 'recommended',
  summary: 'a file of objects beside what Flux applies should be readable',
  why:
    'Nothing applies the file yet, so nothing stops at it: it was forgotten in a kustomization file, or the directory stops building when it is ' +
    'added. Nor is anything in it judged.',
  remedy: 'write valid YAML, or remove the file',
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/'],
  bad: `${KUSTOMIZATION}# file: clusters/prod/apps/more-settings.yaml
${configMap('more-settings', 'apps', 'level: info', 'level: debug')}`,
  good: `${KUSTOMIZATION}# file: clusters/prod/apps/more-settings.yaml
${configMap('more-settings', 'apps', 'level: debug')}`,
  *examineFile(file, repository, fleet) {
    const [problem] = file.problems;
    if (
      problem &&
      fleet.clusters.length > 0 &&
      !fleet.built.get(repository)?.has(file.path) &&
      holdsObjects(file, repository) &&
      liesBesideBuilt(file, repository, fleet)
    ) {
      yield { message: `cannot be read: ${problem.message}`, line: problem.line };
    }
  },
};
