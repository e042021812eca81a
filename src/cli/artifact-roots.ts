import * as path from 'path';
import { ArtifactRoot } from '../report/artifact-root';
import { sourcePlace } from '../vocabulary/url';
import { AuditedDirectory } from './audit';
import { checkoutOf } from './read-directory';

/** Where audited directories lie for whoever uploads a report: relative to the Git repository that the first one is part of. */
export function artifactRoots(
  directories: readonly AuditedDirectory[],
): ReadonlyMap<string, ArtifactRoot> {
  const checkouts = directories.map(({ directory }) => checkoutOf(directory));
  const own = checkouts[0]?.root;
  return new Map(
    directories.map(({ directory, url = '' }, i): [string, ArtifactRoot] => {
      const { root, within } = checkouts[i];
      return root === own
        ? [directory, { isElsewhere: false, segments: within.split(path.sep).filter(Boolean) }]
        : [directory, { isElsewhere: true, segments: hostAndPath(url) }];
    }),
  );
}

/** The host of a repository, and its path there: of neither begins the path of a file in another repository. */
function hostAndPath(url: string): string[] {
  return sourcePlace(url)
    .replace(/^[a-z+]+:\/\//, '')
    .split(/[/:]/)
    .filter(Boolean);
}
