import { kustomizationFileOf } from '../../kustomize/build-directory';
import { parentOf } from '../../inventory/source-file';
import { FileCheck } from '../check';
import { APPS_SETTINGS, kustomizationFile } from '../example-parts';
import { itemsAt } from '../manifest-fields';
import { remoteResource } from '../remote-resource';
import { quoted } from '../../vocabulary/quoted';

function example(resource: string): string {
  return kustomizationFile('clusters/prod/apps', resource);
}

export const remoteFile: FileCheck = {
  id: 'remote-file',
  severity: 'warning',
  profile: 'strict',
  summary: 'a kustomization file should name no file of the web',
  why:
    'kustomize-controller fetches the file again whenever it builds, and applies what it gets: nobody has reviewed or verified that, and the build fails when the host does. ' +
    "'--no-remote-bases' stops Git repositories, not files.",
  remedy: 'copy the file into the repository, or apply it from a source of Flux',
  links: ['https://fluxcd.io/flux/security/best-practices/'],
  bad: example('https://raw.example.com/acme-platform/settings/v1.0.0/settings.yaml'),
  good: `${example('settings.yaml')}${APPS_SETTINGS}`,
  *examineFile({ path, documents }, repository, fleet) {
    const isKustomization = kustomizationFileOf(repository.tree, parentOf(path)) === path;
    if (isKustomization && fleet.clusters.some((view) => view.isBuiltOf(repository, path))) {
      for (const field of ['resources', 'bases', 'components']) {
        for (const { value, pointer } of itemsAt(documents[0]?.manifest, field)) {
          if (remoteResource(value) === 'file') {
            yield { message: `fetches ${quoted(value)} whenever it is built`, pointer };
          }
        }
      }
    }
  },
};
