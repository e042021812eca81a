import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { Tree } from './trees';

/** A tree that is written by hand. */
export interface OddTree extends Tree {
  readonly name: string;
}

/** Trees of `odd-builds.yaml`, of which `t` is built. */
export function oddTrees(): OddTree[] {
  const written: any[] = parse(readFileSync(join(__dirname, 'odd-builds.yaml'), 'utf8'));
  return written.map(({ name, files, spec = {} }) => ({
    name,
    files,
    builds: [{ path: 't', spec }],
  }));
}
