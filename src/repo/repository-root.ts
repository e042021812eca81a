import * as fs from 'fs';
import * as path from 'path';
import { isStaged, STAGED_FILE } from './owned-files';

/**
 * A directory that files are read from and written to, by paths relative to it. No call reaches outside it: links
 * are refused wherever they stand between the root and the file.
 */
export class RepositoryRoot {
  private readonly root: string;
  private readonly realDirectories = new Set<string>();

  constructor(root: string) {
    const absolute = path.resolve(root);
    const stat = fs.statSync(absolute, { throwIfNoEntry: false });
    if (!stat && fs.lstatSync(absolute, { throwIfNoEntry: false })) {
      throw new Error(`repository root must be a directory, got '${root}', a link to nothing`);
    }
    if (stat && !stat.isDirectory()) {
      throw new Error(`repository root must be a directory, got the file '${root}'`);
    }
    this.root = stat ? fs.realpathSync(absolute) : absolute;
  }

  /** The bytes of a file; `undefined` when there is none. Throws on anything that is not a plain file. */
  public read(file: string): Buffer | undefined {
    return this.isFile(file) ? fs.readFileSync(this.absolute(file)) : undefined;
  }

  /** Whether there is a file. Throws on a link, a directory and whatever else is no plain file. */
  public isFile(file: string): boolean {
    if (!this.isReachable(path.posix.dirname(file))) {
      return false;
    }
    const stat = fs.lstatSync(this.absolute(file), { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) {
      throw new Error(`'${file}' is a symbolic link; replace it with a plain file or remove it`);
    }
    if (stat && !stat.isFile()) {
      throw new Error(`'${file}' is not a plain file; move it out of the way`);
    }
    return stat !== undefined;
  }

  /**
   * Gives a file its new text at one stroke: whoever reads it, and whenever the process dies, finds the old
   * text or the new one. The text is staged in the root, so that at most one known file is ever left behind.
   */
  public replace(file: string, text: string): void {
    const staged = this.absolute(STAGED_FILE);
    try {
      this.makeDirectories(path.posix.dirname(file));
      // 'wx' does not follow a link that someone put there after `prepare`.
      const handle = fs.openSync(staged, 'wx');
      try {
        fs.writeFileSync(handle, text);
      } finally {
        fs.closeSync(handle);
      }
      fs.renameSync(staged, this.absolute(file));
    } catch (error) {
      fs.rmSync(staged, { force: true });
      throw new Error(`cannot write '${file}': ${(error as Error).message}`, { cause: error });
    }
  }

  /** Removes a file, and the directories above it that are empty then: also after a run that got no further. */
  public remove(file: string): void {
    fs.rmSync(this.absolute(file), { force: true });
    for (let at = path.posix.dirname(file); at !== '.'; at = path.posix.dirname(at)) {
      const directory = this.absolute(at);
      if (fs.existsSync(directory)) {
        if (fs.readdirSync(directory).length > 0) {
          return;
        }
        fs.rmdirSync(directory);
        this.realDirectories.delete(at);
      }
    }
  }

  /** Makes the root where it is missing, and removes what an interrupted write may have left. */
  public prepare(): void {
    fs.mkdirSync(this.root, { recursive: true });
    // What was a directory when the plan was made may be a link by now.
    this.realDirectories.clear();
    for (const name of fs.readdirSync(this.root).filter(isStaged)) {
      fs.rmSync(this.absolute(name), { force: true });
    }
  }

  private absolute(file: string): string {
    return path.join(this.root, file);
  }

  /** Whether the directory exists and every step to it is a directory rather than a link. */
  private isReachable(directory: string): boolean {
    if (directory === '.' || this.realDirectories.has(directory)) {
      return true;
    }
    if (!this.isReachable(path.posix.dirname(directory))) {
      return false;
    }
    const stat = fs.lstatSync(this.absolute(directory), { throwIfNoEntry: false });
    if (!stat) {
      return false;
    }
    if (!stat.isDirectory()) {
      const found = stat.isSymbolicLink() ? 'a symbolic link' : 'not a directory';
      throw new Error(
        `'${directory}' is ${found}; files of the repository must lie in plain directories`,
      );
    }
    this.realDirectories.add(directory);
    return true;
  }

  private makeDirectories(directory: string): void {
    if (!this.isReachable(directory)) {
      fs.mkdirSync(this.absolute(directory), { recursive: true });
    }
  }
}
