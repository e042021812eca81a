import { deepStrictEqual } from 'assert';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Fleet, Repository, RepositoryPlan } from '../../src';
import { ChangedFile } from './setters';

/** What Flux committed to the repositories of a program so far, and what has come of it. */
export class RoundTrip {
  /** Marked fields by place: the value of the program, and the one that is there. */
  private readonly fields = new Map<string, { where: string; ours: string; now: string }>();

  constructor(
    private readonly name: string,
    private readonly app: Fleet,
  ) {}

  /**
   * Writes the program again over what the setters left, which must change nothing.
   *
   * @returns how often they reformatted: the first line of each file, before and after
   */
  public check(files: ChangedFile[]): string[][] {
    const fields = files.flatMap((file) => file.fields.map((field) => ({ ...field, file })));
    for (const { file, document, pointer, ...field } of fields) {
      const key = `${file.path} ${document} ${pointer}`;
      const ours = this.fields.get(key)?.ours ?? field.old;
      this.fields.set(key, { where: `${file.path} ${pointer}`, ours, now: field.new });
    }
    repositoriesOf(this.app).forEach((repository) => this.writeAgain(repository));
    return files
      .filter((file) => file.reformatted)
      .map((file) => [`${this.name}/${file.path}`, ...file.reformatted!]);
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
    this.same(plan.isUpToDate, true, 'the plan is up to date');
    this.same(plan.kept, this.expected(repository.node.id), 'every committed tag is kept');

    repository.write(root);
    this.same([...textsBelow(root)], [...left], 'every file keeps its bytes');
  }

  /** What a plan says that it keeps. */
  private expected(repository: string): RepositoryPlan['kept'] {
    return [...this.fields.values()]
      .filter(({ where, ours, now }) => where.startsWith(`${repository}/`) && ours !== now)
      .map(({ where, ours, now }) => `${where.slice(repository.length + 1)}: ${now}, not ${ours}`)
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
