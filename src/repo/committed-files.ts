import { identityOf } from '../inventory/identity';
import { CommittedObject, committedObjects } from './committed-objects';
import { RepoFile } from './repo-file';

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
  private isPaired = false;
  private movedKustomization?: { readonly to: string; readonly object: CommittedObject };

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
   * A kustomization file has no name, and only its place to tell it from others: it moved when it is the only one with
   * markers that goes, and only one comes.
   *
   * @param pending files with markers that are not yet as the program says
   */
  public pairKustomizations(pending: readonly RepoFile[]): void {
    if (this.isPaired) {
      return;
    }
    this.isPaired = true;
    const coming = pending.filter(
      ({ path, documents }) =>
        documents!.some(
          ({ manifest, markers }) => markers.length > 0 && isKustomizationFile(manifest),
        ) && !this.at(path)?.objects.some(isMarkedKustomization),
    );
    const staying = new Set(pending.map(({ path }) => path));
    const going = this.marked.filter(
      ({ path, object }) => isMarkedKustomization(object) && !staying.has(path),
    );
    if (coming.length === 1 && going.length === 1) {
      this.movedKustomization = { to: coming[0].path, object: going[0].object };
    }
  }

  /** What the object of the program was until now: at the same path, or where it has moved from. */
  public find(path: string, manifest: any): CommittedObject | undefined {
    const identity = identityOf(manifest);
    const here = this.at(path)?.byIdentity.get(identity);
    if (here && here.fields.length > 0) {
      return here;
    }
    if (!isKustomizationFile(manifest)) {
      this.named ??= byIdentity(this.marked.map(({ object }) => object));
      return this.named.get(identity) ?? here;
    }
    return this.movedKustomization?.to === path ? this.movedKustomization.object : here;
  }
}

export function isKustomizationFile({ kind, metadata }: any): boolean {
  return kind === 'Kustomization' && !metadata?.name;
}

function isMarkedKustomization({ manifest, fields }: CommittedObject): boolean {
  return fields.length > 0 && isKustomizationFile(manifest);
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
