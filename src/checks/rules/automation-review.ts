import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { imageUpdateOf } from '../image-updates';
import { IMAGE_UPDATES } from '../image-updates-example';

export const automationReview: ObjectCheck = {
  id: 'automation-review',
  severity: 'warning',
  profile: 'strict',
  summary: 'an image automation should push to another branch than the one that is reconciled',
  why: 'Whoever can push an image then changes what runs on the cluster, and nobody looks at it first.',
  remedy: 'set spec.git.push.branch to a branch of its own, and have a pull request opened for it',
  links: ['https://fluxcd.io/flux/use-cases/gh-actions-auto-pr/'],
  types: ['image.toolkit.fluxcd.io/ImageUpdateAutomation'],
  needs: 'cluster',
  bad: IMAGE_UPDATES.replace('branch: flux-image-updates', 'branch: main'),
  good: IMAGE_UPDATES,
  *examine(object, cluster) {
    const update = imageUpdateOf(cluster, object);
    const { checkedOut, pushed } = update;
    if (pushed !== undefined && pushed === checkedOut && !isOpaque(pushed)) {
      yield {
        message: `should push to a branch of its own, got '${pushed}', which it checks out`,
        pointer: '/spec/git/push/branch',
      };
    }
  },
};
