import { IConstruct } from 'constructs';
import { Finding } from '../checks/finding';
import { runChecks } from '../checks/run-checks';
import { FleetView, viewClusters } from '../clusters/view-clusters';
import { Inventory } from '../inventory/manifest-object';
import { AuditReport, findingLine } from '../report/audit-report';
import { isWithin } from '../vocabulary/relative-path';
import { CheckProfile } from '../vocabulary/suppression';
import { suppressionFile } from './program-files';
import { Rendered, renderProgram, throwAll } from './render-program';
import { sourceRepositories } from './source-repositories';
import { unjoinedApps } from './unjoined-apps';
import { verifyScripts } from './verify-scripts';

/** What the checks say of finished repositories. */
export function auditProgram(rendered: Rendered, profile: CheckProfile): AuditReport {
  return reportOf(viewClusters(sourceRepositories(rendered)), rendered.inventory, profile);
}

function reportOf(fleet: FleetView, inventory: Inventory, profile: CheckProfile): AuditReport {
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
  const { inventory, repositories } = rendered;
  const fleet = viewClusters(sourceRepositories(rendered));
  const report = reportOf(fleet, inventory, profile);
  throwAll(report.errors);
  const { findings, suppressed } = report._result;
  const unjoined = unjoinedApps(fleet, inventory, repositories.keys());
  for (const [repository, content] of repositories) {
    const { id, path } = repository.node;
    const isHere = (finding: Finding): boolean =>
      finding.repository === '' ? isAlong(finding.construct!, path) : finding.repository === id;
    const accepted = suppressed.filter(isHere);
    const file = suppressionFile(accepted);
    content.files.push(...(file ? [file] : []));
    content.files.push(...verifyScripts(repository, inventory));
    content.warnings.push(...findings.filter(isHere).map(findingLine));
    content.warnings.push(...(unjoined.has(id) ? [unjoined.get(id)!] : []));
    content.suppressed.push(...accepted.map(findingLine));
  }
  return rendered;
}

/** Whether one of two construct paths is the other, or above it. */
function isAlong(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}
