import { Profile } from '../checks/check';
import { CheckResult, runChecks } from '../checks/run-checks';
import { FleetView, viewClusters } from '../clusters/view-clusters';
import { SourceRepository } from '../inventory/source-file';
import { fetchedUrls } from '../clusters/fetched-urls';
import { quoted } from '../vocabulary/quoted';
import { sourcePlace } from '../vocabulary/url';
import { readDirectory } from './read-directory';

/** A directory to audit, and what its repository is called and fetched by. */
export interface AuditedDirectory {
  readonly directory: string;
  /** URL under which Flux fetches it. @default - it is the repository that the clusters are read from */
  readonly url?: string;
}

/** What an audit saw, and what it says. */
export interface Audit {
  readonly fleet: FleetView;
  readonly result: CheckResult;
}

/** More URLs are no help to whoever mistyped one. */
const MOST_SHOWN = 10;

/**
 * Judges directories as the repositories of one fleet. Throws where there is no directory, and where nothing is fetched by a URL.
 */
export function audit(directories: readonly AuditedDirectory[], profile: Profile): Audit {
  const repositories = directories.map(({ directory, url }): SourceRepository => {
    return {
      name: directory,
      tree: readDirectory(directory),
      ...(url !== undefined && { place: sourcePlace(url) }),
    };
  });
  const fleet = viewClusters(repositories);
  requireFetched(directories, fleet);
  return { fleet, result: runChecks(fleet, { profile }) };
}

/** A URL that nothing fetches is mistyped: what it stands for would go unjudged. */
function requireFetched(directories: readonly AuditedDirectory[], fleet: FleetView): void {
  const urls = fetchedUrls(fleet);
  const fetched = new Set(urls.map(sourcePlace));
  const given = new Set<string>();
  for (const { url } of directories) {
    if (url === undefined) {
      continue;
    }
    const place = sourcePlace(url);
    if (given.has(place)) {
      throw new Error(`--repository must name each repository once, got ${quoted(url)} again`);
    }
    if (!fetched.has(place)) {
      const shown = urls.slice(0, MOST_SHOWN);
      throw new Error(
        `--repository must name what a cluster fetches, got ${quoted(url)}: ` +
          (urls.length === 0
            ? 'the clusters fetch from no other repository'
            : `they fetch ${shown.map(quoted).join(', ')}${shown.length < urls.length ? ' and others' : ''}`),
      );
    }
    given.add(place);
  }
}
