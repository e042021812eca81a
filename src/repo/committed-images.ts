import { isDeepStrictEqual } from 'util';
import { identityOf } from '../inventory/identity';
import { setterName } from '../vocabulary/setter-marker';
import { CommittedFiles, isKustomizationFile } from './committed-files';
import { CommittedObject, mayBeMarked } from './committed-objects';
import { CommittedReport } from './committed-report';
import { CommittedSettlement } from './committed-settlement';
import { RepoDocument, RepoFile } from './repo-file';
import { documents, yamlDocument } from './yaml-text';

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
    this.there.pairKustomizations(this.pending);
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

  /** Reports what was committed to objects in which the program marks nothing any more. */
  public reportRest(files: readonly RepoFile[]): void {
    const rest = this.there.marked.filter(({ object }) => !this.claimed.has(object));
    if (rest.length === 0) {
      return;
    }
    const ours = new Map<string, RepoFile & { manifest: any }>();
    for (const file of files) {
      for (const { manifest } of file.documents ?? []) {
        ours.set(keyOf(file.path, manifest), { ...file, manifest });
      }
    }
    for (const { path, object } of rest) {
      const key = keyOf(path, object.manifest);
      const found = ours.get(key);
      if (found && !this.settled.has(key)) {
        this.report.loseRest(found.path, found.manifest, object);
      }
    }
  }

  private settle(path: string, document: RepoDocument): RepoDocument {
    const committed =
      document.markers.length > 0 ? this.there.find(path, document.manifest) : undefined;
    if (!committed) {
      return document;
    }
    this.settled.add(keyOf(path, document.manifest));
    this.claimed.add(committed);
    const isOurs = this.there.isOurs(committed);
    return new CommittedSettlement(path, committed, isOurs, this.report).settle(document);
  }
}

/** What tells an object of a repository from all others. */
function keyOf(path: string, manifest: any): string {
  return isKustomizationFile(manifest) ? path : identityOf(manifest);
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
