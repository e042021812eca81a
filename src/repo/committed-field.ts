import { WrittenMarker } from '../inventory/written-markers';
import { keysOf } from '../vocabulary/json-pointer';
import { isPrintable } from '../vocabulary/printable';
import { quoted } from '../vocabulary/quoted';
import {
  imageAnnotation,
  SetterField,
  SetterMarker,
  setterName,
} from '../vocabulary/setter-marker';
import { CommittedObject } from './committed-objects';

/** What Flux writes to each kind of field. */
const FORMS: Record<SetterField, RegExp> = {
  [SetterField.IMAGE]:
    /^([^\s@]+?)(?::([\w][\w.-]{0,127})(?:@[a-z0-9]+:[0-9a-f]{32,})?|@[a-z0-9]+:[0-9a-f]{32,})$/,
  [SetterField.NAME]: /^[^\s@]+$/,
  [SetterField.TAG]: /^[\w][\w.-]{0,127}$/,
  [SetterField.DIGEST]: /^[a-z0-9]+:[0-9a-f]{32,}$/,
};

/** A marked field of the program. */
export interface MarkedField {
  readonly marker: SetterMarker;
  /** What the program has it hold. */
  readonly ours: unknown;
  /** What it was in the repository, as far as that can be told. */
  readonly was?: WrittenMarker;
}

/** Whether a setter, such as `team-a:podinfo:tag`, could have written `value`. */
export function isOfImage(setter: string, value: unknown): value is string {
  const form = FORMS[(setter.split(':')[2] ?? '') as SetterField];
  return typeof value === 'string' && form !== undefined && form.test(value);
}

/**
 * Whether what was committed is a version of the image that the program names.
 *
 * Throws when it is no image at all: what Flux chose would be lost.
 */
export function isSameImage(
  path: string,
  { field, imageName, policyName }: SetterMarker,
  { pointer, value }: WrittenMarker,
  committed: CommittedObject,
): boolean {
  const form = FORMS[field].exec(value ?? '');
  if (!form) {
    throw new Error(
      `'${path}' must hold an image${field && `'s ${field}`} at ${pointer}, where Flux writes one, ` +
        `got ${quoted(value ?? '')}; put one there, or remove the file to start from the one of the program`,
    );
  }
  switch (field) {
    case SetterField.IMAGE:
      return form[1] === imageName;
    case SetterField.NAME:
      return false; // another name is another image
    default:
      return imageNameOf(committed.manifest, pointer, policyName) === imageName;
  }
}

/** The tag in what a setter wrote; undefined where it wrote none. */
export function tagIn({ field }: SetterMarker, value: string): string | undefined {
  switch (field) {
    case SetterField.IMAGE:
      return FORMS[field].exec(value)?.[2];
    case SetterField.TAG:
      return value;
    default:
      return undefined;
  }
}

/** The committed fields of one object, by setter and place. */
export class FieldIndex {
  private readonly places = new Set<string>();
  private readonly byPlace = new Map<string, WrittenMarker>();
  private readonly bySetter = new Map<string, WrittenMarker | undefined>();

  constructor({ manifest, fields }: CommittedObject) {
    for (const field of fields) {
      const { setter, pointer, value } = field;
      const place = placeOf(manifest, pointer);
      this.places.add(place);
      this.byPlace.set(`${setter} ${place}`, field);
      const isOne = !this.bySetter.has(setter) || this.bySetter.get(setter)?.value === value;
      this.bySetter.set(setter, isOne ? field : undefined);
    }
  }

  /**
   * The committed field that became one of ours: the one in its place, and else any with its marker where all of those
   * hold one value. Lists shift as items come and go, and Flux writes the same wherever the same marker stands.
   */
  public find(manifest: any, marker: SetterMarker): WrittenMarker | undefined {
    const setter = setterName(marker);
    const place = `${setter} ${placeOf(manifest, marker.pointer)}`;
    return this.byPlace.get(place) ?? this.bySetter.get(setter);
  }

  /** Whether any marker stands at the place of one of ours. */
  public isMarked(manifest: any, pointer: string): boolean {
    return this.places.has(placeOf(manifest, pointer));
  }
}

/** What the image is called in a kustomization file of which a field is; fields elsewhere are of no such image. */
export function replacedName(manifest: any, pointer: string): string {
  return replacedImage(manifest, pointer)?.name ?? '';
}

/** `pointer`, but by the name of the image in a kustomization file, where places change as images come and go. */
function placeOf(manifest: any, pointer: string): string {
  const replaced = replacedImage(manifest, pointer);
  return replaced ? `${replaced.name} ${keysOf(pointer)[2]}` : pointer;
}

/**
 * Finds what `manifest` has at the place that a pointer leads to in another manifest of the same object. The images of
 * a kustomization file are told by name.
 */
export function valuesByPlace(manifest: any): (other: any, pointer: string) => unknown {
  let images: Map<unknown, any> | undefined;
  return (other, pointer) => {
    const replaced = replacedImage(other, pointer);
    if (!replaced) {
      return valueAt(manifest, pointer);
    }
    images ??= new Map([...(manifest.images ?? [])].map((image: any) => [image?.name, image]));
    return images.get(replaced.name)?.[keysOf(pointer)[2]];
  };
}

export function valueAt(manifest: any, pointer: string): unknown {
  return keysOf(pointer).reduce(
    (value, part) => (Object.hasOwn(Object(value), part) ? value[part] : undefined),
    manifest,
  );
}

/** A value from the repository, in a report. */
export function shown(value: unknown): string {
  return isPrintable(value) && value !== '' ? value : (JSON.stringify(value) ?? 'nothing');
}

/** The name of the image that the tag or digest at `pointer` is of. */
function imageNameOf(manifest: any, pointer: string, policyName: string): unknown {
  const replaced = replacedImage(manifest, pointer);
  return replaced
    ? (replaced.newName ?? replaced.name)
    : manifest.metadata?.annotations?.[imageAnnotation(policyName)];
}

function replacedImage(manifest: any, pointer: string): any {
  const [list, index] = keysOf(pointer);
  const isKustomizationFile = manifest.kind === 'Kustomization' && !manifest.metadata?.name;
  return isKustomizationFile && list === 'images' ? manifest.images?.[index] : undefined;
}
