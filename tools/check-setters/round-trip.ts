import { deepStrictEqual } from 'assert';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Fleet, Repository, RepositoryPlan } from '../../src';
import { ChangedFile } from './setters';

/** A marked field: the value of the program, and the one that is there. */
interface Field {
  readonly path: string;
  readonly document: number;
  readonly pointer: string;
  readonly ours: string;
  readonly now: string;
}

/** What Flux committed to the repositories of a program so far, and what has come of it. */
export class RoundTrip {
  private fields = new Map<string, Field>();

  constructor(
    private readonly name: string,
    private app: Fleet,
  ) {}

  /**
   * Writes the program again over what the setters left, which must change nothing.
   *
   * @returns how often they reformatted: the first line of each file, before and after
   */
  public check(files: ChangedFile[]): string[][] {
    for (const { path, fields } of files) {
      for (const { document, pointer, old, new: now } of fields) {
        const ours = this.fields.get(keyOf({ path, document, pointer }))?.ours ?? old;
        this.set({ path, document, pointer, ours, now });
      }
    }
    repositoriesOf(this.app).forEach((repository) => this.writeAgain(repository));
    return files
      .filter((file) => file.reformatted)
      .map((file) => [`${this.name}/${file.path}`, ...file.reformatted!]);
  }

  /**
   * Writes the program with its files in other places: what Flux committed must move with them.
   *
   * @returns how many fields moved
   */
  public move(app: Fleet, rename: (path: string) => string): number {
    const before = [...this.fields.values()];
    this.app = app;
    this.fields = new Map();
    before.forEach((field) => this.set({ ...field, path: rename(field.path) }));
    for (const repository of repositoriesOf(app)) {
      const { id } = repository.node;
      const plan = repository.write(join(app.outdir, id));
      const moved = before.filter(({ path }) => path.startsWith(`${id}/`) && rename(path) !== path);
      this.same([plan.kept, plan.overruled], [this.kept(id), []], 'tags move with their files');
      for (const { path } of moved) {
        this.same(plan.removed.includes(within(id, path)), true, `${path} goes`);
        this.same(plan.created.includes(within(id, rename(path))), true, `${path} moves`);
      }
      this.writeAgain(repository);
    }
    return before.filter(({ path, ours, now }) => rename(path) !== path && ours !== now).length;
  }

  /**
   * Writes the program as `pinned`, which takes back what Flux committed, and then without the pins.
   *
   * @returns how many fields were taken back
   */
  public overrule(pinned: Fleet): number {
    for (const repository of repositoriesOf(pinned)) {
      const { id } = repository.node;
      const plan = repository.write(join(pinned.outdir, id));
      this.same([plan.kept, plan.overruled], [[], this.overruled(id)], 'pinned tags win');
    }
    const overruled = [...this.fields.values()].filter(({ ours, now }) => ours !== now);
    overruled.forEach((field) => this.set({ ...field, now: field.ours }));
    repositoriesOf(this.app).forEach((repository) => this.writeAgain(repository));
    return overruled.length;
  }

  private writeAgain(repository: Repository): void {
    const root = join(this.app.outdir, repository.node.id);
    const left = textsBelow(root);
    const plan = repository.plan(root);
    this.same(
      [plan.created, plan.updated, plan.removed, plan.overruled],
      [[], [], [], []],
      'nothing is left to write',
    );
    this.same(plan.isUpToDate, plan.missing.length === 0, 'the plan is up to date');
    this.same(plan.kept, this.kept(repository.node.id), 'every committed tag is kept');

    repository.write(root);
    this.same([...textsBelow(root)], [...left], 'every file keeps its bytes');
  }

  private set(field: Field): void {
    this.fields.set(keyOf(field), field);
  }

  /** What a plan says that it keeps. */
  private kept(repository: string): RepositoryPlan['kept'] {
    return this.told(repository, ({ ours, now }) => `${now}, not ${ours}`);
  }

  private overruled(repository: string): RepositoryPlan['overruled'] {
    return this.told(repository, ({ ours, now }) => `${now} becomes ${ours}, which is pinned`);
  }

  private told(repository: string, tell: (field: Field) => string): string[] {
    return [...this.fields.values()]
      .filter(({ path, ours, now }) => path.startsWith(`${repository}/`) && ours !== now)
      .map((field) => `${within(repository, field.path)} ${field.pointer}: ${tell(field)}`)
      .sort();
  }

  private same(actual: unknown, expected: unknown, fact: string): void {
    try {
      deepStrictEqual(actual, expected);
    } catch (error) {
      throw new Error(`${this.name}: ${fact}: ${(error as Error).message}`, { cause: error });
    }
  }
}

function keyOf({ path, document, pointer }: Pick<Field, 'path' | 'document' | 'pointer'>): string {
  return `${path} ${document} ${pointer}`;
}

function within(repository: string, path: string): string {
  return path.slice(repository.length + 1);
}

export function repositoriesOf(app: Fleet): Repository[] {
  return app.node.findAll().filter((construct) => Repository.isRepository(construct)) as any;
}

function textsBelow(root: string): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return new Map(
    files.sort().map((file) => [file.slice(root.length + 1), readFileSync(file, 'utf8')]),
  );
}
