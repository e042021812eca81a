import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { textAt, valueAt } from '../manifest-fields';
import { isSuspended, Reference, referenced, referencesOf, REFERRING_TYPES } from '../references';

const POLICY = `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: podinfo
  namespace: apps
spec:
  imageRepositoryRef:
    name: podinfo
  policy:
    semver:
      range: 6.x
`;

export const sourceExists: ObjectCheck = {
  id: 'source-exists',
  severity: 'error',
  profile: 'recommended',
  summary:
    'the source, chart, image repository or provider that an object of Flux names must be there',
  why: 'Flux waits for what an object names, and reconciles nothing as long as it does not exist; an Alert or Receiver that names nothing is never heard of again.',
  remedy: 'correct the kind, name or namespace, or add the object that is named',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#source-reference',
    'https://fluxcd.io/flux/components/helm/helmreleases/#chart-reference',
  ],
  types: REFERRING_TYPES,
  needs: 'cluster',
  bad: POLICY,
  good: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: podinfo
  namespace: apps
spec:
  image: registry.example.com/podinfo
  interval: 10m
---
${POLICY}`,
  *examine({ manifest }, cluster) {
    if (isSuspended(manifest)) {
      return;
    }
    for (const reference of referencesOf(manifest)) {
      const mayBeMore =
        manifest.kind === 'Kustomization'
          ? cluster.mayHoldMoreSources(reference.namespace)
          : cluster.mayHoldMore(reference.namespace);
      if (!mayBeMore && isMissing(reference, cluster)) {
        yield {
          message: `uses ${referenced(reference)}, which is not there`,
          pointer: reference.pointer,
        };
      }
    }
  },
};

function isMissing(reference: Reference, cluster: ClusterView): boolean {
  const { type, namespace, name } = reference;
  return (
    type !== '' &&
    // All objects, or a name that another check finds.
    !name.includes('*') &&
    // Any controller may make artifacts.
    !type.endsWith('/ExternalArtifact') &&
    !cluster.find(type, namespace, name) &&
    !cluster.once(madeByFlux).has(keyOf(reference))
  );
}

/** What Flux itself makes: the root's source and sync, and the charts of releases. */
function madeByFlux(cluster: ClusterView): ReadonlySet<string> {
  const made = new Set<string>();
  const { source } = cluster;
  const add = (type: string, namespace: unknown, name: unknown) =>
    made.add(keyOf({ type, namespace: String(namespace), name: String(name) }));
  const addRoot = (kind: string, namespace: unknown, name: unknown) => {
    add(`source.toolkit.fluxcd.io/${kind}`, namespace, name);
    add('kustomize.toolkit.fluxcd.io/Kustomization', namespace, name);
  };
  if (source) {
    addRoot(source.kind, source.namespace, source.name);
  }
  for (const { manifest } of cluster.ofType('fluxcd.controlplane.io/FluxInstance')) {
    const { namespace } = manifest.metadata;
    const sync = valueAt(manifest, 'spec', 'sync');
    addRoot(textAt(sync, 'kind') ?? '', namespace, textAt(sync, 'name') ?? namespace);
  }
  for (const { manifest } of cluster.ofType('helm.toolkit.fluxcd.io/HelmRelease')) {
    const { namespace, name } = manifest.metadata;
    const reference = valueAt(manifest, 'spec', 'chart', 'spec', 'sourceRef');
    const made = textAt(reference, 'namespace') ?? namespace;
    add('source.toolkit.fluxcd.io/HelmChart', made, `${namespace}-${name}`);
  }
  return made;
}

function keyOf({ type, namespace, name }: Pick<Reference, 'type' | 'namespace' | 'name'>): string {
  return `${type}/${namespace}/${name}`;
}
