import { FleetView, isLeftAlone } from '../clusters/view-clusters';
import { parentOf, SourceFile, SourceRepository } from '../inventory/source-file';

/** What every object of Kubernetes says at the beginning of a line. */
const IS_OBJECT = [/^apiVersion:/m, /^kind:/m];

/** What Go's templates, Jinja, envsubst and ERB put where a program is to write something else. */
const IS_TEMPLATE = /\{\{|\{%|<%/;

/** Whether a file that nothing builds looks as if it were to hold objects as they are. */
export function holdsObjects({ path, text }: SourceFile, { tree }: SourceRepository): boolean {
  return (
    IS_OBJECT.every((one) => one.test(text)) && !IS_TEMPLATE.test(text) && !isLeftAlone(tree, path)
  );
}

/** Whether a file lies in, or below, a directory of which something is built; of the repository itself, in it. */
export function liesBesideBuilt(
  { path }: SourceFile,
  repository: SourceRepository,
  fleet: FleetView,
): boolean {
  const built = fleet.built.get(repository) ?? new Set();
  const known = directories.get(built) ?? new Set([...built].map(parentOf));
  directories.set(built, known);
  for (let at = parentOf(path); at !== ''; at = parentOf(at)) {
    if (known.has(at)) {
      return true;
    }
  }
  return known.has('') && parentOf(path) === '';
}

const directories = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();
