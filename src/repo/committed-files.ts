import { identityOf } from '../inventory/identity';
import { CommittedObject, committedObjects, isKustomizationFile } from './committed-objects';
import { pairedObjects } from './committed-pairs';
import { RepoDocument, RepoFile } from './repo-file';

/** A file as it is in the repository. */
interface CommittedFile {
  readonly text: string;
  readonly objects: readonly CommittedObject[];
  readonly byIdentity: ReadonlyMap<string, CommittedObject>;
}

/** An object that carries markers, and the file that it is in. */
export interface MarkedObject {
  readonly path: string;
  readonly object: CommittedObject;
}

/** What is in files of the repository that image automation may have written to. */
export class CommittedFiles {
  /** Objects with markers, in files that are ours. */
  public readonly marked: MarkedObject[] = [];
  private readonly files = new Map<string, CommittedFile>();
  private readonly ours = new Set<CommittedObject>();
  private named?: ReadonlyMap<string, CommittedObject>;
  /** Former selves of objects that came under another name or, without one, at another path. */
  private readonly paired = new Map<string, CommittedObject>();

  /** Throws when the text cannot be read: what Flux chose would be lost. */
  public add(path: string, text: string, isOurs: boolean): CommittedFile {
    const objects = parse(path, text);
    const file = { text, objects, byIdentity: byIdentity(objects) };
    this.files.set(path, file);
    for (const object of isOurs ? file.objects : []) {
      this.ours.add(object);
      if (object.fields.length > 0) {
        this.marked.push({ path, object });
      }
    }
    return file;
  }

  public at(path: string): CommittedFile | undefined {
    return this.files.get(path);
  }

  public isOurs(object: CommittedObject): boolean {
    return this.ours.has(object);
  }

  /**
   * Finds what goes under one name and comes under another. Afterwards, `find` knows it.
   *
   * @param pending files with markers that are not yet as the program says
   * @param program keys of all objects of the program
   */
  public pair(pending: readonly RepoFile[], program: ReadonlySet<string>): void {
    const going = this.marked.filter(
      ({ path, object }) => !program.has(keyOf(path, object.manifest)),
    );
    if (going.length === 0) {
      return;
    }
    const paths = new Map<RepoDocument, string>();
    for (const { path, documents } of pending) {
      for (const document of documents ?? []) {
        if (document.markers.length > 0 && this.isComing(path, document.manifest)) {
          paths.set(document, path);
        }
      }
    }
    const pairs = pairedObjects(
      going.map(({ object }) => object),
      [...paths.keys()],
    );
    for (const [document, object] of pairs) {
      this.paired.set(keyOf(paths.get(document)!, document.manifest), object);
    }
  }

  /** What the object of the program was until now: at the same path, or where it has moved from. */
  public find(path: string, manifest: any): CommittedObject | undefined {
    const identity = identityOf(manifest);
    const here = this.at(path)?.byIdentity.get(identity);
    if (here && here.fields.length > 0) {
      return here;
    }
    const paired = this.paired.get(keyOf(path, manifest));
    if (isKustomizationFile(manifest)) {
      return paired ?? here;
    }
    this.named ??= byIdentity(this.marked.map(({ object }) => object));
    return this.named.get(identity) ?? here ?? paired;
  }

  private isComing(path: string, manifest: any): boolean {
    const former = this.find(path, manifest);
    return isKustomizationFile(manifest) ? !former?.fields.length : !former;
  }
}

/** What tells an object of a repository from all others. */
export function keyOf(path: string, manifest: any): string {
  return isKustomizationFile(manifest) ? path : identityOf(manifest);
}

/** The first object of each identity, one with markers before others. */
function byIdentity(objects: readonly CommittedObject[]): Map<string, CommittedObject> {
  const found = new Map<string, CommittedObject>();
  for (const object of objects) {
    const known = found.get(object.identity);
    if (!known || (known.fields.length === 0 && object.fields.length > 0)) {
      found.set(object.identity, object);
    }
  }
  return found;
}

function parse(path: string, text: string): CommittedObject[] {
  try {
    return committedObjects(text);
  } catch (error) {
    throw new Error(
      `cannot tell which tags were committed to '${path}': ${(error as Error).message}; ` +
        'mend the file, or remove it to start from the tags of the program',
      { cause: error },
    );
  }
}
