import { ENGINE_CHECKS } from '../checks/engine-checks';
import { CHECKS } from '../checks/registry';
import { checkColumns, checksJson } from '../report/check-list';
import { CheckResult } from '../checks/run-checks';
import { checkPage } from '../report/check-page';
import { isolationJson } from '../report/isolation-json';
import { fleetIsolation } from '../report/isolation/fleet-isolation';
import { jsonReport } from '../report/json-report';
import { junitReport } from '../report/junit-report';
import { isolationPage } from '../report/page/isolation-page';
import { sarifReport } from '../report/sarif-report';
import { printable, textReport } from '../report/text-report';
import { nearestWord } from '../vocabulary/nearest-word';
import { artifactRoots } from './artifact-roots';
import { Audit, audit } from './audit';
import { AuditCommand, Command, FailOn, readCommandLine, USAGE } from './command-line';

/** A file that a command leaves behind. */
export interface WrittenFile {
  readonly file: string;
  readonly text: string;
}

/** What a command reads and writes, apart from the directories it audits. */
export interface Surroundings {
  out(text: string): void;
  err(text: string): void;
  /** Writes all of them, or none that was not there. Throws where it cannot. */
  writeFiles(files: readonly WrittenFile[]): void;
  /** Whether the standard output is a terminal that shows colours. */
  readonly colour: boolean;
  readonly version: string;
}

/** Runs one command and returns its exit code. */
export function run(args: readonly string[], surroundings: Surroundings): number {
  let command: Command;
  try {
    command = readCommandLine(args);
  } catch (error) {
    surroundings.err(`${(error as Error).message}\n\nsee cdk8s-flux-tenants --help\n`);
    return 2;
  }
  try {
    return done(command, surroundings);
  } catch (error) {
    surroundings.err(`${printable((error as Error).message)}\n`);
    return 2;
  }
}

function done(command: Command, surroundings: Surroundings): number {
  switch (command.name) {
    case 'help':
      surroundings.out(USAGE);
      return 0;
    case 'version':
      surroundings.out(`${surroundings.version}\n`);
      return 0;
    case 'checks':
      surroundings.out(command.format === 'json' ? checksJson(CHECKS) : checkColumns(CHECKS));
      return 0;
    case 'explain':
      surroundings.out(explained(command.check));
      return 0;
    case 'audit':
      return audited(command, surroundings);
  }
}

function audited(command: AuditCommand, surroundings: Surroundings): number {
  const { directories, profile, output, failOn } = command;
  const made = audit(directories, profile);
  const report = reportOf(made, command, surroundings.colour && output === undefined);
  surroundings.writeFiles([
    ...(output === undefined ? [] : [{ file: output, text: report }]),
    ...evidenceOf(made, command),
  ]);
  if (output === undefined) {
    surroundings.out(report);
  }
  return fails(made.result, failOn) ? 1 : 0;
}

function fails({ findings, unread }: CheckResult, failOn: readonly FailOn[]): boolean {
  return (
    findings.some(({ severity }) => severity === 'error' || failOn.includes('warning')) ||
    (failOn.includes('unread') && unread.some(({ decides }) => decides))
  );
}

/** The evidence is written whatever was found: it says so. */
function evidenceOf({ fleet, result }: Audit, { evidence }: AuditCommand): WrittenFile[] {
  if (evidence.length === 0) {
    return [];
  }
  const isolation = fleetIsolation(fleet, result);
  return evidence.map((file) => ({
    file,
    text: file.endsWith('.html') ? isolationPage(isolation) : isolationJson(isolation),
  }));
}

function reportOf(
  { result }: Audit,
  { format, directories }: AuditCommand,
  colour: boolean,
): string {
  switch (format) {
    case 'text':
      return textReport(result, colour);
    case 'json':
      return jsonReport(result);
    case 'sarif':
      return sarifReport(result, artifactRoots(directories));
    case 'junit':
      return junitReport(result);
  }
}

function explained(id: string): string {
  const known = [...CHECKS, ...ENGINE_CHECKS];
  const check = known.find((one) => one.id === id);
  if (!check) {
    const meant = nearestWord(
      id,
      known.map((one) => one.id),
    );
    const remedy =
      meant === undefined
        ? "'cdk8s-flux-tenants checks' lists them all"
        : `did you mean '${meant}'?`;
    throw new Error(`no check is called '${id}'; ${remedy}`);
  }
  return checkPage(check);
}
