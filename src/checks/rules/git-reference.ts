import { ObjectCheck } from '../check';
import { mapAt } from '../manifest-fields';

const KINDS_OF_REFERENCE = ['branch', 'tag', 'semver', 'name', 'commit'];

export const gitReference: ObjectCheck = {
  id: 'git-reference',
  severity: 'warning',
  profile: 'strict',
  summary: 'every GitRepository should say what of the repository it fetches',
  why: "Flux fetches the branch 'master' where nothing else is said, which few repositories still have, and which anybody who may push could create.",
  remedy: 'set ref to a branch, a tag, a range of versions or a commit',
  links: ['https://fluxcd.io/flux/components/source/gitrepositories/#reference'],
  types: ['source.toolkit.fluxcd.io/GitRepository'],
  needs: 'cluster',
  bad: source('{}'),
  good: source('\n    branch: main'),
  *examine({ manifest }) {
    const reference = mapAt(manifest, 'spec', 'ref');
    if (!KINDS_OF_REFERENCE.some((key) => reference[key])) {
      yield {
        message: `should have a ref with ${KINDS_OF_REFERENCE.join(', ')}, got none, which means branch 'master'`,
        pointer: '/spec/ref',
      };
    }
  },
};

function source(reference: string): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 5m
  ref: ${reference}
  url: https://git.example.com/acme/podinfo
`.replace(/ +$/gm, '');
}
