import { canariesOf, CANARY_EXAMPLE, TARGET_EXAMPLE, untouchedBy } from '../canaries';
import { ObjectCheck } from '../check';

export const canaryTargetIfNotPresent: ObjectCheck = {
  id: 'canary-target-if-not-present',
  severity: 'error',
  profile: 'recommended',
  summary: 'Flux must go on applying the target of a Canary',
  why: 'Flagger starts an analysis when the target changes. Told to apply it once only, or never, Flux brings no new version to the cluster, and nothing says so.',
  remedy:
    'remove the annotation, and have the Kustomization ignore /spec/replicas where that was the reason',
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/'],
  types: ['apps/Deployment', 'apps/DaemonSet'],
  needs: 'cluster',
  bad:
    CANARY_EXAMPLE +
    TARGET_EXAMPLE.replace(
      'metadata:\n',
      'metadata:\n  annotations:\n    kustomize.toolkit.fluxcd.io/ssa: IfNotPresent\n',
    ),
  good: CANARY_EXAMPLE + TARGET_EXAMPLE,
  *examine(object, cluster) {
    const [canary] = canariesOf(object, cluster);
    const policy = untouchedBy(object.manifest);
    if (canary && policy && policy !== 'disabled') {
      yield {
        message: `must not have Flux's annotation 'ssa: ${policy}', with which Canary '${canary.metadata.name}' gets no new version`,
        pointer: '/metadata/annotations/kustomize.toolkit.fluxcd.io~1ssa',
      };
    }
  },
};
