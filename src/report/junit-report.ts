import { Finding, messageBeside, placeOf } from '../checks/finding';
import { CheckResult } from '../checks/run-checks';
import { UnreadPart } from '../checks/unread-parts';
import { grouped } from '../vocabulary/grouped';

/**
 * Findings as JUnit XML: a check that ran is a test, which fails where it found an error. Warnings and what is suppressed are its output.
 * What the engine itself found, such as a suppression of nothing, is a test beside them. One more test is skipped where the verdict
 * hangs on what could not be read.
 */
export function junitReport({ findings, suppressed, checks, unread }: CheckResult): string {
  const open = byCheck(findings);
  const ids = [...new Set([...checks, ...open.keys()])].sort();
  const accepted = byCheck(suppressed);
  const cases = ids.map((id) => testCase(id, open.get(id) ?? [], accepted.get(id) ?? []));
  const failures = ids.filter((id) =>
    open.get(id)?.some(({ severity }) => severity === 'error'),
  ).length;
  const skipped = unread.some(({ decides }) => decides) ? 1 : 0;
  const totals = `name="cdk8s-flux-tenants" tests="${ids.length + 1}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite ${totals}>`,
    ...cases,
    everythingRead(unread),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(
  id: string,
  findings: readonly Finding[],
  suppressed: readonly Finding[],
): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const output = [
    ...warnings.map((finding) => `warning ${described(finding)}`),
    ...suppressed.map(
      (finding) =>
        `suppressed ${described(finding)} (${finding.suppression!.owner}: ${finding.suppression!.reason})`,
    ),
  ];
  return testOf(id, [
    ...(errors.length === 0
      ? []
      : [
          `      <failure message="${escaped(errors[0].message)}" type="error">` +
            `${escaped(errors.map(described).join('\n'))}</failure>`,
        ]),
    ...outputOf(output),
  ]);
}

/** The test that everything could be read: no failure, because nothing is known to be wrong, but no success either. */
function everythingRead(unread: readonly UnreadPart[]): string {
  const decisive = unread.filter(({ decides }) => decides);
  const lines = unread.map(({ path, repository, what }) => `${path ?? repository} ${what}`);
  return testOf('not-read', [
    ...(decisive.length === 0
      ? []
      : [`      <skipped message="${escaped(`not read: ${decisive[0].what}`)}"/>`]),
    ...outputOf(lines),
  ]);
}

function outputOf(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`      <system-out>${escaped(lines.join('\n'))}</system-out>`];
}

function testOf(id: string, children: readonly string[]): string {
  const head = `    <testcase classname="cdk8s-flux-tenants.checks" name="${escaped(id)}"`;
  return children.length === 0
    ? `${head}/>`
    : [`${head}>`, ...children, '    </testcase>'].join('\n');
}

function described(finding: Finding): string {
  return `${placeOf(finding)} ${messageBeside(finding)}; remedy: ${finding.remedy}`;
}

function byCheck(findings: readonly Finding[]): Map<string, Finding[]> {
  return grouped(findings, ({ check }) => check);
}

/** A text as XML 1.0 can carry it: characters that it has no place for are shown by their number. */
function escaped(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
