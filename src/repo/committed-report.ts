import { setterName } from '../vocabulary/setter-marker';
import { isOfImage, MarkedField, shown, valuesByPlace } from './committed-field';
import { CommittedObject } from './committed-objects';

/** What becomes of committed values, in words. */
export class CommittedReport {
  /** What stays as Flux committed it. */
  public readonly kept: string[] = [];
  /** What the program changes although Flux committed it, for it is pinned. */
  public readonly overruled: string[] = [];
  /** What Flux committed and the program changes nevertheless. */
  public readonly reset: string[] = [];
  /** What stays and hardly should. */
  public readonly warnings: string[] = [];

  public keep(where: string, committed: string, ours: unknown): void {
    this.kept.push(`${where}: ${committed}, not ${ours}`);
  }

  public doubt(where: string, tag: string, setter: string): void {
    this.warnings.push(
      `[${where}] keeps tag '${tag}', which policy '${setter}' could not choose any more: it stays until the registry has ` +
        'one that fits; to start from the tag of the program, mark the field with pinned()',
    );
  }

  public overrule(where: string, committed: unknown, ours: unknown): void {
    this.overruled.push(`${where}: ${shown(committed)} becomes ${ours}, which is pinned`);
  }

  public lose(where: string, committed: unknown, ours: unknown): void {
    const becomes =
      ours === undefined || (typeof ours === 'object' && ours !== null)
        ? 'is gone'
        : `becomes ${shown(ours)}`;
    this.reset.push(`${where}: ${shown(committed)} ${becomes}`);
  }

  /**
   * Reports the committed values of an object that goes.
   *
   * @param starts where an object begins with what the program says, in words, by setter
   */
  public loseObject(
    path: string,
    { manifest, fields }: CommittedObject,
    starts: ReadonlyMap<string, ReadonlySet<string>>,
  ): void {
    for (const { setter, pointer, value } of fields) {
      if (isOfImage(setter, value)) {
        const others = [...(starts.get(setter) ?? [])].sort();
        const told = others.length > 0 ? `; ${others.join(', ')}` : '';
        this.reset.push(`${path} ${pointer}: ${value} is gone with ${inWords(manifest)}${told}`);
      }
    }
  }

  /** Reports the committed values of an object that none of our fields took. */
  public loseRest(
    path: string,
    manifest: any,
    committed: CommittedObject,
    ours: readonly MarkedField[] = [],
  ): void {
    const taken = new Set(ours.map(({ was }) => was));
    const held = new Set(ours.map((field) => `${setterName(field.marker)} ${field.ours}`));
    const valueOf = valuesByPlace(manifest);
    for (const field of committed.fields) {
      const { setter, pointer, value } = field;
      const isCarried = taken.has(field) || held.has(`${setter} ${value}`);
      const now = isCarried ? value : valueOf(committed.manifest, pointer);
      if (now !== value && isOfImage(setter, value)) {
        this.lose(`${path} ${pointer}`, value, now);
      }
    }
  }
}

/** An object in words. */
export function inWords({ kind, metadata }: any): string {
  return metadata?.name ? `${kind} '${metadata.name}'` : 'the kustomization file';
}
