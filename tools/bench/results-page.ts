import { SizeResults } from './results';
import { Measurement, SUBJECTS, totalOf } from './subjects';

/** Of a synthesis, in the order in which they are run. */
export const PHASES: Readonly<Record<string, string>> = {
  import: 'import: load what a program of one tenant names',
  engine: 'engine: load what judges and writes',
  construct: "construct: the program's own constructs",
  inventory: 'inventory: validate, collect the objects',
  bounds: 'bounds: what a tenant may hold',
  layout: 'layout: which file, which order',
  text: 'text: YAML',
  clusters: 'clusters: build what each cluster gets',
  checks: 'checks: run all of them on it',
  scripts: 'scripts: verify.sh of each cluster',
  read: 'read: compare with the disk',
  tags: 'tags: read those that Flux committed',
  write: 'write: the files and their list',
  rest: 'rest',
};

const NOT_MEASURED = '–';

/** What was measured, as a page. `about` says where and how. */
export function resultsPage(sizes: readonly SizeResults[], about: string): string {
  return [
    '# Speed',
    `Ratios are the claims; seconds are those of one machine. ${about}`,
    'Of single runs on a busy machine, differences below a factor of two mean little.',
    'Repeat it with `npm run bench` (`npm run bench -- --sizes 10,80,800,3000,10000` for the long one).',
    'Each tenant is on two clusters and has what a team has (`tools/bench/bench-fleet.ts`): a namespace with its bounds, a signed source, a chart, a pipeline of ' +
      'images and alerts; each tenth a canary in a repository of its own. Lists of tenants are in parts of 200. Stock cdk8s is given the same objects, finished.',
    '![seconds against tenants, both logarithmic](results.svg)',
    `## Seconds\n\n${subjectTable(sizes)}`,
    `Growth is the exponent between the two largest sizes that were measured: 1 is linear, 2 quadratic. ${NOT_MEASURED} was ` +
      'not measured: it grows with the square, or the tool is missing.',
    `## Ratios\n\n${ratioTable(sizes)}`,
    '"Without judging" leaves out bounds, clusters, checks and scripts.',
    `## Milliseconds of a synthesis by phase\n\n${phaseTable(sizes, 'cold')}`,
    'Shares are those of the largest size.',
    `## Again, with nothing changed\n\n${phaseTable(sizes, 'unchanged')}`,
    `## Size and memory\n\n${sizeTable(sizes)}`,
  ].join('\n\n');
}

function subjectTable(sizes: readonly SizeResults[]): string {
  return table(
    ['', ...sizes.map(({ tenants }) => `${tenants} tenants`), 'growth'],
    SUBJECTS.map(({ id, title }) => {
      const totals = sizes.map((size) => totalAt(size, id));
      return [title, ...totals.map((total) => inSeconds(total)), growth(sizes, totals)];
    }),
  );
}

function ratioTable(sizes: readonly SizeResults[]): string {
  const ratio = (title: string, of: (size: SizeResults) => number | undefined) => [
    title,
    ...sizes.map((size) => decimals(of(size))),
  ];
  return table(
    ['', ...sizes.map(({ tenants }) => `${tenants} tenants`)],
    [
      ratio('stock cdk8s in folders ÷ ours', (size) => quotient(size, 'folder', 'cold')),
      ratio('stock cdk8s, file per chart ÷ ours', (size) => quotient(size, 'chart', 'cold')),
      ratio('stock cdk8s in folders ÷ ours without judging', (size) =>
        divided(totalAt(size, 'folder'), unjudged(size.subjects.get('cold'))),
      ),
      ratio('import for a program of one tenant ÷ of cdk8s', (size) =>
        quotient(size, 'import', 'import-cdk8s'),
      ),
      ratio('the same, with the start of Node', (size) =>
        divided(importedAfter(size, 'import'), importedAfter(size, 'import-cdk8s')),
      ),
      ratio('our text and write ÷ floor with JSON', (size) =>
        divided(phaseTime(size, 'cold', 'text', 'write'), totalAt(size, 'json')),
      ),
      ratio('our checks and clusters ÷ our text', (size) =>
        divided(phaseTime(size, 'cold', 'checks', 'clusters'), phaseTime(size, 'cold', 'text')),
      ),
      ratio('nothing changed ÷ ours', (size) => quotient(size, 'unchanged', 'cold')),
      ratio('one tenant changed ÷ ours', (size) => quotient(size, 'changed', 'cold')),
    ],
  );
}

