import { isOpaque } from '../../clusters/applied-object';
import { directoryWithin, Fetched, knownPart } from '../../clusters/artifact';
import { ObjectCheck } from '../check';
import { platformSync, settingsFile } from '../example-parts';
import { itemsAt, mapAt, textAt } from '../manifest-fields';
import { isSuspended, referencesOf } from '../references';

export const syncPathExists: ObjectCheck = {
  id: 'sync-path-exists',
  severity: 'error',
  profile: 'recommended',
  summary: 'the directory that a Kustomization applies must be in its repository',
  why: 'kustomize-controller refuses a path that is not there, and what it applied before from another path is never updated again.',
  remedy: 'correct path, which starts at the root of the repository, or add the directory',
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#path'],
  types: ['kustomize.toolkit.fluxcd.io/Kustomization'],
  needs: 'cluster',
  bad: `${platformSync('apps', 'path: ./app', 'wait: true')}${settingsFile('apps')}`,
  good: `${platformSync('apps', 'wait: true')}${settingsFile('apps')}`,
  *examine(object, cluster) {
    const { manifest } = object;
    const fetched = cluster.fetchedFor(object);
    const path = textAt(manifest, 'spec', 'path') ?? '';
    const isIncluding = referencesOf(manifest).some(({ type, namespace, name }) => {
      const source = cluster.find(type, namespace, name);
      return itemsAt(source?.manifest, 'spec', 'include').length > 0;
    });
    const isJudged = fetched && !isSuspended(manifest) && !isOpaque(path) && !isIncluding;
    if (isJudged && !isDirectory(path, fetched)) {
      const { kind, name } = mapAt(manifest, 'spec', 'sourceRef');
      yield {
        message: `must have a path in ${kind} '${name}', got '${path}', which is no directory there`,
        pointer: '/spec/path',
      };
    }
  },
};

/** Whether it is one, as far as is known. */
function isDirectory(path: string, fetched: Fetched): boolean {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const directory = directoryWithin(fetched, parts.join('/'));
  return (
    parts.includes('..') ||
    knownPart(fetched, directory) === 'none' ||
    fetched.repository.tree.directory(directory) !== undefined
  );
}
