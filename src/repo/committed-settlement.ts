import { grouped } from '../vocabulary/grouped';
import { keysOf } from '../vocabulary/json-pointer';
import { SetterField, SetterMarker, setterName } from '../vocabulary/setter-marker';
import {
  FieldIndex,
  isOfImage,
  isSameImage,
  MarkedField,
  replacedName,
  tagIn,
  valueAt,
  valuesByPlace,
} from './committed-field';
import { CommittedObject } from './committed-objects';
import { CommittedReport } from './committed-report';
import { RepoDocument } from './repo-file';

/** What becomes of a marked field. */
enum Fate {
  /** It holds what was committed anyway. */
  AGREED,
  KEPT,
  OVERRULED,
  /** What was committed is of another image. */
  RESET,
  /** Nothing tells what was committed. */
  UNKNOWN,
}

interface SettledField extends MarkedField {
  readonly fate: Fate;
}

/** Settles what was committed to one object against what the program says of it. */
export class CommittedSettlement {
  private readonly index: FieldIndex;
  private readonly valueThen: (manifest: any, pointer: string) => unknown;

  /**
   * @param path of the file that the program puts the object into
   * @param isOurs whether the object was in a file that we wrote
   */
  constructor(
    private readonly path: string,
    private readonly committed: CommittedObject,
    private readonly isOurs: boolean,
    private readonly report: CommittedReport,
  ) {
    this.index = new FieldIndex(committed);
    this.valueThen = valuesByPlace(committed.manifest);
  }

  /**
   * The object of the program with what stays of what was committed.
   *
   * Throws when what is there is no image, or would stay beside a digest of another version.
   */
  public settle(document: RepoDocument): RepoDocument {
    const { manifest } = document;
    // The last of several markers at one pointer is the one that is written.
    const markers = new Map(document.markers.map((marker) => [marker.pointer, marker]));
    const marked = [...markers.values()].map((marker) => ({
      marker,
      ours: valueAt(manifest, marker.pointer),
      was: this.index.find(manifest, marker),
    }));
    const groups = grouped(marked, ({ marker: { policyName, pointer } }) =>
      JSON.stringify([policyName, replacedName(manifest, pointer)]),
    );
    const fields = [...groups.values()].flatMap((group) => this.settleTogether(group, manifest));
    const settled = withKept(document, fields);
    if (this.isOurs) {
      this.report.loseRest(this.path, settled.manifest, this.committed, fields.map(whatItHolds));
    }
    return settled;
  }

  /** Tag and digest of one image are of one version: they stay together, or neither does. */
  private settleTogether(group: readonly MarkedField[], manifest: any): SettledField[] {
    const isPair = group.some(({ marker }) => marker.field === SetterField.DIGEST);
    const isPinned = group.some(({ marker }) => marker.pinned);
    const fields = group.map((field) => ({
      ...field,
      fate: this.fateOf(field, isPair ? isPinned : field.marker.pinned),
    }));
    if (isPair) {
      this.requireOneVersion(fields);
    }
    fields.forEach((field) => this.tell(field, manifest));
    return fields;
  }

  private fateOf({ marker, was, ours }: MarkedField, isPinned: boolean | undefined): Fate {
    if (!was) {
      return isPinned ? Fate.OVERRULED : Fate.UNKNOWN;
    }
    if (was.value === ours) {
      return Fate.AGREED;
    }
    if (isPinned) {
      return Fate.OVERRULED;
    }
    return isSameImage(this.path, marker, was, this.committed) ? Fate.KEPT : Fate.RESET;
  }

  private requireOneVersion(fields: readonly SettledField[]): void {
    const isDigest = ({ marker }: SettledField) => marker.field === SetterField.DIGEST;
    const versions = fields.filter(({ marker }) => marker.field !== SetterField.NAME);
    const lost = versions.filter(({ fate }) => fate === Fate.RESET || fate === Fate.UNKNOWN);
    for (const field of lost) {
      const kept = versions.find(
        (other) => other.fate === Fate.KEPT && isDigest(other) !== isDigest(field),
      );
      if (kept) {
        throw new Error(
          `'${this.path}' cannot keep '${kept.was!.value}' at ${kept.marker.pointer}, which Flux committed, ` +
            `beside '${field.ours}' at ${field.marker.pointer}, for which it committed nothing: they may be of two versions; ` +
            'give the program tag and digest of the version that is committed, or insist on its own with pinned()',
        );
      }
    }
  }

  private tell({ marker, fate, was, ours }: SettledField, manifest: any): void {
    const where = `${this.path} ${marker.pointer}`;
    const then = was ? was.value : this.bareValue(marker, manifest);
    if (fate === Fate.KEPT) {
      this.report.keep(where, was!.value!, ours);
      const tag = tagIn(marker, was!.value!);
      if (tag !== undefined && marker.neverChooses?.(tag)) {
        this.report.doubt(where, tag, `${marker.policyNamespace}:${marker.policyName}`);
      }
    } else if (fate === Fate.OVERRULED && (was || then !== undefined)) {
      this.report.overrule(where, then, ours);
    } else if (fate !== Fate.AGREED && this.isOurs && then !== undefined) {
      this.report.lose(where, then, ours);
    }
  }

  /** Another image in our place that no marker is at, as when a formatter took the comments. */
  private bareValue(marker: SetterMarker, manifest: any): string | undefined {
    const then = this.valueThen(manifest, marker.pointer);
    const text = typeof then === 'number' ? String(then) : then;
    const isOther =
      text !== marker.expected &&
      isOfImage(setterName(marker), text) &&
      !this.index.isMarked(manifest, marker.pointer);
    return isOther ? text : undefined;
  }
}

function whatItHolds({ marker, was, ours, fate }: SettledField): MarkedField {
  return { marker, was, ours: fate === Fate.KEPT ? was!.value : ours };
}

function withKept(
  { manifest, markers }: RepoDocument,
  fields: readonly SettledField[],
): RepoDocument {
  const kept = new Map(
    fields
      .filter(({ fate }) => fate === Fate.KEPT)
      .map(({ marker, was }) => [marker.pointer, was!.value!]),
  );
  if (kept.size === 0) {
    return { manifest, markers };
  }
  const copy = structuredClone(manifest);
  for (const [pointer, value] of kept) {
    const path = keysOf(pointer);
    const last = path.pop()!;
    path.reduce((at, part) => at[part], copy)[last] = value;
  }
  return {
    manifest: copy,
    markers: markers.map((marker) => ({
      ...marker,
      expected: kept.get(marker.pointer) ?? marker.expected,
    })),
  };
}
