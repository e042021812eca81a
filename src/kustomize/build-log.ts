import { SourceDocument, SourceFile, SourceTree } from '../inventory/source-file';
import { BuildError } from './build';

/** Directories of one build, counted each time: more than people have. */
const MOST_DIRECTORIES = 5000;

/** An object that something is to be done to is nowhere, or there is more than one. */
export class NotOneObject extends Error {}

/** A field that says something: by its JSON pointer in a file, or in the Flux Kustomization that adds it. */
export type Field = string | { readonly added: string };

/** What a build reads, and what it has to say of that. */
export class BuildLog {
  public readonly errors: BuildError[] = [];
  public readonly unread: string[] = [];
  /** What has no effect, though nothing is refused. */
  public readonly idle: BuildError[] = [];
  public readonly used = new Set<string>();
  /** Whether kustomize notes where each object comes from. */
  public isTracked = false;

  /** Files that were read and hold nothing yet, such as those that `flux bootstrap` fills. */
  public readonly empty = new Set<string>();

  private readonly told = new Set<string>();
  private directories = 0;

  constructor(public readonly tree: SourceTree) {}

  /** Counts a directory that is built. Throws where there are too many: each may name others more than once. */
  public enter(): void {
    if (++this.directories > MOST_DIRECTORIES) {
      throw new Error(`more than ${MOST_DIRECTORIES} directories are built here`);
    }
  }

  /** How much was missing so far. */
  public get gaps(): number {
    return this.errors.length + this.unread.length + this.empty.size;
  }

  public has(path: string): boolean {
    return this.tree.has(path);
  }

  /** The file at `path`, which is used now; undefined where its content is not known. */
  public file(path: string): SourceFile | undefined {
    if (!this.has(path)) {
      return undefined;
    }
    this.used.add(path);
    return this.tree.file(path);
  }

  public refuse(path: string, message: string, field?: Field, isUnmet = false): void {
    const key = JSON.stringify([path, message, field]);
    if (!this.told.has(key)) {
      this.told.add(key);
      this.errors.push({
        path,
        message,
        ...(typeof field === 'string' ? { pointer: field } : field),
        ...(isUnmet && { isUnmet }),
      });
    }
  }

  /**
   * Does something that kustomize may refuse, at a field of a file. What is nowhere may be among what was not read, and what
   * is there twice is told already.
   */
  public attempt(path: string, field: Field | undefined, what: () => void): void {
    try {
      what();
    } catch (error) {
      const isPartial = this.errors.length > 0 || this.unread.length > 0;
      if (error instanceof NotOneObject && isPartial) {
        return;
      }
      this.refuse(path, (error as Error).message, field, error instanceof NotOneObject);
    }
  }
}

/** One of a list of a kustomization file, or of what is added to it. */
export interface Entry<T = any> {
  readonly value: T;
  /** Where it is written. @default - in no file: the kustomization is a generated one */
  readonly field?: Field;
}

/** Where an object is written. */
export interface Origin {
  readonly document: SourceDocument;
  readonly within?: string;
}
