import { Finding, messageBeside, placeOf } from '../checks/finding';
import { CheckResult } from '../checks/run-checks';
import { grouped } from '../vocabulary/grouped';

const STYLES = { error: 31, warning: 33, faint: 2, strong: 1 };

type Style = keyof typeof STYLES;

const UNREAD_REMEDY =
  "remedy: give what another repository holds to 'cdk8s-flux-tenants audit' by --repository URL=DIR; look at the rest yourself";

/**
 * Findings for people, grouped by file, whose path none repeats. What is suppressed is listed with its reason, and what could not be
 * read where the verdict hangs on it. The last line is the verdict.
 *
 * @param colour whether to use the escape codes of a terminal
 */
export function textReport(result: CheckResult, colour = false): string {
  const { findings, suppressed, unread } = result;
  const styled = (text: string, style: Style): string =>
    colour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
  const lines: string[] = [];
  for (const [file, group] of byFile(findings)) {
    lines.push(styled(printable(file), 'strong'));
    for (const finding of group) {
      const { check, severity, line, remedy, clusters, construct } = finding;
      const where = String(line ?? '').padStart(5);
      lines.push(
        `${where}  ${styled(severity.padEnd(7), severity)}  ${printable(messageBeside(finding))}  ${styled(check, 'faint')}`,
      );
      const context = [
        ...(clusters.length > 0 ? [`on ${clusters.join(', ')}`] : []),
        ...(construct === undefined ? [] : [`made by ${construct}`]),
        `remedy: ${remedy}`,
      ];
      lines.push(...context.map((text) => `       ${styled(printable(text), 'faint')}`));
    }
    lines.push('');
  }
  if (suppressed.length > 0) {
    lines.push(styled('suppressed', 'strong'));
    for (const finding of suppressed) {
      const { owner, reason } = finding.suppression!;
      const said = [placeOf(finding), messageBeside(finding)].map(printable).join('  ');
      lines.push(`  ${said}  ${styled(finding.check, 'faint')}`);
      lines.push(`       ${styled(printable(`${owner}: ${reason}`), 'faint')}`);
    }
    lines.push('');
  }
  const decisive = unread.filter(({ decides }) => decides);
  if (decisive.length > 0) {
    lines.push(styled('not read', 'strong'));
    for (const { path, repository, what, clusters } of decisive) {
      lines.push(`  ${printable(path ?? repository)}  ${printable(what)}`);
      if (clusters.length > 0) {
        lines.push(`       ${styled(printable(`on ${clusters.join(', ')}`), 'faint')}`);
      }
    }
    // Where no cluster was found, nothing brings it along, and its words say what to do.
    const remedies = decisive.some(({ path }) => path !== undefined) ? [UNREAD_REMEDY] : [];
    lines.push(...remedies.map((text) => `       ${styled(text, 'faint')}`), '');
  }
  lines.push(summary(result));
  return lines.map((line) => `${line}\n`).join('');
}

/** The verdict, and how many findings of which weight there are, as one line. */
function summary({ verdict, findings, suppressed, unread }: CheckResult): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const parts = [
    counted(errors, 'error'),
    counted(findings.length - errors, 'warning'),
    `${suppressed.length} suppressed`,
    `${unread.length} not read`,
  ];
  return `${verdict}: ${parts.join(', ')}`;
}

/** A number of things, in words. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * Whoever writes YAML must not write to a terminal, nor give orders to what reads the log of a pipeline: '::' begins one at the
 * beginning of a line, '##[' and '##vso[' do wherever they are.
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?<=^\s*):(?=:)|(?<=#)#(?=\w*\[)/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function byFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const names = new Set(findings.map(({ repository }) => repository));
  return grouped(findings, ({ repository, path }) =>
    names.size > 1 ? `${repository}/${path}` : path,
  );
}
