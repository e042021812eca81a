import { Chart, ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import { TEXT, listOf, optional, requireForm, requireProps } from './form';
import { RepositoryPlan, WriteOptions } from './repository-plan';

const REPOSITORY = Symbol.for('cdk8s-flux-tenants.repository');
const DIRECTORY = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** What turns constructs into files; the root of the construct tree is one. */
interface RepositoryWriter {
  /** Compares the repository with what is below `root`, and writes nothing. */
  _planRepository(repository: Repository, root: string, options?: WriteOptions): RepositoryPlan;
  /** Makes what is below `root` the repository. */
  _writeRepository(repository: Repository, root: string, options?: WriteOptions): RepositoryPlan;
}

/**
 * A Git repository: everything created below it is written into it. `Fleet.synth` writes it to
 * a directory named by its id; `write` writes it into a clone.
 */
export abstract class Repository extends Chart {
  /** Whether `x` is a Repository. */
  public static isRepository(x: any): x is Repository {
    return x !== null && typeof x === 'object' && REPOSITORY in x;
  }

  protected constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, props);
    if (!DIRECTORY.test(id)) {
      throw new Error(
        `repository id must be a directory name of letters, digits, '.', '_' and '-', got '${id}'`,
      );
    }
    if (typeof (this.node.root as any)._writeRepository !== 'function') {
      throw new Error(`repository '${id}' must be created inside a Fleet, not a plain App`);
    }
    Object.defineProperty(this, REPOSITORY, { value: true });
  }

  /**
   * Compares the repository with the directory `root`, and writes nothing.
   *
   * Throws the errors of the whole program, and those of writing: foreign files in our places, links out of the root.
   *
   * @param root a clone of the repository, or an empty or missing directory
   */
  public plan(root: string, options: WriteOptions = {}): RepositoryPlan {
    requireWrite(root, options);
    return this.writer._planRepository(this, root, options);
  }

  /**
   * Writes the repository into the directory `root`: files that differ are replaced, files of ours that
   * the program no longer asks for are removed, and everything else is left alone.
   *
   * Throws, before anything is written, whatever `plan` throws.
   *
   * @param root a clone of the repository, or an empty or missing directory
   * @returns what it did
   */
  public write(root: string, options: WriteOptions = {}): RepositoryPlan {
    requireWrite(root, options);
    return this.writer._writeRepository(this, root, options);
  }

  private get writer(): RepositoryWriter {
    return this.node.root as any;
  }
}

function requireWrite(root: string, options: WriteOptions): void {
  requireForm('directory of the clone', root, TEXT);
  requireProps('options of a write', options, { adopt: optional(listOf(TEXT)) });
}
