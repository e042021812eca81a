import * as path from 'path';
import { Measure, Measurement, Subject, SUBJECTS, totalOf } from './subjects';

export interface BenchOptions {
  /** Numbers of tenants, ascending. */
  readonly sizes: readonly number[];
  /** How often each subject runs at each size; the median is kept. What has more than `MOST_REPEATED` tenants runs once. */
  readonly runs: number;
  /** A directory for what the programs write. */
  readonly work: string;
}

/** Of so many tenants a run takes as long as all runs of fewer. */
export const MOST_REPEATED = 3000;

/** The medians of one size. */
export interface SizeResults {
  readonly tenants: number;
  readonly objects: number;
  /** By the id of the subject; without those that were too large or whose tool is missing. */
  readonly subjects: ReadonlyMap<string, Measurement>;
}

/** Measures every subject at every size. */
export function results(
  { sizes, runs, work }: BenchOptions,
  measure: Measure,
  tell: (line: string) => void,
): SizeResults[] {
  return sizes.map((tenants) => {
    const directory = path.join(work, String(tenants));
    const objects = measure('prepare', tenants, directory)!.objects!;
    const measured = new Map<string, Measurement[]>();
    for (let run = 1; run <= (tenants > MOST_REPEATED ? 1 : runs); run++) {
      for (const { id } of SUBJECTS.filter((subject) => isWithin(subject, tenants))) {
        const one = measure(id, tenants, directory);
        if (one) {
          measured.set(id, [...(measured.get(id) ?? []), one]);
          tell(`${tenants} tenants, run ${run}, ${id}: ${totalOf(one).toFixed(0)} ms`);
        }
      }
    }
    const medians = [...measured].map(([id, all]) => [id, medianOf(all)] as const);
    return { tenants, objects, subjects: new Map(medians) };
  });
}

function isWithin({ upTo = Infinity }: Subject, tenants: number): boolean {
  return tenants <= upTo;
}

/** The run with the median of the totals, so that its phases are of one run; of two in the middle, the slower. */
function medianOf(measurements: readonly Measurement[]): Measurement {
  const sorted = [...measurements].sort((a, b) => totalOf(a) - totalOf(b));
  return sorted[sorted.length >> 1];
}
