import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { IMAGE_UPDATES } from '../image-updates-example';
import { textAt } from '../manifest-fields';

export const tagAnchors: ObjectCheck = {
  id: 'tag-anchors',
  severity: 'warning',
  profile: 'strict',
  summary: "a pattern of tags should begin with '^' and end with '$'",
  why: 'Flux looks for the pattern anywhere in a tag. Without anchors it also takes tags with more before or behind, such as release candidates or debug builds.',
  remedy: "put '^' before and '$' behind the pattern",
  links: ['https://fluxcd.io/flux/components/image/imagepolicies/#filter-tags'],
  types: ['image.toolkit.fluxcd.io/ImagePolicy'],
  needs: 'object',
  bad: filtered('[0-9]{8}'),
  good: filtered('^[0-9]{8}$'),
  *examine({ manifest }) {
    const pattern = textAt(manifest, 'spec', 'filterTags', 'pattern');
    if (pattern && !isOpaque(pattern) && !isAnchored(pattern)) {
      yield {
        message: `should have a pattern between '^' and '$', got '${pattern}'`,
        pointer: '/spec/filterTags/pattern',
      };
    }
  },
};

/** Whether it matches whole tags, or says where it does not mind. */
function isAnchored(pattern: string): boolean {
  const bare = pattern.replace(/^\(\?[a-zA-Z]+\)/, '');
  return /^(?:\^|\\A|\.\*|\(\.\*\)|\(\^)/.test(bare) && /(?:\$|\\z|\.[*+]\)?|\$\))$/.test(bare);
}

function filtered(pattern: string): string {
  return IMAGE_UPDATES.replace(
    'spec:\n  imageRepositoryRef',
    () => `spec:\n  filterTags:\n    pattern: '${pattern}'\n  imageRepositoryRef`,
  ).replace('semver:\n      range: 6.x', 'alphabetical:\n      order: asc');
}
