import { RepositoryPlan, WriteOptions } from '../vocabulary/repository-plan';
import { CommittedImages } from './committed-images';
import {
  formatOwnedFiles,
  OWNED_FILES,
  parseOwnedFiles,
  requireRepository,
  whyUnsafe,
} from './owned-files';
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

/** Compares `files` with what is below `root`. Throws all that stands in their way, together. */
export function planFiles(
  repository: string,
  files: readonly RepoFile[],
  root: string,
  options: WriteOptions,
  warnings: readonly string[] = [],
): FilePlan {
  const disk = new RepositoryRoot(root);
  const listed = disk.read(OWNED_FILES)?.toString();
  const list = (paths: Iterable<string>) => formatOwnedFiles(repository, paths);
  requireRepository(repository, root, listed ?? '');
  const owned = parseOwnedFiles(listed ?? '');
  const adopted = new Set(options.adopt ?? []);
  const texts = new Map<string, string>();
  const created: string[] = [];
  const updated: string[] = [];
  const unchanged: string[] = [];
  const removed: string[] = [];
  const errors: string[] = [];

  const wanted = new Set(files.map((file) => file.path));
  const images = new CommittedImages(() => textsThatGo(disk, owned, wanted));
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
      const text = images.textOf(file, present);
      texts.set(path, text);
      if (present === undefined) {
        created.push(path);
      } else if (!owned.has(path) && !adopted.has(path)) {
        throw new Error(
          `'${path}' is there already and was not written by this library; ` +
            `remove it, or take it over with { adopt: ['${path}'] }`,
        );
      } else {
        (present.equals(Buffer.from(text)) ? unchanged : updated).push(path);
      }
    });
  }
  for (const path of texts.keys()) {
    errors.push(...filesAbove(path, texts));
  }
  for (const path of owned) {
    attempt(errors, () => {
      if (!texts.has(path) && disk.isFile(path)) {
        removed.push(path);
      }
    });
  }
  for (const path of adopted) {
    if (!texts.has(path)) {
      errors.push(`nothing to adopt at '${path}': the program does not write it`);
    }
  }
  if (errors.length > 0 && listed === undefined) {
    errors.push(`there is no ${OWNED_FILES}; if it was lost, take it from Git again`);
  }
  if (errors.length > 0) {
    throw new Error(`cannot write to ${root}:\n  ${errors.join('\n  ')}`);
  }
  if (created.length + updated.length + removed.length === 0 && listed !== list(texts.keys())) {
    updated.push(OWNED_FILES);
  }
  const missing = files.flatMap((file) => file.foreign ?? []).filter((path) => !disk.isFile(path));
  const plan = new RepositoryPlan(
    root,
    created.sort(),
    updated.sort(),
    removed.sort(),
    unchanged.sort(),
    missing.sort(),
    images.kept.sort(),
    images.overruled.sort(),
    [...warnings],
  );
  return { plan, disk, list, texts, owned };
}

function* textsThatGo(
  disk: RepositoryRoot,
  owned: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): Generator<string> {
  for (const path of owned) {
    const text = wanted.has(path) ? undefined : disk.read(path);
    if (text) {
      yield text.toString();
    }
  }
}

function filesAbove(path: string, texts: ReadonlyMap<string, string>): string[] {
  const errors: string[] = [];
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    const above = path.slice(0, end);
    if (texts.has(above)) {
      errors.push(`'${above}' would be both a file and the directory of '${path}'`);
    }
  }
  return errors;
}

function attempt(errors: string[], step: () => void): void {
  try {
    step();
  } catch (error) {
    errors.push((error as Error).message);
  }
}
