import { measure } from '../../tools/bench/measure';
import { results } from '../../tools/bench/results';
import { PHASES, resultsPage } from '../../tools/bench/results-page';
import { resultsPlot } from '../../tools/bench/results-plot';
import { SUBJECTS } from '../../tools/bench/subjects';
import { temporaryDirectory } from '../synthesized';

const work = temporaryDirectory();
const measured = results({ sizes: [1, 2], runs: 1, work }, measure, () => undefined);
const page = resultsPage(measured, 'Here.');

/** First cells of the rows below a heading. */
function rows(heading: string): string[] {
  const [, section] = page.split(`## ${heading}\n\n`);
  const lines = section.split('\n\n')[0].split('\n').slice(2);
  return lines.map((line) => line.split('|')[1].trim());
}

test('the bench tells the time of everything that it knows', () => {
  expect(rows('Seconds')).toEqual(SUBJECTS.map(({ title }) => title));
  expect(rows('Milliseconds of a synthesis by phase')).toEqual(Object.values(PHASES));
});

test('the bench measures all but kustomize on every machine', () => {
  for (const { subjects } of measured) {
    expect([...subjects.keys()].filter((id) => !id.startsWith('kustomize'))).toEqual(
      SUBJECTS.map(({ id }) => id).filter((id) => !id.startsWith('kustomize')),
    );
  }
});

test('the bench times every phase of a synthesis, and no phase that its table leaves out', () => {
  const { subjects } = measured[1];
  expect(Object.keys(subjects.get('cold')!.phases).sort()).toEqual(
    Object.keys(PHASES)
      .filter((phase) => phase !== 'tags')
      .sort(),
  );
  for (const { phases } of subjects.values()) {
    expect(Object.values(phases).every((time) => time >= 0)).toBe(true);
  }
  expect(Object.keys(subjects.get('committed')!.phases)).toContain('tags');
});

test('the bench compares with as many objects as the fleet has', () => {
  const [one, two] = measured;
  expect(one.objects).toBeGreaterThan(10);
  expect(two.objects).toBeGreaterThan(one.objects);
  expect(two.subjects.get('json')!.files).toBe(two.subjects.get('bytes')!.files);
});

test('the plot has a line for everything that was measured', () => {
  const plot = resultsPlot(measured);
  for (const { title } of SUBJECTS) {
    expect(plot).toContain(`>${title}</text>`);
  }
  expect(plot).not.toContain('NaN');
});
