import { RepositoryPlan } from '../vocabulary/repository-plan';
import { formatOwnedFiles, OWNED_FILES } from './owned-files';
import { FilePlan } from './plan-files';
import { Progress } from './progress';

/**
 * Carries a plan out. A file is listed as ours before it is written and until after it is removed, so that a
 * run that dies in between leaves nothing that the next one takes for somebody else's.
 */
export function writeFiles({ plan, disk, texts, owned }: FilePlan): RepositoryPlan {
  const before = new Set(
    [...owned].filter((path) => texts.has(path) || plan.removed.includes(path)),
  );
  const during = formatOwnedFiles(new Set([...before, ...texts.keys()]));
  const after = formatOwnedFiles(texts.keys());
  const now = disk.read(OWNED_FILES);

  const changed = [...plan.created, ...plan.updated];
  const progress = new Progress(plan.root, changed.length + plan.removed.length);
  disk.prepare();
  if (now !== during && (changed.length > 0 || plan.removed.length > 0)) {
    disk.replace(OWNED_FILES, during);
  }
  for (const path of changed) {
    disk.replace(path, texts.get(path)!);
    progress.step();
  }
  for (const path of plan.removed) {
    disk.remove(path);
    progress.step();
  }
  if (disk.read(OWNED_FILES) !== after) {
    disk.replace(OWNED_FILES, after);
  }
  progress.end();
  return plan;
}
