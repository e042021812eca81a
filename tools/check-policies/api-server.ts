import { execFileSync } from 'child_process';
import { join } from 'path';
import { AdmissionRequest } from './requests';
import { MODULE, WORK } from './work';

const BINARY = join(WORK, 'admission');

export function compileAdmission(): void {
  execFileSync('go', ['build', '-o', BINARY, './cmd/admission'], { cwd: MODULE, stdio: 'inherit' });
}

/** For each request, the names of the policies that the API server would refuse it by. */
export function refusals(policies: string, requests: readonly AdmissionRequest[]): string[][] {
  const answer = execFileSync(BINARY, [policies], {
    input: JSON.stringify(requests),
    maxBuffer: 1 << 28,
  });
  return JSON.parse(answer.toString()).map((refused: { policy: string }[]) => [
    ...new Set(refused.map(({ policy }) => policy)),
  ]);
}
