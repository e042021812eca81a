import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { OWNED_FILES } from '../../src/repo/owned-files';
import { planFiles } from '../../src/repo/plan-files';
import { RepoFile } from '../../src/repo/repo-file';
import { writeFiles } from '../../src/repo/write-files';
import { RepositoryPlan } from '../../src/vocabulary/repository-plan';

/** What is below a directory: the text of each file, and `null` for each directory. */
export interface Tree {
  [path: string]: string | null;
}

/** A directory for one test, removed when the test ends. */
export class RepositoryOnDisk {
  public readonly root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-flux-tenants-'));

  /** Puts files there as somebody else would. */
  public put(files: { readonly [path: string]: string }): void {
    for (const [file, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(this.at(file)), { recursive: true });
      fs.writeFileSync(this.at(file), text);
    }
  }

  public at(file: string): string {
    return path.join(this.root, file);
  }

  public plan(files: { readonly [path: string]: string }, adopt?: string[]): RepositoryPlan {
    return planFiles('fleet-infra', repoFiles(files), this.root, { adopt }).plan;
  }

  public write(files: { readonly [path: string]: string }, adopt?: string[]): RepositoryPlan {
    return writeFiles(planFiles('fleet-infra', repoFiles(files), this.root, { adopt }));
  }

  /** All that is there, the list of owned files included. */
  public tree(below = ''): Tree {
    const tree: Tree = {};
    for (const entry of fs.readdirSync(this.at(below), { withFileTypes: true })) {
      const file = path.posix.join(below, entry.name);
      tree[file] = entry.isFile() ? fs.readFileSync(this.at(file), 'utf8') : null;
      if (entry.isDirectory()) {
        Object.assign(tree, this.tree(file));
      }
    }
    return tree;
  }

  /** The lines of the list of owned files that name files. */
  public owned(): string[] {
    const lines = fs.readFileSync(this.at(OWNED_FILES), 'utf8').split('\n');
    return lines.filter((line) => line !== '' && !line.startsWith('#'));
  }

  /** Gives everything an old time, so that whatever is written afterwards shows; returns what was touched since. */
  public watch(): () => string[] {
    const long = new Date('2020-01-01T00:00:00Z');
    const files = Object.entries(this.tree()).filter(([, text]) => text !== null);
    files.forEach(([file]) => fs.utimesSync(this.at(file), long, long));
    return () =>
      Object.entries(this.tree())
        .filter(([file, text]) => text !== null && fs.statSync(this.at(file)).mtimeMs !== +long)
        .map(([file]) => file)
        .sort();
  }

  public remove(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}

export function repoFiles(files: { readonly [path: string]: string }): RepoFile[] {
  return Object.entries(files).map(([file, text]) => ({ path: file, text }));
}
