/** What is measured. */
export interface Subject {
  readonly id: string;
  readonly title: string;
  /** The most tenants that it is asked for, where its time grows with the square of them. */
  readonly upTo?: number;
}

/** In the order in which they run: what comes later reads what the first two have written. */
export const SUBJECTS: readonly Subject[] = [
  { id: 'cold', title: 'cdk8s-flux-tenants, judged and written' },
  { id: 'unchanged', title: 'cdk8s-flux-tenants again, nothing changed' },
  { id: 'changed', title: 'cdk8s-flux-tenants again, one tenant changed' },
  { id: 'committed', title: 'cdk8s-flux-tenants again, Flux committed a tag to every app' },
  { id: 'folder', title: 'stock cdk8s, a file per resource in a folder per chart' },
  { id: 'chart', title: 'stock cdk8s, a file per chart (its default)', upTo: 800 },
  { id: 'json', title: 'floor: JSON.stringify and write' },
  { id: 'bytes', title: 'floor: write the same bytes' },
  { id: 'import', title: 'import: what a program of one tenant names' },
  { id: 'import-cdk8s', title: 'import: cdk8s and constructs' },
  { id: 'kustomize-root', title: 'kustomize, the root of one cluster' },
  { id: 'kustomize-list', title: 'kustomize, the longest list of tenants of one cluster' },
  { id: 'kustomize-tenant', title: 'kustomize, one tenant' },
  {
    id: 'kustomize-all',
    title: 'kustomize, all tenants in one build (which is not written)',
    upTo: 80,
  },
];

/** One run of one subject. */
export interface Measurement {
  /** Milliseconds by phase; all of them together are the run. */
  readonly phases: Readonly<Record<string, number>>;
  readonly peakMegabytes: number;
  /** What the start of Node took, before the first phase. */
  readonly startMilliseconds?: number;
  /** Objects that the program holds, where it counts them. */
  readonly objects?: number;
  /** Files that were written. */
  readonly files?: number;
}

/** Measures a subject at a size; undefined where a tool that it takes is missing. */
export type Measure = (subject: string, tenants: number, work: string) => Measurement | undefined;

export function totalOf({ phases }: Measurement): number {
  return Object.values(phases).reduce((sum, one) => sum + one, 0);
}
