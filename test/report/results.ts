import { Finding, SuppressedBy } from '../../src/checks/finding';
import { CheckResult } from '../../src/checks/run-checks';

/** A text that means something to a terminal, to XML, to Markdown and to a URL. */
export const HOSTILE = 'a\u001b[31m<b>&"\'`|]]>\u0000 %20#?\u202e';

export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    check: 'flux-api-version',
    severity: 'error',
    message: "Bucket apps/charts must have apiVersion 'source.toolkit.fluxcd.io/v1'",
    remedy: 'set apiVersion to the one that is served',
    repository: 'fleet-infra',
    path: 'clusters/prod/apps.yaml',
    line: 12,
    object: 'Bucket apps/charts',
    field: '/apiVersion',
    clusters: ['prod', 'staging'],
    ...changes,
  };
}

export function result(
  findings: readonly Finding[] = [],
  suppressed: readonly Finding[] = [],
): CheckResult {
  return { findings, suppressed, checks: ['flux-api-version', 'readable-file'], suppressions: [] };
}

export const ACCEPTED: SuppressedBy = {
  owner: 'platform team',
  reason: 'until the migration',
  where: 'clusters/prod/apps.yaml',
  by: 'annotation',
};
