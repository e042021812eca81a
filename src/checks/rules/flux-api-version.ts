import { isOpaque } from '../../clusters/applied-object';
import { apiGroupOf } from '../../vocabulary/cluster-scoped-kinds';
import { pointerTo } from '../../vocabulary/json-pointer';
import { ObjectCheck } from '../check';
import { FLUX_VERSIONS } from '../flux-versions';
import { Field, itemsAt, textAt, valueAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

const BUCKET = `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: charts
  namespace: apps
spec:
  interval: 5m
  endpoint: minio.example.com
  bucketName: charts
`;

export const fluxApiVersion: ObjectCheck = {
  id: 'flux-api-version',
  severity: 'error',
  profile: 'recommended',
  summary: 'every Flux object must be of a version that Flux 2.9 serves',
  why: 'Flux 2.9 serves one version of each kind. The API server refuses an object of another, and with it the whole Kustomization that applies it.',
  remedy: 'set apiVersion to the one that is served, and move the fields that changed',
  links: ['https://github.com/fluxcd/flux2/releases'],
  types: [...FLUX_VERSIONS.keys(), 'fluxcd.controlplane.io/ResourceSet'],
  needs: 'object',
  bad: BUCKET.replace('/v1', '/v1beta2'),
  good: BUCKET,
  *examine({ manifest }) {
    for (const { value, pointer } of [
      { value: manifest, pointer: '' },
      ...itemsAt(manifest, 'spec', 'healthChecks'),
      ...objectsIn(valueAt(manifest, 'spec', 'values'), '/spec/values'),
      ...itemsAt(manifest, 'spec', 'resources'),
    ]) {
      const [apiVersion, kind] = [textAt(value, 'apiVersion') ?? '', textAt(value, 'kind')];
      const version = FLUX_VERSIONS.get(`${apiGroupOf(apiVersion)}/${kind}`);
      const served = `${apiGroupOf(apiVersion)}/${version}`;
      if (version !== undefined && apiVersion !== served && !isOpaque(apiVersion)) {
        const what = pointer === '' ? 'must have' : `must name ${kind} with`;
        yield {
          message: `${what} apiVersion '${served}', got '${apiVersion}'`,
          pointer: `${pointer}/apiVersion`,
        };
      }
    }
  },
};

/** What looks like an object, anywhere in the values of a chart. */
function* objectsIn(value: unknown, pointer: string): Generator<Field> {
  if (isMap(value) && textAt(value, 'apiVersion') !== undefined) {
    yield { value, pointer };
  }
  if (isMap(value) || Array.isArray(value)) {
    for (const [key, item] of Object.entries(value)) {
      yield* objectsIn(item, pointerTo(pointer, key));
    }
  }
}
