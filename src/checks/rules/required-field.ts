import { pointerTo } from '../../vocabulary/json-pointer';
import { ObjectCheck } from '../check';
import { platformSync, settingsFile } from '../example-parts';
import { fieldsOf, pathOf } from '../field-schema';
import { FLUX_VERSIONS } from '../flux-versions';
import { textsAt, valueAt } from '../manifest-fields';

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
  types: [...FLUX_VERSIONS.keys()],
  needs: 'cluster',
  bad: sync('# deletes nothing'),
  good: sync('prune: true'),
  *examine(object, cluster) {
    const { spec } = object.manifest;
    const isBare = spec === undefined || spec === null;
    const manifest = isBare ? { ...object.manifest, spec: {} } : object.manifest;
    for (const { value, schema, pointer } of fieldsOf(manifest, cluster)) {
      for (const name of textsAt(schema, 'required')) {
        const hasDefault = valueAt(schema, 'properties', name, 'default') !== undefined;
        if ((value[name] === undefined || value[name] === null) && !hasDefault) {
          const field = pointerTo(pointer, name);
          const path = pathOf(field.replace(/^\/spec(?=\/)/, ''));
          yield { message: `must have ${path}, got none`, pointer: field };
        }
      }
    }
  },
};

function sync(prune: string): string {
  return `${platformSync('apps', 'wait: true').replace('prune: true', prune)}${settingsFile('apps')}`;
}
