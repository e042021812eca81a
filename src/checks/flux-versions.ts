/** The one version of each Flux kind that Flux 2.9 serves, by `group/Kind`. */
export const FLUX_VERSIONS: ReadonlyMap<string, string> = new Map([
  ['helm.toolkit.fluxcd.io/HelmRelease', 'v2'],
  ['image.toolkit.fluxcd.io/ImagePolicy', 'v1'],
  ['image.toolkit.fluxcd.io/ImageRepository', 'v1'],
  ['image.toolkit.fluxcd.io/ImageUpdateAutomation', 'v1'],
  ['kustomize.toolkit.fluxcd.io/Kustomization', 'v1'],
  ['notification.toolkit.fluxcd.io/Alert', 'v1beta3'],
  ['notification.toolkit.fluxcd.io/Provider', 'v1beta3'],
  ['notification.toolkit.fluxcd.io/Receiver', 'v1'],
  ['source.extensions.fluxcd.io/ArtifactGenerator', 'v1beta1'],
  ['source.toolkit.fluxcd.io/Bucket', 'v1'],
  ['source.toolkit.fluxcd.io/ExternalArtifact', 'v1'],
  ['source.toolkit.fluxcd.io/GitRepository', 'v1'],
  ['source.toolkit.fluxcd.io/HelmChart', 'v1'],
  ['source.toolkit.fluxcd.io/HelmRepository', 'v1'],
  ['source.toolkit.fluxcd.io/OCIRepository', 'v1'],
]);
