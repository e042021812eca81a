import { RepositoryPlan, WriteOptions } from '../vocabulary/repository-plan';
import { OWNED_FILES, parseOwnedFiles, whyUnsafe } from './owned-files';
import { RepoFile } from './repo-file';
import { RepositoryRoot } from './repository-root';

/** A plan, and what carrying it out needs. */
export interface FilePlan {
  readonly plan: RepositoryPlan;
  readonly disk: RepositoryRoot;
  readonly texts: ReadonlyMap<string, string>;
  /** What the list of owned files says now. */
  readonly owned: ReadonlySet<string>;
}

/** Compares `files` with what is below `root`. Throws all that stands in their way, together. */
export function planFiles(
  files: readonly RepoFile[],
  root: string,
  options: WriteOptions,
): FilePlan {
  const disk = new RepositoryRoot(root);
  const owned = parseOwnedFiles(disk.read(OWNED_FILES)?.toString() ?? '');
  const adopted = new Set(options.adopt ?? []);
  const texts = new Map<string, string>();
  const created: string[] = [];
  const updated: string[] = [];
  const unchanged: string[] = [];
  const removed: string[] = [];
  const errors: string[] = [];

  for (const { path, text } of files) {
    attempt(errors, () => {
      if (texts.has(path)) {
        throw new Error(`'${path}' is written twice`);
      }
      const reason = whyUnsafe(path);
      if (reason) {
        throw new Error(`not writing '${path}', because ${reason}`);
      }
      texts.set(path, text);
      const present = disk.read(path);
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
  if (errors.length > 0) {
    throw new Error(`cannot write to ${root}:\n  ${errors.join('\n  ')}`);
  }
  const plan = new RepositoryPlan(
    root,
    created.sort(),
    updated.sort(),
    removed.sort(),
    unchanged.sort(),
  );
  return { plan, disk, texts, owned };
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
