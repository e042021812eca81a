import { typeOf } from '../../clusters/applied-object';
import { pointerTo } from '../../vocabulary/json-pointer';
import { ObjectCheck } from '../check';
import { settingsFile } from '../example-parts';
import { Field, valueAt } from '../manifest-fields';
import { REQUIRED_FIELDS } from '../required-fields';
import { isMap } from '../../vocabulary/is-map';

export const requiredField: ObjectCheck = {
  id: 'required-field',
  severity: 'error',
  profile: 'recommended',
  summary: 'every Flux object must have the fields that its kind requires',
  why: 'The API server refuses an object without a required field, and with it all that the Kustomization applies. One of them is prune of a Kustomization, which has no default.',
  remedy:
    'set the field; where prune is missing set it to true, and keep single objects with the annotation kustomize.toolkit.fluxcd.io/prune: disabled',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#writing-a-kustomization-spec',
    'https://fluxcd.io/flux/components/helm/helmreleases/#writing-a-helmrelease-spec',
  ],
  types: Object.keys(REQUIRED_FIELDS),
  needs: 'cluster',
  bad: sync('# deletes nothing'),
  good: sync('prune: true'),
  *examine({ manifest }) {
    for (const path of REQUIRED_FIELDS[typeOf(manifest)]) {
      const keys = path.split('.');
      const [key] = keys.splice(-1);
      const spec = { value: valueAt(manifest, 'spec') ?? {}, pointer: '/spec' };
      for (const { value, pointer } of held(spec, keys)) {
        if (isMap(value) && (value[key] === undefined || value[key] === null)) {
          yield { message: `must have ${path}, got none`, pointer: pointerTo(pointer, key) };
        }
      }
    }
  },
};

/** What is at `keys` below a field, once for each item where a key is '*'. */
function held(field: Field, keys: readonly string[]): Field[] {
  return keys.reduce<Field[]>(
    (fields, key) =>
      fields.flatMap(({ value, pointer }) =>
        key !== '*'
          ? [{ value: valueAt(value, key), pointer: pointerTo(pointer, key) }]
          : Array.isArray(value)
            ? value.map((item, i) => ({ value: item, pointer: `${pointer}/${i}` }))
            : [],
      ),
    [field],
  );
}

function sync(prune: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  ${prune}
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
  wait: true
${settingsFile('apps')}`;
}
