import { createHash } from 'crypto';
import { ENGINE_CHECKS } from '../checks/engine-checks';
import { Finding } from '../checks/finding';
import { CHECKS } from '../checks/registry';
import { CheckResult } from '../checks/run-checks';
import { checkPage, PAGES } from './check-page';

const RULES = [...CHECKS, ...ENGINE_CHECKS].sort((a, b) => (a.id < b.id ? -1 : 1));
const INDEX = new Map(RULES.map(({ id }, index) => [id, index]));

/**
 * Findings as SARIF 2.1.0, as GitHub's code scanning and others read it.
 *
 * @param prefix directory of the audited repository within the one that is scanned, without '/' at its end; '' where they are one
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport({ findings, suppressed }: CheckResult, prefix = ''): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk8s-flux-tenants',
            informationUri: 'https://github.com/cdk8s-flux-tenants/cdk8s-flux-tenants',
            rules: RULES.map(rule),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [...findings, ...suppressed].map((finding) => result(finding, prefix)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function rule(check: (typeof RULES)[number]): object {
  const { id, severity, summary, why, remedy } = check;
  return {
    id,
    name: id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: `${why}\n\nRemedy: ${remedy}`, markdown: checkPage(check) },
    helpUri: `${PAGES}/${id}.md`,
    defaultConfiguration: { level: severity },
    properties: {
      tags: ['security', 'flux'],
      precision: 'high',
      'problem.severity': severity,
      'security-severity': severity === 'error' ? '7.0' : '4.0',
    },
  };
}

function result(finding: Finding, prefix: string): object {
  const { check, severity, message, remedy, path, line, suppression, clusters, construct } =
    finding;
  const uri = [...(prefix ? prefix.split('/') : []), ...path.split('/')]
    .map(encodeURIComponent)
    .join('/');
  const where = construct === undefined ? '' : ` (made by ${construct})`;
  return {
    ruleId: check,
    ruleIndex: INDEX.get(check),
    level: severity,
    message: { text: `${message}${where}. ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
          region: { startLine: line ?? 1 },
        },
      },
    ],
    partialFingerprints: { 'finding/v1': fingerprint(finding) },
    properties: { clusters },
    ...(suppression && {
      suppressions: [
        { kind: 'external', justification: `${suppression.owner}: ${suppression.reason}` },
      ],
    }),
  };
}

/** The same for a finding that only moved within its file. */
function fingerprint({ check, repository, path, object, field, message }: Finding): string {
  const identity = JSON.stringify([check, repository, path, object, field, message]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}
