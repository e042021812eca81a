import { ObjectCheck } from '../check';
import { IMAGE_UPDATES } from '../image-updates-example';
import { mapAt, valueAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

const CHOICES = ['semver', 'numerical', 'alphabetical'];

export const imagePolicyChoice: ObjectCheck = {
  id: 'image-policy-choice',
  severity: 'error',
  profile: 'recommended',
  summary:
    'an ImagePolicy must choose in one way, and have an interval exactly when it follows digests',
  why: 'Of two choices Flux takes one and ignores the other, and without any the policy fails. The API server refuses an interval unless digestReflectionPolicy is Always, and Always without one.',
  remedy:
    'keep one of semver, numerical and alphabetical; set interval together with digestReflectionPolicy: Always',
  links: [
    'https://fluxcd.io/flux/components/image/imagepolicies/#policy',
    'https://fluxcd.io/flux/components/image/imagepolicies/#digest-reflection-policy',
  ],
  types: ['image.toolkit.fluxcd.io/ImagePolicy'],
  needs: 'object',
  bad: IMAGE_UPDATES.replace('  policy:\n', '  policy:\n    alphabetical:\n      order: asc\n'),
  good: IMAGE_UPDATES,
  *examine({ manifest }) {
    const policy = valueAt(manifest, 'spec', 'policy');
    if (policy !== undefined && isMap(policy)) {
      const chosen = CHOICES.filter((key) => isMap(policy[key]));
      if (chosen.length !== 1) {
        yield {
          message: `must have one of ${CHOICES.join(', ')}, got ${chosen.join(' and ') || 'none'}`,
          pointer: '/spec/policy',
        };
      }
    }
    const { interval, digestReflectionPolicy } = mapAt(manifest, 'spec');
    const isAlways = digestReflectionPolicy === 'Always';
    const hasInterval = interval !== undefined && interval !== null;
    if (isAlways && !hasInterval) {
      yield {
        message: "must have an interval with digestReflectionPolicy 'Always', got none",
        pointer: '/spec/digestReflectionPolicy',
      };
    } else if (hasInterval && !isAlways && !String(digestReflectionPolicy).includes('${')) {
      yield {
        message: `must have no interval without digestReflectionPolicy 'Always', got '${interval}'`,
        pointer: '/spec/interval',
      };
    }
  },
};
