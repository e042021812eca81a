import { ObjectCheck } from '../check';
import { FLUX_VERSIONS } from '../flux-versions';

export const fluxApiVersion: ObjectCheck = {
  id: 'flux-api-version',
  severity: 'error',
  profile: 'recommended',
  summary: 'every Flux object must be of a version that Flux 2.9 serves',
  why: 'Flux 2.9 serves one version of each kind. The API server refuses an object of another, and with it the whole Kustomization that applies it.',
  remedy: 'set apiVersion to the one that is served, and move the fields that changed',
  links: ['https://github.com/fluxcd/flux2/releases'],
  types: [...FLUX_VERSIONS.keys()],
  needs: 'object',
  bad: `apiVersion: source.toolkit.fluxcd.io/v1beta2
kind: Bucket
metadata:
  name: charts
  namespace: apps
spec:
  interval: 5m
  endpoint: minio.example.com
  bucketName: charts
`,
  good: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: charts
  namespace: apps
spec:
  interval: 5m
  endpoint: minio.example.com
  bucketName: charts
`,
  *examine({ manifest }) {
    const [group, kind] = [manifest.apiVersion.split('/')[0], manifest.kind];
    const served = `${group}/${FLUX_VERSIONS.get(`${group}/${kind}`)}`;
    if (manifest.apiVersion !== served) {
      yield {
        message: `must have apiVersion '${served}', got '${manifest.apiVersion}'`,
        pointer: '/apiVersion',
      };
    }
  },
};
