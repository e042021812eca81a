import { FileCheck } from '../check';
import { configMap } from '../example-parts';
import { holdsObjects } from '../unbuilt-files';

export const readableFile: FileCheck = {
  id: 'readable-file',
  severity: 'error',
  profile: 'recommended',
  summary: 'every file that Flux applies must be readable',
  why: 'kustomize-controller stops at a file that it cannot read, and applies nothing of the directory that holds it.',
  remedy: 'write valid YAML, with every key of a map once',
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/'],
  bad: configMap('settings', 'apps', 'level: info', 'level: debug'),
  good: configMap('settings', 'apps', 'level: debug'),
  *examineFile(file, repository, fleet) {
    const { path, problems } = file;
    const isRefused = fleet.errors.get(repository)?.has(path);
    // Where no cluster is read, anything may be applied. What a generator takes need be nothing for Kubernetes.
    const isJudged = fleet.built.get(repository)?.has(path)
      ? isRefused
      : fleet.clusters.length === 0 && holdsObjects(file, repository);
    const [problem] = problems; // the others follow from it, or are told next
    if (isJudged && problem) {
      yield { message: `cannot be read: ${problem.message}`, line: problem.line };
    }
  },
};
