import { Check } from '../checks/check';
import { ENGINE_CHECKS } from '../checks/engine-checks';

/** Where the pages of the checks are read. */
export const PAGES =
  'https://github.com/cdk8s-flux-tenants/cdk8s-flux-tenants/blob/main/docs/checks';

type Described = Check | (typeof ENGINE_CHECKS)[number];

/** The page of one check, in Markdown: `docs/checks/<id>.md`, and what `explain` prints. */
export function checkPage(check: Described): string {
  const { id, summary, why, remedy } = check;
  const lines = [`# ${id}`, '', `${sentence(summary)} ${scopeOf(check)}`, ''];
  lines.push('## Why', '', sentence(why), '', '## Remedy', '', sentence(remedy), '');
  if ('bad' in check) {
    lines.push('## Found here', '', '```yaml', check.bad.trimEnd(), '```', '');
    lines.push('## Right', '', '```yaml', check.good.trimEnd(), '```', '');
  }
  if ('profile' in check) {
    lines.push(
      '## Accept it',
      '',
      'An object that must be as it is says so, with the name of who answers for it:',
      '',
      '```yaml',
      'metadata:',
      '  annotations:',
      `    checks.cdk8s-flux-tenants/${id}: 'platform team: the reason'`,
      '```',
      '',
      'Where no annotation can stand, such as in a file that something generates, an entry of `.flux-checks` says it,',
      'as [audit.md](../audit.md) shows. ' +
        `From code: \`Checks.of(scope).suppress('${id}', { owner: 'platform team', reason: 'the reason' })\`.`,
      '',
    );
    if (check.controls && check.controls.length > 0) {
      lines.push('## Controls', '');
      lines.push(...check.controls.map((control) => `- ${control.standard}: ${control.id}`), '');
    }
    lines.push('## See', '', ...check.links.map((link) => `- <${link}>`), '');
  }
  return lines.join('\n');
}

function scopeOf(check: Described): string {
  const weight = check.severity === 'error' ? 'An error' : 'A warning';
  return 'profile' in check
    ? `${weight}, in ${check.profile === 'strict' ? 'the strict profile' : 'every profile'}.`
    : `${weight}, which every run can bring.`;
}

function sentence(text: string): string {
  // The name of a program or a field keeps its own case.
  const isWord = /^[a-z]+[ ,]/.test(text);
  const whole = isWord ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
