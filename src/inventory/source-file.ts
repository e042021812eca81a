import { WrittenMarker } from './written-markers';

/** One YAML document of a file, as it is written there: an object of Kubernetes or anything else. */
export interface SourceDocument {
  /** Path of its file from the root of the repository, with '/' between its parts. */
  readonly path: string;
  /** Which document of the file it is, from 0. */
  readonly index: number;
  /** Its content as JSON. Whatever somebody wrote: nothing of its shape is certain. */
  readonly manifest: any;
  /** What Flux would take for setter markers. */
  readonly markers: readonly WrittenMarker[];
  /** Path of the construct that made it. @default - none; it was read from a directory */
  readonly constructPath?: string;
}

/** One file of YAML. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly documents: readonly SourceDocument[];
  /** Why parts of it could not be read. */
  readonly problems: readonly FileProblem[];
  /** Whether nothing of it could: it is no text, or too long. @default false */
  readonly isUnreadable?: boolean;
}

/** What is wrong with the text of a file. */
export interface FileProblem {
  readonly message: string;
  /** From 1. */
  readonly line?: number;
}

/** A repository as it lies on disk, or would after a write. */
export interface SourceRepository {
  /** What people know it by. */
  readonly name: string;
  /** All files, whatever their names: kustomize may name them. */
  readonly tree: SourceTree;
  /** `sourcePlace` of the URL that it is fetched by, where that is known. */
  readonly place?: string;
  /** The directory that is known; of what lies beside it, nothing is. @default - all of it is known */
  readonly directory?: string;
  /** `sourcePlace` of the artifact that this directory is published as, where that is known. */
  readonly artifact?: string;
}

interface Directory {
  readonly files: string[];
  readonly directories: string[];
}

/** Files by their path, and the directories that they make. */
export class SourceTree {
  /** All files that are YAML by their names, by their path. */
  public readonly files: readonly SourceFile[];
  private readonly byPath = new Map<string, SourceFile>();
  private readonly others = new Set<string>();
  private readonly named = new Map<string, SourceFile | undefined>();
  private readonly byDirectory = new Map<string, Directory>([['', { files: [], directories: [] }]]);

  /**
   * @param files files that are YAML by their names
   * @param others paths of all others: kustomize may name any of them
   * @param read reads one of the others; undefined where somebody else is still to write it
   */
  public constructor(
    files: Iterable<SourceFile>,
    others: Iterable<string> = [],
    private readonly read: (path: string) => SourceFile | undefined = () => undefined,
  ) {
    for (const file of files) {
      this.byPath.set(file.path, file);
      this.enter(file.path);
    }
    for (const path of others) {
      this.others.add(path);
      this.enter(path);
    }
    this.files = [...this.byPath.keys()].sort().map((path) => this.byPath.get(path)!);
    for (const { files: names, directories } of this.byDirectory.values()) {
      names.sort();
      directories.sort();
    }
  }

  /** The file at `path`; undefined where there is none whose content is known. */
  public file(path: string): SourceFile | undefined {
    return this.byPath.get(path) ?? this.other(path);
  }

  /** Whether there is a file at `path`, of YAML or not. */
  public has(path: string): boolean {
    return this.byPath.has(path) || this.others.has(path);
  }

  /** Paths of what lies directly in a directory, where '' is the root; undefined where there is none. */
  public directory(path: string): Directory | undefined {
    return this.byDirectory.get(path);
  }

  /** The tree without some of its files; itself where it has none of them. */
  public without(isLeftOut: (path: string) => boolean): SourceTree {
    const left = (path: string): boolean => !isLeftOut(path);
    const others = [...this.others].filter(left);
    const files = this.files.filter(({ path }) => left(path));
    return files.length === this.files.length && others.length === this.others.size
      ? this
      : new SourceTree(files, others, (path) => this.other(path));
  }

  /** Whatever its name, a file that is asked for is read, once. */
  private other(path: string): SourceFile | undefined {
    if (this.others.has(path) && !this.named.has(path)) {
      this.named.set(path, this.read(path));
    }
    return this.named.get(path);
  }

  private enter(path: string): void {
    this.obtain(parentOf(path)).files.push(path);
  }

  private obtain(path: string): Directory {
    let directory = this.byDirectory.get(path);
    if (!directory) {
      directory = { files: [], directories: [] };
      this.byDirectory.set(path, directory);
      this.obtain(parentOf(path)).directories.push(path);
    }
    return directory;
  }
}

/** Names under which kustomize looks for the file that says what a directory is built of. */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The directory that `path` lies in; the root is ''. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** A file of objects, which nobody has written. */
export function fileOf(path: string, objects: readonly any[]): SourceFile {
  const documents = objects.map((manifest, index) => ({ path, index, manifest, markers: [] }));
  return { path, text: '', documents, problems: [] };
}
