import { isOpaque } from '../../clusters/applied-object';
import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck } from '../check';
import { valueAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

/** What the CRD of Flagger lets each reference be of. */
const KINDS: readonly [field: string, kinds: readonly string[]][] = [
  ['targetRef', ['DaemonSet', 'Deployment', 'Service']],
  ['autoscalerRef', ['HorizontalPodAutoscaler', 'ScaledObject']],
  ['ingressRef', ['Ingress']],
  ['routeRef', ['ApisixRoute']],
  ['upstreamRef', ['Upstream']],
];

export const canaryReferenceKind: ObjectCheck = {
  id: 'canary-reference-kind',
  severity: 'error',
  profile: 'recommended',
  summary:
    'a Canary must name its target, and whatever else it refers to, by version, kind and name',
  why: 'The API server refuses a Canary without target, a reference that lacks apiVersion, kind or name, and one of a kind that Flagger does not work with, such as a StatefulSet.',
  remedy: 'set apiVersion, kind and name of the reference, with a kind that Flagger knows',
  links: ['https://docs.flagger.app/usage/how-it-works'],
  types: [CANARY_TYPE],
  // A patch, which may lie beside what is applied, need not be whole.
  needs: 'cluster',
  bad: CANARY_EXAMPLE.replace('kind: Deployment', 'kind: StatefulSet'),
  good: CANARY_EXAMPLE,
  *examine({ manifest }) {
    const spec = valueAt(manifest, 'spec');
    if (isMap(spec) && (spec.targetRef === undefined || spec.targetRef === null)) {
      yield { message: 'must have spec.targetRef, the Deployment or DaemonSet that it is for' };
    }
    for (const [field, kinds] of KINDS) {
      const reference = valueAt(spec, field);
      if (!isMap(reference)) {
        continue;
      }
      const pointer = `/spec/${field}`;
      const missing = ['apiVersion', 'kind', 'name'].filter((key) => !reference[key]);
      if (missing.length > 0) {
        yield { message: `must have ${missing.join(' and ')} in spec.${field}`, pointer };
      }
      const { kind } = reference;
      if (kind && !isOpaque(kind) && !kinds.includes(kind)) {
        const allowed = kinds.map((one) => `'${one}'`).join(' or ');
        yield {
          message: `must have kind ${allowed} in spec.${field}, got ${JSON.stringify(kind)}`,
          pointer: `${pointer}/kind`,
        };
      }
    }
  },
};
