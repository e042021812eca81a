import { execFileSync, spawnSync } from 'child_process';
import { join } from 'path';

/** A marked field that the setters wrote. */
export interface ChangedField {
  /** Index of the document in its file. */
  readonly document: number;
  readonly pointer: string;
  readonly old: string;
  readonly new: string;
}

/** A file that the setters wrote. */
export interface ChangedFile {
  /** Path from the example: the repository's directory first. */
  readonly path: string;
  readonly fields: ChangedField[];
  /** The first line that differs in more than a marked value, before and after. */
  readonly reformatted?: string[];
}

const CONFORMANCE = join(__dirname, '..', '..', 'conformance');

/** Where everything of these checks goes. */
export const WORK = join(CONFORMANCE, '.work', 'setters');
const BINARY = join(WORK, 'setters');

export function compileSetters(): void {
  execFileSync('go', ['build', '-o', BINARY, '.'], {
    cwd: join(CONFORMANCE, 'setters'),
    stdio: 'inherit',
  });
}

/** Runs the setters in every example below `examples`; throws what they refuse. */
export function runSetters(examples: string, seed: number): Map<string, ChangedFile[]> {
  const run = spawnSync(BINARY, [examples, String(seed)], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) {
    throw new Error(`the setters refuse what is in ${examples}:\n${run.stderr}`);
  }
  const reports: { example: string; files: ChangedFile[] }[] = JSON.parse(run.stdout);
  return new Map(reports.map(({ example, files }) => [example, files]));
}
