import { kustomizationFileOf } from '../../kustomize/build-directory';
import { parentOf } from '../../inventory/source-file';
import { FileCheck } from '../check';
import { APPS_SETTINGS, kustomizationFile } from '../example-parts';
import { forbidsRemoteBases } from '../lockdown';
import { DOCUMENTED, fluxPatchedBy } from '../lockdown-example';
import { itemsAt } from '../manifest-fields';
import { remoteResource } from '../remote-resource';
import { quoted } from '../../vocabulary/quoted';

function example(resource: string): string {
  return `${kustomizationFile('clusters/prod/apps', resource)}${fluxPatchedBy(...DOCUMENTED)}`;
}

export const remoteBase: FileCheck = {
  id: 'remote-base',
  severity: 'error',
  profile: 'recommended',
  summary: 'where Flux refuses remote bases, no kustomization file may name one',
  why: "With '--no-remote-bases', kustomize-controller does not let kustomize clone a Git repository. It applies nothing of a directory that needs one.",
  remedy:
    'copy the base into the repository, or apply it from a GitRepository with a Kustomization of its own',
  links: [
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
    'https://fluxcd.io/flux/components/kustomize/options/',
  ],
  bad: example('https://github.com/acme-platform/bases//settings?ref=v1.0.0'),
  good: `${example('settings.yaml')}${APPS_SETTINGS}`,
  *examineFile({ path, documents }, repository, fleet) {
    if (kustomizationFileOf(repository.tree, parentOf(path)) !== path) {
      return;
    }
    const remote = ['resources', 'bases', 'components']
      .flatMap((field) => itemsAt(documents[0]?.manifest, field))
      .filter(({ value }) => remoteResource(value) === 'git');
    const isRefused =
      remote.length > 0 &&
      fleet.clusters.some((view) => view.isBuiltOf(repository, path) && forbidsRemoteBases(view));
    for (const { value, pointer } of isRefused ? remote : []) {
      yield {
        message: `must not name the remote base ${quoted(value)}, which Flux refuses`,
        pointer,
      };
    }
  },
};
