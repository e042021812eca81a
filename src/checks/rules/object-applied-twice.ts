import { ObjectCheck } from '../check';
import { platformSync, settingsFile } from '../example-parts';
import { applierOf, earlierApplied } from '../double-appliers';

export const objectAppliedTwice: ObjectCheck = {
  id: 'object-applied-twice',
  severity: 'error',
  profile: 'recommended',
  summary: 'an object must be applied by one Kustomization only',
  why: 'Two Kustomizations overwrite what the other one wrote at every interval, and the one that stops to apply the object deletes it, though the other still has it.',
  remedy: 'leave the object in one of the directories, or give it another name in one of them',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources',
  ],
  types: ['*'],
  needs: 'cluster',
  bad: `${platformSync('apps', 'wait: true')}---
${platformSync('podinfo', 'wait: true')}${settingsFile('apps')}${settingsFile('podinfo')}`,
  good: `${platformSync('apps', 'wait: true')}---
${platformSync('podinfo', 'wait: true')}${settingsFile('apps')}${settingsFile('podinfo', 'podinfo')}`,
  *examine(object, cluster) {
    const first = earlierApplied(object, cluster);
    if (first && first.document !== object.document) {
      yield {
        message: `must be applied once, but ${applierOf(object)} applies it, and ${applierOf(first)} does from '${first.document.path}'`,
      };
    }
  },
};
