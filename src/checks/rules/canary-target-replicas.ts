import { AppliedObject } from '../../clusters/applied-object';
import { canariesOf, CANARY_EXAMPLE, numberOf, TARGET_EXAMPLE, untouchedBy } from '../canaries';
import { ObjectCheck } from '../check';
import { itemsAt, mapAt, textsAt, valueAt } from '../manifest-fields';

const FIELD = '/spec/replicas';

export const canaryTargetReplicas: ObjectCheck = {
  id: 'canary-target-replicas',
  severity: 'error',
  profile: 'recommended',
  summary: 'the Deployment of a Canary must not say how many pods it has',
  why: 'Flagger scales the Deployment to 0 once its copy serves the traffic. With replicas in Git, Flux scales it up again at every reconciliation.',
  remedy:
    'remove spec.replicas and let a HorizontalPodAutoscaler scale it that the Canary names in autoscalerRef, or have the Kustomization ignore the field',
  links: [
    'https://github.com/fluxcd/flagger/issues/1121',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/',
  ],
  types: ['apps/Deployment'],
  needs: 'cluster',
  bad: CANARY_EXAMPLE + TARGET_EXAMPLE.replace('spec:\n', 'spec:\n  replicas: 2\n'),
  good: CANARY_EXAMPLE + TARGET_EXAMPLE,
  *examine(object, cluster) {
    const replicas = numberOf(valueAt(object.manifest, 'spec', 'replicas'));
    const canary = canariesOf(object, cluster).find(
      (one) => valueAt(one, 'spec', 'autoscalerRef', 'name') === undefined,
    );
    if (replicas && canary && !untouchedBy(object.manifest) && !isIgnored(object)) {
      yield {
        message: `must leave out spec.replicas, got ${replicas}: Canary '${canary.metadata.name}' has Flagger scale it`,
        pointer: FIELD,
      };
    }
  },
};

/** Whether the Kustomization that applies the object leaves the field alone. */
function isIgnored({ manifest, sync }: AppliedObject): boolean {
  return itemsAt(sync?.manifest, 'spec', 'ignore').some(({ value }) => {
    const { kind = manifest.kind } = mapAt(value, 'target');
    return kind === manifest.kind && textsAt(value, 'paths').some((path) => FIELD.startsWith(path));
  });
}
