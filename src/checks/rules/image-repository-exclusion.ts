import { isOpaque } from '../../clusters/applied-object';
import { goRegex } from '../../vocabulary/go-regex';
import { ObjectCheck } from '../check';
import { IMAGE_UPDATES } from '../image-updates-example';
import { textsAt } from '../manifest-fields';

/** What cosign calls a signature. */
const SIGNATURE = `sha256-${'0'.repeat(64)}.sig`;

export const imageRepositoryExclusion: ObjectCheck = {
  id: 'image-repository-exclusion',
  severity: 'warning',
  profile: 'strict',
  summary: 'an exclusionList should leave out signatures, too',
  why: "A list of one's own replaces Flux's default, which leaves out the tags of signatures. They are then scanned and compared like images.",
  remedy: "add '^.*\\.sig$' to the list",
  links: ['https://fluxcd.io/flux/components/image/imagerepositories/#exclusion-list'],
  types: ['image.toolkit.fluxcd.io/ImageRepository'],
  needs: 'object',
  bad: excluding("    - '^latest$'\n"),
  good: excluding("    - '^.*\\.sig$'\n    - '^latest$'\n"),
  *examine({ manifest }) {
    const patterns = textsAt(manifest, 'spec', 'exclusionList');
    if (patterns.length > 0 && !patterns.some((one) => isOpaque(one) || leavesOut(one))) {
      yield {
        message: `should leave out signatures with '^.*\\.sig$', got '${patterns.join("', '")}'`,
        pointer: '/spec/exclusionList',
      };
    }
  },
};

function leavesOut(pattern: string): boolean {
  try {
    return goRegex('tag pattern', pattern).matcher(SIGNATURE).find();
  } catch {
    return true; // another check tells
  }
}

function excluding(patterns: string): string {
  return IMAGE_UPDATES.replace(
    'spec:\n  image:',
    () => `spec:\n  exclusionList:\n${patterns}  image:`,
  );
}
