import { isOpaque } from '../../clusters/applied-object';
import { FileCheck } from '../check';
import { IMAGE_UPDATES } from '../image-updates-example';
import { textAt } from '../manifest-fields';
import { policiesNamed } from '../marked-images';
import { policySetter } from '../policy-setter';

const MARKED = IMAGE_UPDATES.replace(
  /image: .*"apps:podinfo".*/,
  [
    'digest: sha256:0000000000000000000000000000000000000000000000000000000000000000',
    '# {"$imagepolicy": "apps:podinfo:digest"}',
  ].join(' '),
);

export const markerDigest: FileCheck = {
  id: 'marker-digest',
  severity: 'error',
  profile: 'recommended',
  summary: 'a setter marker of a digest must be of a policy that follows digests',
  why: 'A policy whose digestReflectionPolicy is Never, which is the default, knows no digest. Flux then writes the empty text into the field.',
  remedy:
    'set digestReflectionPolicy of the ImagePolicy to IfNotPresent or Always, or mark the tag instead',
  links: ['https://fluxcd.io/flux/components/image/imagepolicies/#digest-reflection-policy'],
  bad: MARKED,
  good: MARKED.replace(
    'spec:\n  imageRepositoryRef',
    'spec:\n  digestReflectionPolicy: IfNotPresent\n  imageRepositoryRef',
  ),
  *examineFile({ documents }, _repository, fleet) {
    for (const { index, markers } of documents) {
      for (const { pointer, setter } of markers) {
        const { namespace, name, part } = policySetter(setter) ?? {};
        if (part === 'digest' && !isOpaque(setter)) {
          const found = policiesNamed(fleet, namespace!, name!);
          const reflections = found.map(
            ({ policy }) => textAt(policy, 'spec', 'digestReflectionPolicy') ?? 'Never',
          );
          if (found.length > 0 && reflections.every((one) => one === 'Never')) {
            yield {
              message: `setter marker '${setter}' must be of a policy with digestReflectionPolicy IfNotPresent or Always, got 'Never': Flux would empty the field`,
              pointer,
              index,
            };
          }
        }
      }
    }
  },
};
