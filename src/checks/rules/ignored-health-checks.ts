import { ObjectCheck } from '../check';
import { platformSync, settingsFile } from '../example-parts';
import { mapAt } from '../manifest-fields';

export const ignoredHealthChecks: ObjectCheck = {
  id: 'ignored-health-checks',
  severity: 'warning',
  profile: 'recommended',
  summary: 'what a Kustomization says of health must have an effect',
  why: 'With wait Flux checks all that the Kustomization applied and ignores healthChecks, so what they name besides is never checked. It evaluates healthCheckExprs only where wait or healthChecks has it check anything.',
  remedy: 'choose wait or healthChecks, and set one of them where there are healthCheckExprs',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#wait',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions',
  ],
  types: ['kustomize.toolkit.fluxcd.io/Kustomization'],
  needs: 'object',
  bad: sync(`healthChecks:
    - apiVersion: apps/v1
      kind: Deployment
      name: podinfo
      namespace: apps
  wait: true`),
  good: sync('wait: true'),
  *examine({ manifest }) {
    const { wait, healthChecks, healthCheckExprs } = mapAt(manifest, 'spec');
    if (wait === true && isFilled(healthChecks)) {
      yield {
        message: 'has healthChecks, which Flux ignores because of wait: true',
        pointer: '/spec/healthChecks',
      };
    }
    if (isFilled(healthCheckExprs) && !wait && !isFilled(healthChecks)) {
      yield {
        message: 'has healthCheckExprs, which Flux ignores without wait: true or healthChecks',
        pointer: '/spec/healthCheckExprs',
      };
    }
  },
};

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function sync(health: string): string {
  return `${platformSync('apps')}  ${health}
${settingsFile('apps')}`;
}
