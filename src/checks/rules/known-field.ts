import { isOpaque } from '../../clusters/applied-object';
import { FIELD_SCHEMAS } from '../../imports/field-schemas';
import { pointerTo } from '../../vocabulary/json-pointer';
import { nearestWord } from '../../vocabulary/nearest-word';
import { ObjectCheck } from '../check';
import { tenantSync } from '../example-parts';
import { fieldsOf, pathOf } from '../field-schema';
import { mapAt } from '../manifest-fields';

export const knownField: ObjectCheck = {
  id: 'known-field',
  severity: 'error',
  profile: 'recommended',
  summary: 'an object of Flux must have only fields that its kind has',
  why:
    'Flux applies by server-side apply, which refuses a field that the schema does not declare, and with the object all that the Kustomization applies. ' +
    'Applied by another tool, the field is dropped and what it should have set is not. ' +
    'The fields are those of the CustomResourceDefinition in the repository, or else of Flux 2.9.',
  remedy: 'correct the spelling of the field, or move it to where the kind has it',
  links: [
    'https://fluxcd.io/flux/components/',
    'https://kubernetes.io/docs/reference/using-api/server-side-apply/',
  ],
  types: [...new Set(Object.keys(FIELD_SCHEMAS).map((key) => key.replace(/\/[^/]+(?=\/)/, '')))],
  needs: 'cluster',
  bad: `# with: tenant team-a\n${sync('healthcheckExprs: []')}`,
  good: `# with: tenant team-a\n${sync('healthCheckExprs: []')}`,
  *examine(object, cluster) {
    for (const { value, schema, pointer } of fieldsOf(object.manifest, cluster)) {
      const { apiVersion } = object.manifest;
      const properties = mapAt(schema, 'properties');
      for (const name of Object.keys(value)) {
        if (!Object.hasOwn(properties, name) && value[name] !== null && !isOpaque(name)) {
          const known = Object.keys(properties);
          const meant = nearestWord(name, known);
          if (meant === undefined && !apiVersion.includes('.fluxcd.io/')) {
            continue; // other versions of Flagger and Kyverno than ours have other fields
          }
          const path = pathOf(pointerTo(pointer, name));
          yield {
            message: `has a field '${path}', which ${apiVersion} does not have; ${
              meant === undefined ? `it has ${known.join(', ')}` : `did you mean '${meant}'?`
            }`,
            pointer: pointerTo(pointer, name),
          };
        }
      }
    }
  },
};

function sync(line: string): string {
  return tenantSync('serviceAccountName: team-a', 'targetNamespace: team-a', line);
}
