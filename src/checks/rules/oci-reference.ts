import { ObjectCheck } from '../check';
import { mapAt } from '../manifest-fields';
import { OCI_SOURCE } from '../oci-source-example';

export const ociReference: ObjectCheck = {
  id: 'oci-reference',
  severity: 'error',
  profile: 'recommended',
  summary: 'an OCIRepository must not name a version that Flux ignores',
  why: 'Flux takes the digest before semver, and semver before the tag, and ignores the rest without a word. A semverFilter counts with semver alone.',
  remedy:
    'keep the reference that is meant, with a tag at most beside the digest that it stands for',
  links: ['https://fluxcd.io/flux/components/source/ocirepositories/#reference'],
  types: ['source.toolkit.fluxcd.io/OCIRepository'],
  needs: 'object',
  bad: OCI_SOURCE.replace('    semver: 6.x\n', '    semver: 6.x\n    tag: 6.1.0\n'),
  good: OCI_SOURCE,
  *examine({ manifest }) {
    const { digest, semver, semverFilter, tag } = mapAt(manifest, 'spec', 'ref');
    if (digest && semver) {
      yield {
        message: `must have a digest or a semver range, got both: Flux would ignore '${semver}'`,
        pointer: '/spec/ref/semver',
      };
    } else if (semver && tag) {
      yield {
        message: `must have a semver range or a tag, got both: Flux would ignore '${tag}'`,
        pointer: '/spec/ref/tag',
      };
    }
    if (semverFilter && !semver) {
      yield {
        message: 'must have no semverFilter without semver, which it filters the tags for',
        pointer: '/spec/ref/semverFilter',
      };
    }
  },
};
