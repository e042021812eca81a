import { AppliedObject } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { gitSource } from '../example-parts';
import { titleOf } from '../finding';
import { imageUpdateOf, imageUpdatesOf } from '../image-updates';
import { IMAGE_UPDATES } from '../image-updates-example';
import { textAt, valueAt } from '../manifest-fields';
import { addTo } from '../../vocabulary/grouped';

export const automationCredentials: ObjectCheck = {
  id: 'automation-credentials',
  severity: 'warning',
  profile: 'strict',
  summary: 'credentials with which image automation pushes should be used for nothing else',
  why: 'Image automation pushes with the Secret of its GitRepository. Where that source, or the Secret, also serves to read what is applied, every reader of it holds the right to change what the cluster runs.',
  remedy:
    'give the automation a GitRepository and a Secret of its own, and let the source that is applied have a key that may only read',
  links: [
    'https://fluxcd.io/flux/guides/image-update/',
    'https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference',
  ],
  types: ['image.toolkit.fluxcd.io/ImageUpdateAutomation'],
  needs: 'cluster',
  bad: IMAGE_UPDATES.replace('name: image-updates-push', 'name: podinfo-git').concat(reader()),
  good: IMAGE_UPDATES.concat(reader()),
  *examine(object, cluster) {
    const update = imageUpdateOf(cluster, object);
    const git = update.git;
    if (!git) {
      return;
    }
    const readers = cluster.once(sourceReaders).get(keyOf(git)) ?? [];
    if (readers.length > 0) {
      yield {
        message: `should push with a GitRepository of its own, got '${git.manifest.metadata.name}', which ${readers[0]} reads`,
        pointer: '/spec/sourceRef',
      };
    }
    const secret = textAt(git.manifest, 'spec', 'secretRef', 'name');
    const { namespace } = git.manifest.metadata;
    const users = cluster.once(secretUsers).get(`${namespace}/${secret}`) ?? [];
    const other = users.find((user) => !cluster.once(pushedSources).has(user));
    if (secret !== undefined && other) {
      yield {
        message: `should push with a Secret of its own, got '${secret}', which ${titleOf(other.manifest)} reads with`,
        pointer: '/spec/sourceRef',
      };
    }
  },
};

function pushedSources(cluster: ClusterView): ReadonlySet<AppliedObject | undefined> {
  return new Set(imageUpdatesOf(cluster).map(({ git }) => git));
}

function keyOf({ manifest }: AppliedObject): string {
  return `${manifest.metadata.namespace}/${manifest.metadata.name}`;
}

/** What applies from each GitRepository, in words. */
function sourceReaders(cluster: ClusterView): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>();
  for (const { manifest } of [
    ...cluster.ofType('kustomize.toolkit.fluxcd.io/Kustomization'),
    ...cluster.ofType('helm.toolkit.fluxcd.io/HelmRelease'),
  ]) {
    const reference =
      valueAt(manifest, 'spec', 'sourceRef') ??
      valueAt(manifest, 'spec', 'chart', 'spec', 'sourceRef');
    if (textAt(reference, 'kind') === 'GitRepository') {
      const namespace = textAt(reference, 'namespace') || manifest.metadata.namespace;
      const key = `${namespace}/${textAt(reference, 'name')}`;
      addTo(readers, key, titleOf(manifest));
    }
  }
  return readers;
}

/** The GitRepositories that use each Secret. */
function secretUsers(cluster: ClusterView): ReadonlyMap<string, readonly AppliedObject[]> {
  const users = new Map<string, AppliedObject[]>();
  for (const object of cluster.ofType('source.toolkit.fluxcd.io/GitRepository')) {
    const { metadata } = object.manifest;
    const key = `${metadata.namespace}/${textAt(object.manifest, 'spec', 'secretRef', 'name')}`;
    addTo(users, key, object);
  }
  return users;
}

function reader(): string {
  const url = 'ssh://git@git.example.com/acme/podinfo';
  return `---\n${gitSource('podinfo', 'apps', url, { secret: 'podinfo-git' })}`;
}
