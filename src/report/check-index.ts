import { Check } from '../checks/check';

/** The table of all checks, in Markdown: `docs/checks/README.md`. */
export function checkIndex(checks: readonly Check[]): string {
  const rows = checks.map(({ id, severity, profile, summary, controls = [] }) => {
    const standards = controls.map((control) => `${control.standard} ${control.id}`).join(', ');
    return `| [${id}](${id}.md) | ${severity} | ${profile} | ${cell(summary)} | ${cell(standards)} |`;
  });
  return [
    '# Checks',
    '',
    'What `cdk8s-flux-tenants audit` and every synthesis judge. The profile `strict` is all of them.',
    '',
    '| check | severity | profile | what must be | controls |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}
