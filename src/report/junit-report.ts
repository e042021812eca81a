import { Finding, messageBeside, placeOf } from '../checks/finding';
import { CheckResult } from '../checks/run-checks';
import { grouped } from '../vocabulary/grouped';

/**
 * Findings as JUnit XML: a check that ran is a test, which fails where it found an error. Warnings and what is suppressed are its output.
 * What the engine itself found, such as a suppression of nothing, is a test beside them.
 */
export function junitReport({ findings, suppressed, checks }: CheckResult): string {
  const open = byCheck(findings);
  const ids = [...new Set([...checks, ...open.keys()])].sort();
  const accepted = byCheck(suppressed);
  const cases = ids.map((id) => testCase(id, open.get(id) ?? [], accepted.get(id) ?? []));
  const failures = ids.filter((id) =>
    open.get(id)?.some(({ severity }) => severity === 'error'),
  ).length;
  const totals = `name="cdk8s-flux-tenants" tests="${ids.length}" failures="${failures}" errors="0" skipped="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite ${totals}>`,
    ...cases,
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
  const children = [
    ...(errors.length === 0
      ? []
      : [
          `      <failure message="${escaped(errors[0].message)}" type="error">` +
            `${escaped(errors.map(described).join('\n'))}</failure>`,
        ]),
    ...(output.length === 0
      ? []
      : [`      <system-out>${escaped(output.join('\n'))}</system-out>`]),
  ];
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
