import { isDeepStrictEqual } from 'util';
import { identityOf } from '../inventory/identity';
import { keysOf } from '../vocabulary/json-pointer';
import {
  imageAnnotation,
  SetterField,
  SetterMarker,
  setterName,
} from '../vocabulary/setter-marker';
import { CommittedField, CommittedObject, committedObjects } from './committed-objects';
import { RepoDocument, RepoFile } from './repo-file';
import { documents, yamlDocument } from './yaml-text';

/** What Flux writes to each kind of field. */
const FORMS: Record<SetterField, RegExp> = {
  [SetterField.IMAGE]:
    /^([^\s@]+?)(?::[\w][\w.-]{0,127}(?:@[a-z0-9]+:[0-9a-f]{32,})?|@[a-z0-9]+:[0-9a-f]{32,})$/,
  [SetterField.NAME]: /^[^\s@]+$/,
  [SetterField.TAG]: /^[\w][\w.-]{0,127}$/,
  [SetterField.DIGEST]: /^[a-z0-9]+:[0-9a-f]{32,}$/,
};

/**
 * What Flux committed to marked fields. A value of the same field of the same object, with the same marker and for the
 * same image, stands against the program's; anything else does not.
 */
export class CommittedImages {
  /** What stays as Flux committed it, in words. */
  public readonly kept: string[] = [];
  /** What the program changes although Flux committed it, in words. */
  public readonly overruled: string[] = [];
  private moved?: Map<string, CommittedObject>;

  /** @param readMoved texts of the files that go: an object may have been in one of them until now */
  constructor(private readonly readMoved: () => Iterable<string>) {}

  /**
   * The text of `file` with what Flux committed.
   *
   * Throws when the text that is there cannot be read, or holds no image where Flux writes one: what Flux chose would be
   * lost.
   *
   * @param bytes what is there now; decoded only where something is marked
   */
  public textOf(file: RepoFile, bytes: Buffer | undefined): string {
    if (!file.documents?.some(({ markers }) => markers.length > 0)) {
      return file.text;
    }
    const present = bytes?.toString();
    if (present === file.text) {
      return file.text;
    }
    const objects = this.parse(file, present);
    const there = new Map(objects.map((object) => [object.identity, object]));
    const settled = file.documents.map((document) => {
      const identity = identityOf(document.manifest);
      const committed =
        document.markers.length > 0
          ? (there.get(identity) ?? this.movedObjects().get(identity))
          : undefined;
      return committed ? this.settle(file, document, committed) : document;
    });
    if (present !== undefined && saysTheSame(objects, settled)) {
      return present;
    }
    return settled.some((document, i) => document !== file.documents![i])
      ? documents(settled.map(({ manifest, markers }) => yamlDocument(manifest, markers)))
      : file.text;
  }

  private parse(file: RepoFile, present: string | undefined): CommittedObject[] {
    try {
      return committedObjects(present ?? '');
    } catch (error) {
      throw new Error(
        `cannot tell which tags were committed to '${file.path}': ${(error as Error).message}; ` +
          'mend the file, or remove it to start from the tags of the program',
        { cause: error },
      );
    }
  }

  private movedObjects(): Map<string, CommittedObject> {
    if (!this.moved) {
      this.moved = new Map();
      for (const text of this.readMoved()) {
        for (const object of readable(text)) {
          // A kustomization file has no name, and only its place to tell it from others.
          if (object.manifest.metadata?.name) {
            this.moved.set(object.identity, object);
          }
        }
      }
    }
    return this.moved;
  }

  private settle(file: RepoFile, document: RepoDocument, committed: CommittedObject): RepoDocument {
    let manifest = document.manifest;
    const markers = document.markers.map((marker) => {
      const setter = setterName(marker);
      const place = placeOf(document.manifest, marker.pointer);
      const field = committed.fields.find(
        (one) => one.setter === setter && placeOf(committed.manifest, one.pointer) === place,
      );
      const ours = valueAt(document.manifest, marker.pointer);
      if (
        !field ||
        field.value === ours ||
        !isSameImage(file.path, marker, field, committed.manifest)
      ) {
        return marker;
      }
      const where = `${file.path} ${marker.pointer}`;
      if (marker.pinned) {
        this.overruled.push(`${where}: ${field.value} becomes ${ours}, which is pinned`);
        return marker;
      }
      this.kept.push(`${where}: ${field.value}, not ${ours}`);
      manifest = withValueAt(manifest, marker.pointer, field.value!);
      return { ...marker, expected: field.value! };
    });
    return manifest === document.manifest ? document : { manifest, markers };
  }
}

/** Whether what is there differs from what would be written in its form alone, as Flux's writer may leave it. */
function saysTheSame(there: readonly CommittedObject[], settled: readonly RepoDocument[]): boolean {
  const told = there.map(({ manifest, fields }) => [
    manifest,
    fields.map(({ pointer, setter }) => `${pointer} ${setter}`).sort(),
  ]);
  const wanted = settled.map(({ manifest, markers }) => [
    manifest,
    markers.map((marker) => `${marker.pointer} ${setterName(marker)}`).sort(),
  ]);
  return isDeepStrictEqual(told, JSON.parse(JSON.stringify(wanted)));
}

/** Whether what was committed is a version of the image that the program names. */
function isSameImage(
  path: string,
  marker: SetterMarker,
  { pointer, value }: CommittedField,
  committedManifest: any,
): boolean {
  const { field, imageName, policyName } = marker;
  const committed = FORMS[field].exec(value ?? '');
  if (!committed) {
    throw new Error(
      `'${path}' must hold an image${field && `'s ${field}`} at ${pointer}, where Flux writes one, got '${value}'; ` +
        'put one there, or remove the file to start from the one of the program',
    );
  }
  switch (field) {
    case SetterField.IMAGE:
      return committed[1] === imageName;
    case SetterField.NAME:
      return false; // another name is another image
    default:
      return imageNameOf(committedManifest, pointer, policyName) === imageName;
  }
}

/** The name of the image that the tag or digest at `pointer` is of. */
function imageNameOf(manifest: any, pointer: string, policyName: string): unknown {
  const replaced = replacedImage(manifest, pointer);
  return replaced
    ? (replaced.newName ?? replaced.name)
    : manifest.metadata?.annotations?.[imageAnnotation(policyName)];
}

/** `pointer`, but by the name of the image in a kustomization file, where places change as images come and go. */
function placeOf(manifest: any, pointer: string): string {
  const replaced = replacedImage(manifest, pointer);
  return replaced ? `${replaced.name} ${keysOf(pointer)[2]}` : pointer;
}

function replacedImage(manifest: any, pointer: string): any {
  const [list, index] = keysOf(pointer);
  const isKustomizationFile = manifest.kind === 'Kustomization' && !manifest.metadata?.name;
  return isKustomizationFile && list === 'images' ? manifest.images?.[index] : undefined;
}

/** A file that goes anyway need not be readable. */
function readable(text: string): CommittedObject[] {
  try {
    return committedObjects(text);
  } catch {
    return [];
  }
}

function valueAt(manifest: any, pointer: string): unknown {
  return keysOf(pointer).reduce((value, part) => value?.[part], manifest);
}

function withValueAt(manifest: any, pointer: string, value: string): any {
  const copy = structuredClone(manifest);
  const path = keysOf(pointer);
  const last = path.pop()!;
  path.reduce((at, part) => at[part], copy)[last] = value;
  return copy;
}
