import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';

/** Which part of the chosen image Flux writes into the marked field. */
export enum SetterField {
  /** `name:tag`, or `name:tag@digest` where the policy reflects digests. */
  IMAGE = '',
  /** The image name alone. */
  NAME = 'name',
  /** The tag alone. */
  TAG = 'tag',
  /** The digest alone; written only where the policy reflects digests. */
  DIGEST = 'digest',
}

/** A field that image automation rewrites, told by a comment behind its value. */
export interface SetterMarker {
  /** JSON pointer to a string within the object. */
  readonly pointer: string;
  /** Namespace of the ImagePolicy. */
  readonly policyNamespace: string;
  readonly policyName: string;
  readonly field: SetterField;
  /** What the field holds: a marker on anything else would have Flux overwrite it. */
  readonly expected: string;
  /** Name of the image, which a tag or digest alone does not tell. */
  readonly imageName: string;
  /** URL of the Git repository in which Flux looks for markers. */
  readonly repository: string;
  /** Directory of that repository in which it does; empty for all of it. */
  readonly updatePath: string;
  /** Whether the program's value stands against the one that Flux committed. @default false */
  readonly pinned?: boolean;
  /** Whether it is certain that the policy chooses a tag of no list of tags. @default - nothing is certain */
  readonly neverChooses?: (tag: string) => boolean;
}

const MARKERS = Symbol.for('cdk8s-flux-tenants.setter-markers');

/**
 * Remembers that image automation owns the string at `marker.pointer` of `object`. Marking a field again with the same
 * image changes nothing, but that it is pinned once one of the two is.
 */
export function markSetter(object: ApiObject, marker: SetterMarker): void {
  const markers: Map<string, SetterMarker> = (object as any)[MARKERS] ?? new Map();
  Object.defineProperty(object, MARKERS, { value: markers, configurable: true });
  const key = JSON.stringify([marker.pointer, setterName(marker), marker.expected]);
  markers.set(key, markers.get(key)?.pinned ? { ...marker, pinned: true } : marker);
}

export function setterMarkersOf(construct: IConstruct): SetterMarker[] {
  return [...((construct as any)[MARKERS]?.values() ?? [])];
}

/**
 * The annotation that says of which image a tag or digest in the object is, so that one of another image is never taken
 * for it.
 */
export function imageAnnotation(policyName: string): string {
  return `images.cdk8s-flux-tenants/${policyName}`;
}

/** The comment that Flux's setter looks for, without the leading '#'. */
export function markerComment(marker: SetterMarker): string {
  return `{"$imagepolicy": "${setterName(marker)}"}`;
}

/** What Flux calls the setter of a policy that writes this part of its image. */
export function setterName({ policyNamespace, policyName, field }: SetterMarker): string {
  return `${policyNamespace}:${policyName}${field ? `:${field}` : ''}`;
}

/** What was added under `type` to exactly this construct. */
export function metadataOf<T>(construct: IConstruct | Construct, type: string): T[] {
  // `node.metadata` copies, which shows at a hundred thousand objects; most have none.
  const entries = construct.node.metadata;
  return entries.length === 0
    ? []
    : entries.filter((entry) => entry.type === type).map((entry) => entry.data as T);
}
