import { parseArgs } from 'util';
import { Profile } from '../checks/check';
import { AuditedDirectory } from './audit';

const FORMATS = ['text', 'json', 'sarif', 'junit'] as const;

const FAIL_ON = ['error', 'warning', 'unread'] as const;

export type FailOn = (typeof FAIL_ON)[number];

export type Format = (typeof FORMATS)[number];

const LIST_FORMATS = ['text', 'json'] as const;

export type ListFormat = (typeof LIST_FORMATS)[number];

export const USAGE = `usage: cdk8s-flux-tenants <command>

commands
  audit DIR            judge a repository that Flux reads
  explain CHECK        print what a check wants, and why
  checks               list all checks

options of checks
  --format FORMAT      text (default) or json

options of audit
  --profile PROFILE    recommended (default) or strict: every check
  --format FORMAT      text (default), json, sarif or junit
  --output FILE        write the report there instead of to the standard output
  --fail-on WHAT       what an exit code of 1 stands for: error (default), warning for errors and warnings, or unread for
                       errors and what makes the verdict unknown; may be given again
  --repository URL=DIR another repository, Git or oci://, that the first one fetches from, in a
                       directory; may be given again
  --evidence FILE      write the evidence of isolation, to FILE.html or FILE.json by its name; may be given again

exit codes
  0  nothing was found that --fail-on asks for
  1  something was
  2  nothing was judged: wrong options, or what cannot be read or written
`;

/** What a command line asks for. */
export type Command =
  | { readonly name: 'help' | 'version' }
  | { readonly name: 'checks'; readonly format: ListFormat }
  | { readonly name: 'explain'; readonly check: string }
  | AuditCommand;

export interface AuditCommand {
  readonly name: 'audit';
  readonly directories: readonly AuditedDirectory[];
  readonly profile: Profile;
  readonly format: Format;
  /** @default - the standard output */
  readonly output?: string;
  /** What fails besides errors, which always do. */
  readonly failOn: readonly FailOn[];
  readonly evidence: readonly string[];
}

const OPTIONS = {
  profile: { type: 'string' },
  format: { type: 'string' },
  output: { type: 'string' },
  'fail-on': { type: 'string', multiple: true },
  repository: { type: 'string', multiple: true },
  evidence: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** What each command takes besides `--help` and `--version`. */
const TAKES: Readonly<Record<string, { readonly argument?: string; readonly options: string[] }>> =
  {
    audit: {
      argument: 'DIR',
      options: ['profile', 'format', 'output', 'fail-on', 'repository', 'evidence'],
    },
    checks: { options: ['format'] },
    explain: { argument: 'CHECK', options: [] },
  };

/** Reads a command line. Throws, with what is allowed, on one that asks for nothing known. */
export function readCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: OPTIONS,
  });
  const [name, argument = '', ...more] = positionals;
  if (values.version) {
    return { name: 'version' };
  }
  if (values.help || name === undefined || name === 'help') {
    return { name: 'help' };
  }
  if (!Object.hasOwn(TAKES, name)) {
    throw new Error(`command must be audit, explain or checks, got '${name}'`);
  }
  const takes = TAKES[name];
  const extra = takes.argument === undefined ? positionals.slice(1) : more;
  if (extra.length > 0) {
    throw new Error(`too many arguments: ${extra.join(' ')}`);
  }
  if (takes.argument !== undefined && argument === '') {
    throw new Error(`${name} needs ${takes.argument}`);
  }
  const foreign = Object.keys(values).find((option) => !takes.options.includes(option));
  if (foreign !== undefined) {
    throw new Error(`${name} takes no --${foreign}`);
  }
  switch (name) {
    case 'checks':
      return { name, format: oneOf('--format', values.format ?? 'text', LIST_FORMATS) };
    case 'explain':
      return { name, check: argument };
    default:
      return {
        name: 'audit',
        directories: [{ directory: argument }, ...(values.repository ?? []).map(otherRepository)],
        profile: oneOf('--profile', values.profile ?? 'recommended', [
          'recommended',
          'strict',
        ] as const),
        format: oneOf('--format', values.format ?? 'text', FORMATS),
        ...written(values.output, values.evidence ?? []),
        failOn: (values['fail-on'] ?? []).map((value) => oneOf('--fail-on', value, FAIL_ON)),
      };
  }
}

/** The files that an audit writes, no two of which may be the same. */
function written(
  output: string | undefined,
  evidence: readonly string[],
): Pick<AuditCommand, 'evidence' | 'output'> {
  const files = [...(output === undefined ? [] : [output]), ...evidence.map(evidenceFile)];
  if (files.includes('')) {
    throw new Error('--output must name a file');
  }
  const twice = files.find((file, i) => files.indexOf(file) < i);
  if (twice !== undefined) {
    throw new Error(`two reports cannot be written to the same file '${twice}'`);
  }
  return { output, evidence };
}

function otherRepository(value: string): AuditedDirectory {
  const split = value.lastIndexOf('=');
  if (split < 1 || split === value.length - 1) {
    throw new Error(`--repository must be URL=DIR, got '${value}'`);
  }
  return { url: value.slice(0, split), directory: value.slice(split + 1) };
}

function evidenceFile(value: string): string {
  if (!/\.(?:html|json)$/.test(value)) {
    throw new Error(`--evidence must name a file that ends in .html or .json, got '${value}'`);
  }
  return value;
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) {
    throw new Error(`${option} must be ${allowed.join(' or ')}, got '${value}'`);
  }
  return found;
}
