import { ObjectCheck } from '../check';
import { gitSource } from '../example-parts';
import { mapAt } from '../manifest-fields';

const KINDS_OF_REFERENCE = ['branch', 'tag', 'semver', 'name', 'commit'];

const SOURCE = gitSource('podinfo', 'apps', 'https://git.example.com/acme/podinfo');

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
  bad: SOURCE.replace('\n    branch: main', ' {}'),
  good: SOURCE,
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
