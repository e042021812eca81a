import { RepositoryPlan } from '../vocabulary/repository-plan';
import { OWNED_FILES } from './owned-files';
import { FilePlan } from './plan-files';
import { Progress } from './progress';

/**
 * Carries a plan out. A file is listed as ours before it is written and until after it is removed, so that a
 * run that dies in between leaves nothing that the next one takes for somebody else's.
 */
export function writeFiles({ plan, disk, list, texts, owned }: FilePlan): RepositoryPlan {
  const during = list(new Set([...owned, ...texts.keys()]));
  const after = list(texts.keys());
  const now = disk.read(OWNED_FILES)?.toString();

  const changed = [...plan.created, ...plan.updated].filter((path) => texts.has(path));
  const gone = [...owned].filter((path) => !texts.has(path));
  const progress = new Progress(plan.root, changed.length + gone.length);
  disk.prepare();
  if (now !== during && (changed.length > 0 || plan.removed.length > 0)) {
    disk.replace(OWNED_FILES, during);
  }
  for (const path of changed) {
    disk.replace(path, texts.get(path)!);
    progress.step();
  }
  for (const path of gone) {
    disk.remove(path);
    progress.step();
  }
  if (disk.read(OWNED_FILES)?.toString() !== after) {
    disk.replace(OWNED_FILES, after);
  }
  progress.end();
  return plan;
}
