import * as path from 'path';
import { FilePlan, planFiles } from '../repo/plan-files';
import { writeFiles } from '../repo/write-files';
import { Repository, requireWrite } from '../vocabulary/repository';
import { RepositoryPlan, WriteOptions } from '../vocabulary/repository-plan';
import { Content, contentOf, Rendered } from './render-program';

/**
 * A program as it was when it was judged, and passed: all its repositories, to be compared with clones and written into them without
 * another judgement. What the program changes afterwards is not part of it.
 *
 * `Fleet.judge` makes one.
 */
export class JudgedFleet {
  /** @internal */
  public static _of(rendered: Rendered): JudgedFleet {
    return new JudgedFleet(rendered.repositories);
  }

  /** All repositories of the program. */
  public readonly repositories: Repository[];

  private constructor(private readonly contents: ReadonlyMap<Repository, Content>) {
    this.repositories = [...contents.keys()];
  }

  /**
   * What `repository.plan` says, of the program as it was judged.
   *
   * Throws the errors of writing: foreign files in our places, links out of the root; and when the repository is not part of the program.
   *
   * @param root a clone of the repository, or an empty or missing directory
   */
  public plan(repository: Repository, root: string, options: WriteOptions = {}): RepositoryPlan {
    return this.planned(repository, root, options).plan;
  }

  /**
   * What `repository.write` does, of the program as it was judged.
   *
   * Throws, before anything is written, whatever `plan` throws.
   *
   * @param root a clone of the repository, or an empty or missing directory
   * @returns what it did
   */
  public write(repository: Repository, root: string, options: WriteOptions = {}): RepositoryPlan {
    return writeFiles(this.planned(repository, root, options));
  }

  /**
   * Writes every repository to `<outdir>/<repository id>`, once each was found to be writable, and says what it did as it goes.
   *
   * @internal
   */
  public *_writeAll(outdir: string): Generator<RepositoryPlan> {
    const plans = this.repositories.map((repository) =>
      this.planned(repository, path.join(outdir, repository.node.id), {}),
    );
    for (const plan of plans) {
      yield writeFiles(plan);
    }
  }

  private planned(repository: Repository, root: string, options: WriteOptions): FilePlan {
    const which = 'those that the program had when it was judged';
    const content = contentOf(this.contents, repository, which);
    requireWrite(root, options);
    const { files, ...remarks } = content;
    return planFiles(repository.node.id, files, root, options, remarks);
  }
}
