import { execFileSync, spawnSync } from 'child_process';
import { join } from 'path';
import { MODULE, WORK } from './work';

const BINARY = join(WORK, 'kyverno');

export function compileKyverno(): void {
  const command = 'github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno';
  execFileSync('go', ['build', '-o', BINARY, command], {
    cwd: join(MODULE, 'kyverno'),
    stdio: 'inherit',
  });
}

/** How many tests below `directory` end as they say. Throws those that do not, and those that no policy looked at. */
export function runTests(directory: string): number {
  const { stdout, stderr } = spawnSync(BINARY, ['test', directory, '--remove-color'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const summary = /Test Summary: (\d+) tests? passed and 0 tests? failed/.exec(stdout);
  const wrong = stdout.split('\n').filter((line) => /│ (?:Fail|Pass +│ Excluded) /.test(line));
  if (!summary || wrong.length > 0) {
    throw new Error(`kyverno refuses ${wrong.length} tests:\n${wrong.join('\n')}\n${stderr}`);
  }
  return Number(summary[1]);
}
