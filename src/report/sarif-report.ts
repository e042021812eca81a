import { createHash } from 'crypto';
import { ENGINE_CHECKS } from '../checks/engine-checks';
import { Finding, SuppressedBy } from '../checks/finding';
import { CHECKS } from '../checks/registry';
import { CheckResult } from '../checks/run-checks';
import { UnreadPart } from '../checks/unread-parts';
import { ArtifactRoot } from './artifact-root';
import { checkPage, PAGES } from './check-page';

const RULES = [...CHECKS, ...ENGINE_CHECKS].sort((a, b) => (a.id < b.id ? -1 : 1));
const INDEX = new Map(RULES.map(({ id }, index) => [id, index]));

/** The root of the Git repository that a report is uploaded to. Code scanning reads every relative path from there. */
const OWN = '%SRCROOT%';

/** What stands above all other repositories. Of them only host and path are known, so that it has no URI itself. */
const ELSEWHERE = 'REPOSITORIES';

const HERE: ArtifactRoot = { isElsewhere: false, segments: [] };

/** What notifications refer to. */
const NOT_READ = {
  id: 'not-read',
  name: 'not-read',
  shortDescription: { text: 'what clusters get must be readable to be judged' },
};

/**
 * Findings as SARIF 2.1.0, as GitHub's code scanning and others read it.
 *
 * @param roots where each repository lies, by its name; one that is not named is the one that the report is uploaded to
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(
  { findings, suppressed, unread, verdict }: CheckResult,
  roots: ReadonlyMap<string, ArtifactRoot> = new Map(),
): string {
  const rootOf = (repository: string) => roots.get(repository) ?? HERE;
  const results = [...findings, ...suppressed].map((finding) =>
    result(finding, rootOf(finding.repository)),
  );
  const notifications = unread.map((part) => notification(part, rootOf(part.repository)));
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
            notifications: [NOT_READ],
          },
        },
        originalUriBaseIds: {
          [OWN]: { description: { text: 'the root of the audited Git repository' } },
          [ELSEWHERE]: {
            description: {
              text: 'other Git repositories; a path begins with the host and the path of its repository',
            },
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }],
        results,
        properties: { verdict },
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

/** What could not be read, as the standard has what a tool says of its own run. */
function notification(
  { what, path, clusters, tenant, decides }: UnreadPart,
  root: ArtifactRoot,
): object {
  return {
    descriptor: { id: NOT_READ.id, index: 0 },
    level: decides ? 'warning' : 'note',
    message: { text: `not read: ${what}` },
    ...(path !== undefined && {
      locations: [{ physicalLocation: { artifactLocation: artifactOf(path, root) } }],
    }),
    properties: { clusters, ...(tenant !== undefined && { tenant }) },
  };
}

function result(finding: Finding, root: ArtifactRoot): object {
  const { check, severity, message, remedy, path, line, suppression, clusters, construct } =
    finding;
  const artifactLocation = artifactOf(path, root);
  const where = construct === undefined ? '' : ` (made by ${construct})`;
  return {
    ruleId: check,
    ruleIndex: INDEX.get(check),
    level: severity,
    message: { text: `${message}${where}. ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: { startLine: line ?? 1 },
        },
      },
    ],
    partialFingerprints: { 'finding/v1': fingerprint(finding, artifactLocation.uri) },
    properties: { clusters },
    ...(suppression && { suppressions: [writtenSuppression(suppression)] }),
  };
}

function artifactOf(
  path: string,
  { isElsewhere, segments }: ArtifactRoot,
): { readonly uri: string; readonly uriBaseId: string } {
  const uri = [...segments, ...path.split('/')].map(encodeURIComponent).join('/');
  return { uri, uriBaseId: isElsewhere ? ELSEWHERE : OWN };
}

/** What the object itself says is in the source that the result is about; all else is beside it. */
function writtenSuppression({ by, owner, reason }: SuppressedBy): object {
  const kind = by === 'annotation' ? 'inSource' : 'external';
  return { kind, justification: `${owner}: ${reason}` };
}

/** The same for a finding that only moved within its file, wherever the repository is checked out. */
function fingerprint({ check, object, field, message }: Finding, uri: string): string {
  const identity = JSON.stringify([check, uri, object, field, message]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}
