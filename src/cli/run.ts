import { ENGINE_CHECKS } from '../checks/engine-checks';
import { Finding } from '../checks/finding';
import { CHECKS } from '../checks/registry';
import { checkPage } from '../report/check-page';
import { isolationJson } from '../report/isolation-json';
import { fleetIsolation } from '../report/isolation/fleet-isolation';
import { jsonReport } from '../report/json-report';
import { junitReport } from '../report/junit-report';
import { isolationPage } from '../report/page/isolation-page';
import { sarifReport } from '../report/sarif-report';
import { textReport } from '../report/text-report';
import { Audit, audit } from './audit';
import { AuditCommand, readCommandLine, USAGE } from './command-line';

/** What a command reads and writes, apart from the directories it audits. */
export interface Surroundings {
  out(text: string): void;
  err(text: string): void;
  writeFile(path: string, text: string): void;
  /** Whether the standard output is a terminal that shows colours. */
  readonly colour: boolean;
  readonly version: string;
}

/** Runs one command and returns its exit code. */
export function run(args: readonly string[], surroundings: Surroundings): number {
  try {
    const command = readCommandLine(args);
    switch (command.name) {
      case 'help':
        surroundings.out(USAGE);
        return 0;
      case 'version':
        surroundings.out(`${surroundings.version}\n`);
        return 0;
      case 'checks':
        surroundings.out(CHECKS.map(({ id, summary }) => `${id}  ${summary}\n`).join(''));
        return 0;
      case 'explain':
        surroundings.out(explained(command.check));
        return 0;
      case 'audit':
        return audited(command, surroundings);
    }
  } catch (error) {
    surroundings.err(`${(error as Error).message}\n\nsee cdk8s-flux-tenants --help\n`);
    return 2;
  }
}

function audited(command: AuditCommand, surroundings: Surroundings): number {
  const { directories, profile, output, failOn } = command;
  const done = audit(directories, profile);
  if (!done.fleet.clusters.some(({ isCluster }) => isCluster)) {
    surroundings.err(
      `no cluster is read from '${directories[0].directory}': objects were judged one by one\n`,
    );
  }
  const report = reportOf(done, command, surroundings.colour && output === undefined);
  if (output === undefined) {
    surroundings.out(report);
  } else {
    surroundings.writeFile(output, report);
  }
  writeEvidence(done, command, surroundings);
  const fails = ({ severity }: Finding): boolean => failOn === 'warning' || severity === 'error';
  return done.result.findings.some(fails) ? 1 : 0;
}

/** The evidence is written whatever was found: it says so. */
function writeEvidence(
  { fleet, result }: Audit,
  { evidence }: AuditCommand,
  { writeFile }: Surroundings,
): void {
  if (evidence.length > 0) {
    const isolation = fleetIsolation(fleet, result);
    for (const file of evidence) {
      writeFile(file, file.endsWith('.html') ? isolationPage(isolation) : isolationJson(isolation));
    }
  }
}

function reportOf({ result }: Audit, { format }: AuditCommand, colour: boolean): string {
  switch (format) {
    case 'text':
      return textReport(result, colour);
    case 'json':
      return jsonReport(result);
    case 'sarif':
      return sarifReport(result);
    case 'junit':
      return junitReport(result);
  }
}

function explained(id: string): string {
  const check = [...CHECKS, ...ENGINE_CHECKS].find((one) => one.id === id);
  if (!check) {
    throw new Error(`no check is called '${id}'; 'cdk8s-flux-tenants checks' lists them all`);
  }
  return checkPage(check);
}
