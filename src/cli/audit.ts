import { Profile } from '../checks/check';
import { CheckResult, runChecks } from '../checks/run-checks';
import { FleetView, viewClusters } from '../clusters/view-clusters';
import { SourceRepository } from '../inventory/source-file';
import { gitPlace } from '../vocabulary/url';
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

/** Judges directories as the repositories of one fleet. Throws where there is no directory. */
export function audit(directories: readonly AuditedDirectory[], profile: Profile): Audit {
  const repositories = directories.map(({ directory, url }): SourceRepository => {
    return {
      name: directory,
      tree: readDirectory(directory),
      ...(url !== undefined && { gitPlace: gitPlace(url) }),
    };
  });
  const fleet = viewClusters(repositories);
  return { fleet, result: runChecks(fleet, { profile }) };
}
