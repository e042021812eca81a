import { ObjectCheck } from '../check';
import { IMAGE_UPDATES } from '../image-updates-example';
import { mapAt, textAt, textsAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

/** What an ImageRepository leaves out by itself. */
const SIGNATURES = '^.*\\.sig$';

export const imagePolicyFilter: ObjectCheck = {
  id: 'image-policy-filter',
  severity: 'warning',
  profile: 'strict',
  summary:
    'an ImagePolicy that compares tags as numbers or texts should say which tags it compares',
  why: "Compared as texts, 'latest' is above every version that begins with a digit. Compared as numbers, one tag that is none makes the whole policy fail.",
  remedy: 'set filterTags.pattern to what a tag of a build looks like, or choose by semver',
  links: ['https://fluxcd.io/flux/components/image/imagepolicies/#filter-tags'],
  types: ['image.toolkit.fluxcd.io/ImagePolicy'],
  needs: 'cluster',
  bad: chosenByText(''),
  good: chosenByText("  filterTags:\n    pattern: '^[0-9]{8}$'\n"),
  *examine({ manifest }, cluster) {
    const policy = mapAt(manifest, 'spec', 'policy');
    const isPlain = ['alphabetical', 'numerical'].find((key) => isMap(policy[key]));
    if (!isPlain || isMap(policy.semver) || textAt(manifest, 'spec', 'filterTags', 'pattern')) {
      return;
    }
    const reference = mapAt(manifest, 'spec', 'imageRepositoryRef');
    const namespace = textAt(reference, 'namespace') || manifest.metadata.namespace;
    const type = 'image.toolkit.fluxcd.io/ImageRepository';
    const scanned = cluster.find(type, namespace, textAt(reference, 'name'))?.manifest;
    const excluded = textsAt(scanned, 'spec', 'exclusionList');
    if (scanned && excluded.every((pattern) => pattern === SIGNATURES)) {
      yield {
        message: `should have filterTags.pattern, or its ${isPlain} order compares every tag of '${textAt(scanned, 'spec', 'image')}'`,
        pointer: `/spec/policy/${isPlain}`,
      };
    }
  },
};

function chosenByText(filter: string): string {
  return IMAGE_UPDATES.replace(
    'spec:\n  imageRepositoryRef',
    () => `spec:\n${filter}  imageRepositoryRef`,
  ).replace('semver:\n      range: 6.x', 'alphabetical:\n      order: asc');
}
