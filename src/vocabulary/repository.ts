import { Chart, ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import { TEXT, listOf, optional, requireForm, requireProps } from './form';
import { quoted } from './quoted';
import { RepositoryPlan, WriteOptions } from './repository-plan';

const REPOSITORY = Symbol.for('cdk8s-flux-tenants.repository');
const DIRECTORY = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Where Git hosts look for what they run. Flux leaves these out of whatever it fetches. */
const CI_FILE = /^(?:\.gitlab-ci\.yml|\.github(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)+)$/;

/** What turns constructs into files; the root of the construct tree is one. */
interface RepositoryWriter {
  /** Judges the program as it is at this moment. */
  judge(): {
    plan(repository: Repository, root: string, options: WriteOptions): RepositoryPlan;
    write(repository: Repository, root: string, options: WriteOptions): RepositoryPlan;
  };
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

  private readonly ciFiles = new Map<string, string>();

  protected constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, props);
    if (!DIRECTORY.test(id)) {
      throw new Error(
        `repository id must be a directory name of letters, digits, '.', '_' and '-', got '${id}'`,
      );
    }
    if (typeof (this.node.root as any).judge !== 'function') {
      throw new Error(`repository '${id}' must be created inside a Fleet, not a plain App`);
    }
    Object.defineProperty(this, REPOSITORY, { value: true });
  }

  /**
   * Compares the repository with the directory `root`, and writes nothing. It judges the whole program; for several repositories, see
   * `Fleet.judge`.
   *
   * Throws the errors of the whole program, and those of writing: foreign files in our places, links out of the root.
   *
   * @param root a clone of the repository, or an empty or missing directory
   */
  public plan(root: string, options: WriteOptions = {}): RepositoryPlan {
    requireWrite(root, options);
    return this.writer.judge().plan(this, root, options);
  }

  /**
   * Writes the repository into the directory `root`: files that differ are replaced, files of ours that
   * the program no longer asks for are removed, and everything else is left alone. It judges the whole program; for several repositories, see
   * `Fleet.judge`.
   *
   * Throws, before anything is written, whatever `plan` throws.
   *
   * @param root a clone of the repository, or an empty or missing directory
   * @returns what it did
   */
  public write(root: string, options: WriteOptions = {}): RepositoryPlan {
    requireWrite(root, options);
    return this.writer.judge().write(this, root, options);
  }

  /**
   * Keeps a file of CI in the repository, such as the workflow that `PublishWorkflow.github` writes. It is the library's from then on,
   * as everything else that the program writes: changes by hand are undone.
   *
   * Throws when there is one already, and elsewhere than where Flux looks for nothing.
   *
   * @param file below `.github/`, or `.gitlab-ci.yml`
   * @param text all of it, as it is to stand there
   */
  public addCiFile(file: string, text: string): void {
    requireForm('path of a file of CI', file, TEXT);
    requireForm('text of a file of CI', text, TEXT);
    if (!CI_FILE.test(file)) {
      throw new Error(
        `file of CI must be below '.github/', or be '.gitlab-ci.yml', got ${quoted(file)}`,
      );
    }
    if (this.ciFiles.has(file)) {
      throw new Error(`repository '${this.node.id}' has a file of CI '${file}' already`);
    }
    this.ciFiles.set(file, text);
  }

  /** The files of CI, by their paths. @internal */
  public get _ciFiles(): ReadonlyMap<string, string> {
    return this.ciFiles;
  }

  private get writer(): RepositoryWriter {
    return this.node.root as any;
  }
}

/** Throws when where, or how, a repository is to be written is of another form. */
export function requireWrite(root: string, options: WriteOptions = {}): void {
  requireForm('directory of the clone', root, TEXT);
  if (root === '') {
    throw new Error("directory of the clone must not be empty; say '.' for the current one");
  }
  requireProps('options of a write', options, { adopt: optional(listOf(TEXT)) });
}