function phaseTable(sizes: readonly SizeResults[], subject: string): string {
  return table(
    ['', ...sizes.map(({ tenants }) => `${tenants} tenants`), 'share', 'growth'],
    Object.entries(PHASES).map(([phase, title]) => {
      const times = sizes.map((size) => phaseTime(size, subject, phase));
      const largest = sizes.at(-1)!;
      const share = divided(phaseTime(largest, subject, phase), totalAt(largest, subject));
      return [
        title,
        ...times.map((time) => time?.toFixed(time < 10 ? 1 : 0) ?? NOT_MEASURED),
        share === undefined ? NOT_MEASURED : `${(share * 100).toFixed(0)} %`,
        growth(sizes, times),
      ];
    }),
  );
}

function sizeTable(sizes: readonly SizeResults[]): string {
  const peak = (size: SizeResults, id: string) =>
    size.subjects.get(id)?.peakMegabytes.toFixed(0) ?? NOT_MEASURED;
  return table(
    ['', ...sizes.map(({ tenants }) => `${tenants} tenants`)],
    [
      ['objects', ...sizes.map(({ objects }) => String(objects))],
      ['files', ...sizes.map(({ subjects }) => String(subjects.get('bytes')?.files))],
      [
        'objects a second, ours',
        ...sizes.map((size) => ((1000 * size.objects) / totalAt(size, 'cold')!).toFixed(0)),
      ],
      [
        'objects a second, stock cdk8s in folders',
        ...sizes.map((size) => ((1000 * size.objects) / totalAt(size, 'folder')!).toFixed(0)),
      ],
      ['peak memory, ours (MB)', ...sizes.map((size) => peak(size, 'cold'))],
      ['peak memory, stock cdk8s in folders (MB)', ...sizes.map((size) => peak(size, 'folder'))],
    ],
  );
}

export function totalAt({ subjects }: SizeResults, subject: string): number | undefined {
  const measurement = subjects.get(subject);
  return measurement && totalOf(measurement);
}

/** A run without what stock cdk8s does not do: it builds no clusters and checks nothing. */
function unjudged(measurement: Measurement | undefined): number | undefined {
  if (!measurement) {
    return undefined;
  }
  const { bounds = 0, clusters = 0, checks = 0, scripts = 0 } = measurement.phases;
  return totalOf(measurement) - bounds - clusters - checks - scripts;
}

function phaseTime(size: SizeResults, subject: string, ...phases: string[]): number | undefined {
  const measurement = size.subjects.get(subject);
  return measurement && phases.reduce((sum, phase) => sum + (measurement.phases[phase] ?? 0), 0);
}

/** How long after its start a process has imported. */
function importedAfter({ subjects }: SizeResults, subject: string): number {
  const measurement = subjects.get(subject)!;
  return measurement.startMilliseconds! + totalOf(measurement);
}

function quotient(size: SizeResults, above: string, below: string): number | undefined {
  return divided(totalAt(size, above), totalAt(size, below));
}

function divided(above: number | undefined, below: number | undefined): number | undefined {
  return above === undefined || !below ? undefined : above / below;
}

/** The exponent of the tenants that the time grows with, of the two largest sizes that have one. */
function growth(sizes: readonly SizeResults[], times: readonly (number | undefined)[]): string {
  const known = sizes.flatMap(({ tenants }, index) =>
    times[index] ? [{ tenants, time: times[index] }] : [],
  );
  if (known.length < 2) {
    return NOT_MEASURED;
  }
  const [smaller, larger] = known.slice(-2);
  const exponent =
    Math.log(larger.time / smaller.time) / Math.log(larger.tenants / smaller.tenants);
  return exponent.toFixed(2);
}

function inSeconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? NOT_MEASURED : (milliseconds / 1000).toFixed(3);
}

function decimals(ratio: number | undefined): string {
  return ratio?.toFixed(2) ?? NOT_MEASURED;
}

/** Aligned, as prettier leaves it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column].length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => '-'.repeat(column === 0 ? width : width - 1) + (column === 0 ? '' : ':')).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
