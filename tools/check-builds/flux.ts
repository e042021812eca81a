import { execFileSync, spawnSync } from 'child_process';
import { join } from 'path';
import { Tree } from './trees';

/** What Flux makes of a directory, or why it makes nothing. */
export interface Answer {
  readonly objects: readonly any[] | null;
  readonly error?: string;
}

const MODULE = join(__dirname, '..', '..', 'conformance');
const BINARY = join(MODULE, '.work', 'builds');

export function compileFlux(): void {
  execFileSync('go', ['build', '-o', BINARY, './cmd/builds'], { cwd: MODULE, stdio: 'inherit' });
}

/** The answers to all builds of each tree. */
export function askFlux(trees: readonly Tree[]): Answer[][] {
  const run = spawnSync(BINARY, [], {
    input: trees.map((tree) => `${JSON.stringify(tree)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (run.status !== 0) {
    throw new Error(`builds failed:\n${run.stderr}`);
  }
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
