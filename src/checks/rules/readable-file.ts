import { FileCheck } from '../check';

export const readableFile: FileCheck = {
  id: 'readable-file',
  severity: 'error',
  profile: 'recommended',
  summary: 'every file of YAML must be readable',
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
  *examineFile({ problems }) {
    for (const { message, line } of problems) {
      yield { message: `cannot be read: ${message}`, line };
    }
  },
};
