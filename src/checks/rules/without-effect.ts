import { FileCheck } from '../check';
import { APPS_KUSTOMIZATION, APPS_SETTINGS } from '../example-parts';

/** A directory with a patch of the ConfigMap `target`. */
function example(target: string): string {
  return `${APPS_KUSTOMIZATION}patches:
  - target:
      kind: ConfigMap
      name: ${target}
    patch: |
      - op: add
        path: /data/level
        value: debug
${APPS_SETTINGS}data: {}
`;
}

export const withoutEffect: FileCheck = {
  id: 'without-effect',
  severity: 'warning',
  profile: 'strict',
  summary: 'what is written must have an effect',
  why: 'kustomize says nothing of a patch whose target is not there, and Flux passes over an object without apiVersion: whoever wrote it believes that it holds.',
  remedy:
    'correct the target or the object, list the file that is meant under resources, or remove what does nothing',
  links: [
    'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/',
  ],
  bad: example('setting'),
  good: example('settings'),
  *examineFile({ path }, repository, fleet) {
    for (const { message, pointer } of fleet.idle.get(repository)?.get(path) ?? []) {
      yield { message, pointer };
    }
  },
};
