import { lineFinder } from '../inventory/read-source-file';
import { SourceRepository } from '../inventory/source-file';

/** A place in a file. */
export interface Place {
  readonly repository: SourceRepository;
  readonly path: string;
  /** Which document of the file. */
  readonly index: number;
  /** JSON pointer in it. */
  readonly pointer: string;
}

/** Tells the lines of places, each from 1, and reads each file once. */
export class PlaceLines {
  private readonly finders = new Map<string, ReturnType<typeof lineFinder>>();

  /** Of what is there, or of what is nearest above it; undefined where that is not known. */
  public of({ repository, path, index, pointer }: Place): number | undefined {
    const key = JSON.stringify([repository.name, path]);
    const file = repository.tree.file(path);
    const finder = this.finders.get(key) ?? (file && lineFinder(file));
    if (finder) {
      this.finders.set(key, finder);
    }
    return finder?.(index, pointer);
  }
}
