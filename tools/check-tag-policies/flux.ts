import { execFileSync } from 'child_process';
import { join } from 'path';

/** What decides on a tag, as an ImagePolicy has it. */
export interface PolicySpec {
  readonly policy: object;
  readonly filterTags?: { readonly pattern?: string; readonly extract?: string };
}

/** What Flux makes of tags: exactly one of these. */
export interface Answer {
  readonly winner?: string;
  /** It takes one of several, in an order of chance. */
  readonly chance?: string[];
  /** No tag fits. */
  readonly none?: true;
  /** It gives up on the policy, or on all of the tags. */
  readonly error?: string;
}

const CONFORMANCE = join(__dirname, '..', '..', 'conformance');
const BINARY = join(CONFORMANCE, '.work', 'tag-policies');

export function compileFlux(): void {
  execFileSync('go', ['build', '-o', BINARY, '.'], {
    cwd: join(CONFORMANCE, 'tag-policies'),
    stdio: 'inherit',
  });
}

/** Asks the policies of image-reflector-controller. */
export function askFlux(questions: { spec: PolicySpec; tags: readonly string[] }[]): Answer[] {
  const answers = execFileSync(BINARY, {
    input: questions.map((one) => `${JSON.stringify(one)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const lines = answers.split('\n').slice(0, -1);
  if (lines.length !== questions.length) {
    throw new Error(`asked ${questions.length} questions, and got ${lines.length} answers`);
  }
  return lines.map((line) => JSON.parse(line));
}
