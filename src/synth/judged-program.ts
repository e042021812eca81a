import { IConstruct } from 'constructs';
import { Finding } from '../checks/finding';
import { runChecks } from '../checks/run-checks';
import { viewClusters } from '../clusters/view-clusters';
import { AuditReport, findingLine } from '../report/audit-report';
import { isWithin } from '../vocabulary/relative-path';
import { CheckProfile } from '../vocabulary/suppression';
import { suppressionFile } from './program-files';
import { Rendered, renderProgram, throwAll } from './render-program';
import { sourceRepositories } from './source-repositories';
import { verifyScripts } from './verify-scripts';

/** What the checks say of finished repositories. */
export function auditProgram(
  { inventory, repositories }: Rendered,
  profile: CheckProfile,
): AuditReport {
  const fleet = viewClusters(sourceRepositories({ inventory, repositories }));
  const suppressions = inventory.suppressions.map((one) => ({
    ...one,
    by: 'program' as const,
    where: one.construct,
  }));
  return AuditReport._of(fleet, runChecks(fleet, { profile, suppressions }));
}

/** What goes into every repository below `root`. Throws all that is wrong with it. */
export function judgedProgram(root: IConstruct, profile: CheckProfile): Rendered {
  const rendered = renderProgram(root);
  const report = auditProgram(rendered, profile);
  throwAll(report.errors);
  const { findings, suppressed } = report._result;
  for (const [repository, content] of rendered.repositories) {
    const { id, path } = repository.node;
    const isHere = (finding: Finding): boolean =>
      finding.repository === '' ? isAlong(finding.construct!, path) : finding.repository === id;
    const accepted = suppressed.filter(isHere);
    const file = suppressionFile(accepted);
    content.files.push(...(file ? [file] : []));
    content.files.push(...verifyScripts(repository, rendered.inventory));
    content.warnings.push(...findings.filter(isHere).map(findingLine));
    content.suppressed.push(...accepted.map(findingLine));
  }
  return rendered;
}

/** Whether one of two construct paths is the other, or above it. */
function isAlong(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}
