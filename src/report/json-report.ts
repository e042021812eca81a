import { Finding } from '../checks/finding';
import { CheckResult } from '../checks/run-checks';
import { UnreadPart } from '../checks/unread-parts';

/** What every report of this form says first, so that its reader can tell it from a later one. */
const FINDINGS_FORMAT = 'cdk8s-flux-tenants/findings/v1';

/** Findings for programs: `docs/findings.schema.json` is its schema. */
export function jsonReport(result: CheckResult): string {
  const { verdict, findings, suppressed, unread, checks } = result;
  const report = {
    format: FINDINGS_FORMAT,
    verdict,
    summary: {
      errors: findings.filter(({ severity }) => severity === 'error').length,
      warnings: findings.filter(({ severity }) => severity === 'warning').length,
      suppressed: suppressed.length,
      unread: unread.length,
      checks: checks.length,
    },
    findings: findings.map(writtenFinding),
    suppressed: suppressed.map(writtenFinding),
    unread: unread.map(writtenPart),
    checks: [...checks].sort(),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** A finding with its fields in the order in which reports have them. */
export function writtenFinding(finding: Finding): Finding {
  const { check, severity, message, remedy, repository, path, line } = finding;
  const { object, field, construct, clusters, suppression } = finding;
  return {
    check,
    severity,
    message,
    remedy,
    repository,
    path,
    line,
    object,
    field,
    construct,
    clusters,
    suppression,
  };
}

function writtenPart({
  what,
  repository,
  path,
  clusters,
  tenant,
  decides,
}: UnreadPart): UnreadPart {
  return { what, repository, path, clusters, tenant, decides };
}
