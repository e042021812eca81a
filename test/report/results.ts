import { Finding, SuppressedBy } from '../../src/checks/finding';
import { CheckResult } from '../../src/checks/run-checks';
import { UnreadPart, verdictOf } from '../../src/checks/unread-parts';

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
  unread: readonly UnreadPart[] = [],
): CheckResult {
  const checks = ['flux-api-version', 'readable-file'];
  const verdict = verdictOf(findings, unread);
  return { findings, suppressed, checks, suppressions: [], unread, verdict };
}

export function part(changes: Partial<UnreadPart> = {}): UnreadPart {
  return {
    what: "what Kustomization 'apps' in namespace 'flux-system' applies",
    repository: 'fleet-infra',
    path: 'clusters/prod/apps.yaml',
    clusters: ['prod'],
    decides: true,
    ...changes,
  };
}

export const ACCEPTED: SuppressedBy = {
  owner: 'platform team',
  reason: 'until the migration',
  where: 'clusters/prod/apps.yaml',
  by: 'annotation',
};
