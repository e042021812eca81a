import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { textAt } from '../manifest-fields';
import { RELEASE } from '../release-example';

export const helmStorageNamespace: ObjectCheck = {
  id: 'helm-storage-namespace',
  severity: 'warning',
  profile: 'strict',
  summary: 'a HelmRelease with a targetNamespace should keep its history there',
  why: 'helm-controller keeps the history of a release, with all its values, in the namespace of the HelmRelease. In the target namespace, helm list does not show what is installed there.',
  remedy:
    'set storageNamespace to the targetNamespace; move the history of a release that is installed, or install it anew',
  links: ['https://fluxcd.io/flux/components/helm/helmreleases/#storage-namespace'],
  types: ['helm.toolkit.fluxcd.io/HelmRelease'],
  needs: 'object',
  bad: RELEASE.replace('  upgrade:', '  targetNamespace: podinfo\n  upgrade:'),
  good: RELEASE.replace(
    '  upgrade:',
    '  storageNamespace: podinfo\n  targetNamespace: podinfo\n  upgrade:',
  ),
  *examine({ manifest }) {
    const target = textAt(manifest, 'spec', 'targetNamespace');
    const isElsewhere = target !== undefined && target !== manifest.metadata.namespace;
    if (
      isElsewhere &&
      !isOpaque(target) &&
      textAt(manifest, 'spec', 'storageNamespace') === undefined
    ) {
      yield {
        message: `should have storageNamespace with targetNamespace '${target}', got none`,
        pointer: '/spec/targetNamespace',
      };
    }
  },
};
