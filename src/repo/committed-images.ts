import { isDeepStrictEqual } from 'util';
import { setterName } from '../vocabulary/setter-marker';
import { CommittedFiles, keyOf } from './committed-files';
import { CommittedObject, mayBeMarked } from './committed-objects';
import { CommittedReport, inWords } from './committed-report';
import { CommittedSettlement } from './committed-settlement';
import { RepoDocument, RepoFile } from './repo-file';
import { documents, yamlDocument } from './yaml-text';

/** An object of the program, and the file that it is written to. */
interface ProgramObject {
  readonly path: string;
  readonly manifest: any;
}

/**
 * What Flux committed to marked fields. A value of the same field of the same object, with the same marker and for the
 * same image, stands against the program's; anything else does not, and is reported.
 *
 * Files are handed over one by one, each read once, before the first is settled: an object may have been in any of them.
 */
export class CommittedImages {
  public readonly report = new CommittedReport();
  /** Files with markers that differ from what is there: `textOf` decides on their texts. */
  public readonly pending: RepoFile[] = [];
  private readonly there = new CommittedFiles();
  /** Objects of the program whose former selves were found, and those. */
  private readonly settled = new Set<string>();
  private readonly claimed = new Set<CommittedObject>();
  /** Where objects that had no former selves begin, in words, by setter. */
  private readonly starts = new Map<string, Set<string>>();
  private isPaired = false;
  private objects?: ReadonlyMap<string, ProgramObject>;

  /** @param files everything that the program writes */
  constructor(private readonly files: readonly RepoFile[]) {}

  /**
   * Takes note of what is in the place of `file`, from which it differs.
   *
   * Throws when it cannot be read, or nothing is left of it.
   */
  public add(file: RepoFile, bytes: Buffer | undefined, isOurs: boolean): void {
    const isMarked = file.documents?.some(({ markers }) => markers.length > 0) ?? false;
    if (bytes && (isMarked || (isOurs && mayBeMarked(bytes)))) {
      const { objects } = this.there.add(file.path, bytes.toString(), isOurs);
      if (isMarked && isOurs && !objects.some(({ manifest }) => manifest.kind)) {
        throw new Error(
          `cannot tell which tags were committed to '${file.path}', which holds no object; ` +
            'take it from Git again, or remove it to start from the tags of the program',
        );
      }
    }
    if (isMarked) {
      this.pending.push(file);
    }
  }

  /** Takes note of a file of ours that goes. Throws when it cannot be read. */
  public addGoing(path: string, bytes: Buffer): void {
    if (mayBeMarked(bytes)) {
      this.there.add(path, bytes.toString(), true);
    }
  }

  /** What is there in the place of a pending file. */
  public textThere({ path }: RepoFile): string | undefined {
    return this.there.at(path)?.text;
  }

  /**
   * The text of a pending file with what Flux committed, once all files were added.
   *
   * Throws when it holds no image where Flux writes one, or what would stay is of two versions.
   */
  public textOf(file: RepoFile): string {
    this.pair();
    const there = this.there.at(file.path);
    const ours = file.documents!;
    const settled = ours.map((document) => this.settle(file.path, document));
    if (there && saysTheSame(there.objects, settled)) {
      return there.text;
    }
    return settled.some((document, i) => document.manifest !== ours[i].manifest)
      ? documents(settled.map(({ manifest, markers }) => yamlDocument(manifest, markers)))
      : file.text;
  }

  /** Reports what was committed to objects in which the program marks nothing any more, or that it has no more. */
  public reportRest(): void {
    const rest = this.there.marked.filter(({ object }) => !this.claimed.has(object));
    for (const { path, object } of rest) {
      const key = keyOf(path, object.manifest);
      const found = this.program().get(key);
      if (!found) {
        this.report.loseObject(path, object, this.starts);
      } else if (!this.settled.has(key)) {
        this.report.loseRest(found.path, found.manifest, object);
      }
    }
  }

  private pair(): void {
    if (!this.isPaired && this.there.marked.length > 0) {
      this.there.pair(this.pending, new Set(this.program().keys()));
    }
    this.isPaired = true;
  }

  /** All objects of the program, by what tells them apart. */
  private program(): ReadonlyMap<string, ProgramObject> {
    this.objects ??= new Map(
      this.files.flatMap(({ path, documents: all = [] }) =>
        all.map(({ manifest }) => [keyOf(path, manifest), { path, manifest }] as const),
      ),
    );
    return this.objects;
  }

  private noteStart({ manifest, markers }: RepoDocument): void {
    for (const marker of markers) {
      const setter = setterName(marker);
      const start = `${inWords(manifest)} starts at ${marker.expected}`;
      this.starts.set(setter, (this.starts.get(setter) ?? new Set()).add(start));
    }
  }

  private settle(path: string, document: RepoDocument): RepoDocument {
    const committed =
      document.markers.length > 0 ? this.there.find(path, document.manifest) : undefined;
    if (!committed) {
      this.noteStart(document);
      return document;
    }
    this.settled.add(keyOf(path, document.manifest));
    this.claimed.add(committed);
    const isOurs = this.there.isOurs(committed);
    return new CommittedSettlement(path, committed, isOurs, this.report).settle(document);
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
