import { parseArgs } from 'util';
import { Profile, Severity } from '../checks/check';
import { AuditedDirectory } from './audit';

export const FORMATS = ['text', 'json', 'sarif', 'junit'] as const;

export type Format = (typeof FORMATS)[number];

export const USAGE = `usage: cdk8s-flux-tenants <command>

commands
  audit DIR            judge a repository that Flux reads
  explain CHECK        print what a check wants, and why
  checks               list all checks

options of audit
  --profile PROFILE    recommended (default) or strict: every check
  --format FORMAT      text (default), json, sarif or junit
  --output FILE        write the report there instead of to the standard output
  --fail-on SEVERITY   error (default) or warning: what an exit code of 1 stands for
  --repository URL=DIR another repository that the first one fetches from; may be given again
  --evidence FILE      write the evidence of isolation, to FILE.html or FILE.json by its name; may be given again

exit codes
  0  nothing was found that --fail-on asks for
  1  something was
  2  the audit could not be made: wrong options, or a directory that cannot be read
`;

/** What a command line asks for. */
export type Command =
  | { readonly name: 'help' | 'checks' | 'version' }
  | { readonly name: 'explain'; readonly check: string }
  | AuditCommand;

export interface AuditCommand {
  readonly name: 'audit';
  readonly directories: readonly AuditedDirectory[];
  readonly profile: Profile;
  readonly format: Format;
  /** @default - the standard output */
  readonly output?: string;
  readonly failOn: Severity;
  readonly evidence: readonly string[];
}

/** Reads a command line. Throws, with what is allowed, on one that asks for nothing known. */
export function readCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      profile: { type: 'string', default: 'recommended' },
      format: { type: 'string', default: 'text' },
      output: { type: 'string' },
      'fail-on': { type: 'string', default: 'error' },
      repository: { type: 'string', multiple: true, default: [] },
      evidence: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
  const [name, argument, ...more] = positionals;
  if (values.version) {
    return { name: 'version' };
  }
  if (values.help || name === undefined || name === 'help') {
    return { name: 'help' };
  }
  if (more.length > 0) {
    throw new Error(`too many arguments: ${more.join(' ')}`);
  }
  switch (name) {
    case 'checks':
      return { name };
    case 'explain':
      return { name, check: required(argument, 'explain', 'CHECK') };
    case 'audit':
      return {
        name,
        directories: [
          { directory: required(argument, 'audit', 'DIR') },
          ...values.repository.map(otherRepository),
        ],
        profile: oneOf('--profile', values.profile, ['recommended', 'strict'] as const),
        format: oneOf('--format', values.format, FORMATS),
        output: values.output,
        failOn: oneOf('--fail-on', values['fail-on'], ['error', 'warning'] as const),
        evidence: values.evidence.map(evidenceFile),
      };
    default:
      throw new Error(`command must be audit, explain or checks, got '${name}'`);
  }
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

function required(value: string | undefined, command: string, what: string): string {
  if (value === undefined) {
    throw new Error(`${command} needs ${what}`);
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
