import { RepositoryPlan, WriteOptions } from '../vocabulary/repository-plan';
import { CommittedImages } from './committed-images';
import {
  formatOwnedFiles,
  OWNED_FILES,
  parseOwnedFiles,
  requireRepository,
  whyUnsafe,
} from './owned-files';
import { filesAbove } from './path-claims';
import { RepoFile } from './repo-file';
import { RepositoryRoot } from './repository-root';

/** A plan, and what carrying it out needs. */
export interface FilePlan {
  readonly plan: RepositoryPlan;
  readonly disk: RepositoryRoot;
  /** What the list of owned files says once the plan is carried out. */
  readonly list: (paths: Iterable<string>) => string;
  readonly texts: ReadonlyMap<string, string>;
  /** What the list of owned files says now. */
  readonly owned: ReadonlySet<string>;
}

/** What a plan says of the program beside its files. */
export interface Remarks {
  readonly warnings?: readonly string[];
  readonly suppressed?: readonly string[];
  /** Where not all files of the repository are given: which of them are. @default - all */
  readonly isGiven?: (path: string) => boolean;
}

/** Compares `files` with what is below `root`. Throws all that stands in their way, together. */
export function planFiles(
  repository: string,
  files: readonly RepoFile[],
  root: string,
  options: WriteOptions,
  { warnings = [], suppressed = [], isGiven }: Remarks = {},
): FilePlan {
  const disk = new RepositoryRoot(root);
  const listed = disk.read(OWNED_FILES)?.toString();
  const list = (paths: Iterable<string>) => formatOwnedFiles(repository, paths);
  requireRepository(repository, root, listed ?? '');
  const all = parseOwnedFiles(listed ?? '');
  const owned = isGiven ? new Set([...all].filter(isGiven)) : all;
  const adopted = new Set(options.adopt ?? []);
  const texts = new Map<string, string>();
  const created: string[] = [];
  const updated = new Set<string>();
  const unchanged: string[] = [];
  const removed: string[] = [];
  const errors: string[] = [];

  const images = new CommittedImages(files);
  for (const file of files) {
    const { path } = file;
    attempt(errors, () => {
      if (texts.has(path)) {
        throw new Error(`'${path}' is written twice`);
      }
      const reason = whyUnsafe(path);
      if (reason) {
        throw new Error(`not writing '${path}', because ${reason}`);
      }
      texts.set(path, file.text);
      const present = disk.read(path);
      if (present === undefined) {
        created.push(path);
      } else if (!owned.has(path) && !adopted.has(path)) {
        throw new Error(
          `'${path}' is there already and was not written by this library; ` +
            `remove it, or take it over with { adopt: ['${path}'] }`,
        );
      } else if (present.equals(Buffer.from(file.text))) {
        unchanged.push(path);
        return;
      } else {
        updated.add(path);
      }
      images.add(file, present, owned.has(path));
    });
  }
  errors.push(...filesAbove(new Set(texts.keys())));
  for (const path of owned) {
    attempt(errors, () => {
      const present = texts.has(path) ? undefined : disk.read(path);
      if (present) {
        removed.push(path);
        images.addGoing(path, present);
      }
    });
  }
  for (const file of images.pending) {
    attempt(errors, () => {
      const text = images.textOf(file);
      texts.set(file.path, text);
      if (text === images.textThere(file)) {
        updated.delete(file.path);
        unchanged.push(file.path);
      }
    });
  }
  for (const path of adopted) {
    if (!texts.has(path)) {
      errors.push(`nothing to adopt at '${path}': the program does not write it`);
    }
  }
  if (errors.length > 0 && listed === undefined) {
    errors.push(`there is no ${OWNED_FILES} yet; if it was lost, take it from Git again`);
  }
  if (errors.length > 0) {
    throw new Error(`cannot write to ${root}:\n  ${[...new Set(errors)].join('\n  ')}`);
  }
  const isSame = created.length + updated.size + removed.length === 0;
  if (isSame && !isGiven && listed !== list(texts.keys())) {
    updated.add(OWNED_FILES);
  }
  images.reportRest();
  const { kept, overruled, reset, warnings: doubts } = images.report;
  const missing = files.flatMap((file) => file.foreign ?? []).filter((path) => !disk.isFile(path));
  const plan = new RepositoryPlan(
    root,
    created.sort(),
    [...updated].sort(),
    removed.sort(),
    unchanged.sort(),
    missing.sort(),
    kept.sort(),
    overruled.sort(),
    reset.sort(),
    [...warnings, ...doubts.sort()],
    [...suppressed],
  );
  return { plan, disk, list, texts, owned };
}

function attempt(errors: string[], step: () => void): void {
  try {
    step();
  } catch (error) {
    errors.push((error as Error).message);
  }
}
