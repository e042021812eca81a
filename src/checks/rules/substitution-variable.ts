import { AppliedObject, isOpaque, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { pointerTo } from '../../vocabulary/json-pointer';
import { ObjectCheck, Problem } from '../check';
import { configMap, platformSync } from '../example-parts';
import { allowsUnsetVariables } from '../lockdown';
import { itemsAt, mapAt, pointerOf, textAt } from '../manifest-fields';
import { isSuspended } from '../references';

/** What Flux takes for the name of a variable. */
const NAME = /^[_A-Za-z][_A-Za-z0-9]*$/;

export const substitutionVariable: ObjectCheck = {
  id: 'substitution-variable',
  severity: 'error',
  profile: 'recommended',
  summary: 'every variable that Flux substitutes must have a value or a default',
  why: 'Since Flux 2.9 a Kustomization with postBuild applies nothing when one of its objects uses a variable that is not set, and no version applies anything when one holds ${…} in a form that is none of a variable, or when a variable has another name than of letters, digits and _.',
  remedy:
    "provide the variable in postBuild, give it a default as in ${name:=value}, write '$${' for a text that only looks like one, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled",
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  ],
  types: ['*'],
  needs: 'cluster',
  bad: sync('${tier}'),
  good: sync('${region}'),
  *examine(object, cluster) {
    if (typeOf(object.manifest) === 'kustomize.toolkit.fluxcd.io/Kustomization') {
      yield* misnamed(object, cluster);
    }
    const { unsubstituted = [], sync: by } = object;
    if (unsubstituted.length === 0 || isSuspended(by?.manifest)) {
      return;
    }
    const { namespace, name } = by!.manifest.metadata;
    for (const { expression, variable, isTooLong, pointer } of unsubstituted) {
      if (isTooLong) {
        yield { message: `becomes longer than any object may be with '${expression}'`, pointer };
      } else if (variable === undefined) {
        yield {
          message: `holds '${expression}', which Flux cannot substitute: it must be a variable as in '\${name}' or '\${name:=default}'`,
          pointer,
        };
      } else if (!allowsUnsetVariables(cluster)) {
        yield {
          message: `uses variable '${variable}', which Kustomization '${name}' in namespace '${namespace}' does not set`,
          pointer,
        };
      }
    }
  },
};

/** Variables of a Kustomization with names that Flux refuses. */
function* misnamed({ manifest }: AppliedObject, cluster: ClusterView): Generator<Problem> {
  if (isSuspended(manifest)) {
    return;
  }
  for (const name of Object.keys(mapAt(manifest, 'spec', 'postBuild', 'substitute'))) {
    if (!NAME.test(name) && !isOpaque(name)) {
      yield {
        message: `must have variables with names of letters, digits and '_', got '${name}'`,
        pointer: pointerTo(pointerOf('spec', 'postBuild', 'substitute'), name),
      };
    }
  }
  for (const { value, pointer } of itemsAt(manifest, 'spec', 'postBuild', 'substituteFrom')) {
    const [kind, from] = [textAt(value, 'kind'), textAt(value, 'name')];
    const found = cluster.find(`/${kind}`, manifest.metadata.namespace, from)?.manifest;
    const names = [
      ...Object.keys(mapAt(found, 'data')),
      ...Object.keys(mapAt(found, 'stringData')),
    ];
    for (const name of names.filter((one) => !NAME.test(one) && !isOpaque(one))) {
      yield {
        message: `must have variables with names of letters, digits and '_', got '${name}' of ${kind} '${from}'`,
        pointer,
      };
    }
  }
}

function sync(expression: string): string {
  return `${platformSync('apps', 'postBuild:\n    substitute:\n      region: europe', 'wait: true')}# file: apps/settings.yaml
${configMap('settings', 'apps', `region: ${expression}`)}`;
}
