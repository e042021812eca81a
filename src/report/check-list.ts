import { Check } from '../checks/check';

/** What every list of this form says first, so that its reader can tell it from a later one. */
const CHECKS_FORMAT = 'cdk8s-flux-tenants/checks/v1';

/** Checks in columns, for people. */
export function checkColumns(checks: readonly Check[]): string {
  const rows = [
    ['CHECK', 'SEVERITY', 'PROFILE', 'WHAT MUST BE'],
    ...checks.map(({ id, severity, profile, summary }) => [id, severity, profile, summary]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) => `${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}\n`)
    .join('');
}

/** Checks for programs, in the order in which they are listed. */
export function checksJson(checks: readonly Check[]): string {
  const list = {
    format: CHECKS_FORMAT,
    checks: checks.map(({ id, severity, profile, summary, controls = [] }) => {
      return { id, severity, profile, summary, controls };
    }),
  };
  return `${JSON.stringify(list, undefined, 2)}\n`;
}
