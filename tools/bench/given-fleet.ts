import * as fs from 'fs';
import * as path from 'path';
import type { Rendered } from '../../src/synth/render-program';
import { grouped } from '../../src/vocabulary/grouped';

/** A file that the floors write. */
export interface GivenFile {
  readonly path: string;
  readonly text: string;
  readonly manifests: readonly unknown[];
}

/** Objects of one owner: a tenant, a cluster, a repository. */
export interface GivenChart {
  readonly owner: string;
  readonly manifests: readonly any[];
}

/** Stores what a fleet comes to, for the programs that it is compared with; returns how many objects that is. */
export function storeFleet({ inventory, repositories }: Rendered, work: string): number {
  const charts = grouped(inventory.objects, ({ location }) => location.owner);
  store(
    path.join(work, 'charts.ndjson'),
    [...charts].map(([owner, objects]) => ({
      owner,
      manifests: objects.map(({ manifest }) => manifest),
    })),
  );
  store(
    path.join(work, 'files.ndjson'),
    [...repositories].flatMap(([{ node }, { files }]) =>
      files.map(({ path: file, text, documents = [] }) => ({
        path: `${node.id}/${file}`,
        text,
        manifests: documents.map(({ manifest }) => manifest),
      })),
    ),
  );
  return inventory.objects.length;
}

export function storedCharts(work: string): GivenChart[] {
  return stored(path.join(work, 'charts.ndjson')) as GivenChart[];
}

export function storedFiles(work: string): GivenFile[] {
  return stored(path.join(work, 'files.ndjson')) as GivenFile[];
}

/** A line each: the JSON of a large fleet is longer than a string may be. */
function store(file: string, values: readonly unknown[]): void {
  const handle = fs.openSync(file, 'w');
  values.forEach((value) => fs.writeSync(handle, `${JSON.stringify(value)}\n`));
  fs.closeSync(handle);
}

function stored(file: string): unknown[] {
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}
