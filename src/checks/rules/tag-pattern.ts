import type { RE2JS } from 're2js';
import { isOpaque } from '../../clusters/applied-object';
import { goRegex } from '../../vocabulary/go-regex';
import { ObjectCheck, Problem } from '../check';
import { IMAGE_UPDATES } from '../image-updates-example';
import { itemsAt, textAt } from '../manifest-fields';

const PATTERN = '/spec/filterTags/pattern';

export const tagPattern: ObjectCheck = {
  id: 'tag-pattern',
  severity: 'error',
  profile: 'recommended',
  summary:
    'patterns of tags must be regular expressions of Go, and extract must name groups of the pattern',
  why: 'Flux matches tags with the regular expressions of Go (RE2), which know neither look-around nor back-references: an ImagePolicy or ImageRepository with another fails. What extract names and the pattern has not is empty text, so that all tags compare the same.',
  remedy:
    'write the pattern without look-around and back-references, and name a group as (?P<ts>[0-9]+) for $ts',
  links: [
    'https://fluxcd.io/flux/components/image/imagepolicies/#filter-tags',
    'https://github.com/google/re2/wiki/Syntax',
  ],
  types: ['image.toolkit.fluxcd.io/ImagePolicy', 'image.toolkit.fluxcd.io/ImageRepository'],
  needs: 'object',
  bad: filtered("extract: '$time'"),
  good: filtered("extract: '$ts'"),
  *examine({ manifest }) {
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'exclusionList')) {
      if (typeof value === 'string' && !isOpaque(value)) {
        yield* compiled(value, pointer).problems;
      }
    }
    const pattern = textAt(manifest, 'spec', 'filterTags', 'pattern') ?? '';
    const extract = textAt(manifest, 'spec', 'filterTags', 'extract') ?? '';
    if (manifest.kind !== 'ImagePolicy' || isOpaque(pattern)) {
      return;
    }
    const { regex, problems } = compiled(pattern, PATTERN);
    yield* problems;
    if (regex && extract !== '' && !isOpaque(extract)) {
      const wrong = wrongGroup(regex, extract);
      if (wrong !== undefined) {
        yield {
          message: `must extract a group of the pattern '${pattern}', got '${wrong}'`,
          pointer: '/spec/filterTags/extract',
        };
      }
    }
  },
};

function compiled(pattern: string, pointer: string): { regex?: RE2JS; problems: Problem[] } {
  try {
    return { regex: goRegex('tag pattern', pattern), problems: [] };
  } catch (error) {
    return {
      problems: [{ message: `has no valid pattern: ${(error as Error).message}`, pointer }],
    };
  }
}

/** What of a template of Go's regular expressions is no group; the whole template where it names none at all. */
function wrongGroup(regex: RE2JS, extract: string): string | undefined {
  const names = [...extract.replaceAll('$$', '').matchAll(/\$([A-Za-z0-9_]+)/g)].map(
    ([, name]) => name,
  );
  const wrong = names.find((name) =>
    /^[0-9]+$/.test(name)
      ? Number(name) > regex.groupCount()
      : !Object.hasOwn(regex.namedGroups(), name),
  );
  return names.length === 0 ? extract : wrong && `$${wrong}`;
}

function filtered(extract: string): string {
  return IMAGE_UPDATES.replace(
    'spec:\n  imageRepositoryRef',
    () =>
      `spec:\n  filterTags:\n    ${extract}\n    pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$'\n  imageRepositoryRef`,
  ).replace('semver:\n      range: 6.x', 'numerical:\n      order: asc');
}
