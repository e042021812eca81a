/** One API group whose kinds become one TypeScript module. */
export interface ImportedModule {
  readonly group: string;
  readonly kinds: readonly string[];
  /** The page that specifies a kind, from the kind's plural resource name. */
  specificationOf(plural: string): string;
}

function flux(group: string, component: string, kinds: readonly string[]): ImportedModule {
  const specificationOf = (plural: string) =>
    `https://fluxcd.io/flux/components/${component}/${plural}/`;
  return { group, kinds, specificationOf };
}

/** Everything the importer takes; kinds of the input that are not named here are ignored. */
export const modules: readonly ImportedModule[] = [
  flux('source.toolkit.fluxcd.io', 'source', [
    'Bucket',
    'ExternalArtifact',
    'GitRepository',
    'HelmChart',
    'HelmRepository',
    'OCIRepository',
  ]),
  flux('source.extensions.fluxcd.io', 'source', ['ArtifactGenerator']),
  flux('kustomize.toolkit.fluxcd.io', 'kustomize', ['Kustomization']),
  flux('helm.toolkit.fluxcd.io', 'helm', ['HelmRelease']),
  flux('image.toolkit.fluxcd.io', 'image', [
    'ImagePolicy',
    'ImageRepository',
    'ImageUpdateAutomation',
  ]),
  flux('notification.toolkit.fluxcd.io', 'notification', ['Alert', 'Provider', 'Receiver']),
  {
    group: 'flagger.app',
    kinds: ['AlertProvider', 'Canary', 'MetricTemplate'],
    specificationOf: () => 'https://docs.flagger.app/',
  },
  {
    group: 'policies.kyverno.io',
    kinds: ['PolicyException', 'ValidatingPolicy'],
    specificationOf: () => 'https://kyverno.io/docs/',
  },
];
