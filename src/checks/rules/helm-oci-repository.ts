import { ObjectCheck } from '../check';
import { textAt } from '../manifest-fields';
import { RELEASE } from '../release-example';

export const helmOciRepository: ObjectCheck = {
  id: 'helm-oci-repository',
  severity: 'warning',
  profile: 'strict',
  summary: 'a chart in a registry should be fetched by an OCIRepository',
  why: 'A HelmRepository of type oci is never fetched and has no status, and a HelmRelease cannot say whose signature its charts must carry. An OCIRepository can pin a digest, too.',
  remedy:
    'write an OCIRepository for each chart, with a layerSelector for charts, and name it in chartRef',
  links: [
    'https://fluxcd.io/flux/components/source/ocirepositories/',
    'https://fluxcd.io/flux/components/helm/helmreleases/#chart-reference',
  ],
  types: ['source.toolkit.fluxcd.io/HelmRepository'],
  needs: 'object',
  bad: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: apps
spec:
  interval: 10m
  type: oci
  url: oci://registry.example.com/charts
`,
  good: RELEASE,
  *examine({ manifest }) {
    if (textAt(manifest, 'spec', 'type') === 'oci') {
      yield {
        message: "should be an OCIRepository for each chart, got type 'oci'",
        pointer: '/spec/type',
      };
    }
  },
};
