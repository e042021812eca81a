import { isLeftAlone } from '../../clusters/view-clusters';
import { FileCheck } from '../check';

/** What every object of Kubernetes says at the beginning of a line. */
const IS_OBJECT = [/^apiVersion:/m, /^kind:/m];

export const readableFile: FileCheck = {
  id: 'readable-file',
  severity: 'error',
  profile: 'recommended',
  summary: 'every file of objects must be readable',
  why: 'kustomize-controller stops at a file that it cannot read, and applies nothing of the directory that holds it.',
  remedy: 'write valid YAML, with every key of a map once',
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/'],
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: apps
data:
  level: info
  level: debug
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: apps
data:
  level: debug
`,
  *examineFile(file, repository, fleet) {
    const { path, text, problems } = file;
    const isBuilt = fleet.built.get(repository)?.has(path);
    if (
      !isBuilt &&
      (isLeftAlone(repository.tree, path) || !IS_OBJECT.every((one) => one.test(text)))
    ) {
      return; // nobody is known to apply it, and it need be nothing for Kubernetes
    }
    for (const { message, line } of problems) {
      yield { message: `cannot be read: ${message}`, line };
    }
  },
};
