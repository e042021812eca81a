import * as path from 'path';
import { runChecks } from '../../src/checks/run-checks';
import { readDirectory } from '../../src/cli/read-directory';
import { typeOf } from '../../src/clusters/applied-object';
import { viewClusters } from '../../src/clusters/view-clusters';
import { SourceDocument, SourceFile, SourceTree } from '../../src/inventory/source-file';
import { keysOf, pointerTo } from '../../src/vocabulary/json-pointer';
import { SAFE_TO_DROP } from './safe-to-drop';

const GOLDEN = path.join(__dirname, '../golden/acme');
const FILES = readDirectory(path.join(GOLDEN, 'fleet-infra')).files;

/** The repositories of apps, where Flux looks for markers. */
const APPS = ['team-a', 'team-b'].map((name) => ({
  name,
  tree: readDirectory(path.join(GOLDEN, name)),
  place: `github.com/acme-platform/${name}`,
}));

/** Kinds of which a tenant has several that bound different things. */
const BOUNDS = new Set(['NetworkPolicy', 'ResourceQuota']);

/** One field, or one object, that is taken away. */
interface Mutation {
  /** `group/Kind` and the pointer, with '*' for the number of an item; the kind alone is the whole object. */
  readonly title: string;
  readonly file: SourceFile;
  readonly document: SourceDocument;
  /** @default - the whole object */
  readonly pointer?: string;
}

/** One mutation of each title: what holds for one tenant's field holds for the others'. */
const MUTATIONS = new Map<string, Mutation>();
for (const file of FILES) {
  for (const document of file.documents) {
    const type = titleOf(document.manifest);
    add({ title: type, file, document });
    for (const pointer of pointersBelow(document.manifest, '')) {
      add({ title: `${type} ${generalized(pointer)}`, file, document, pointer });
    }
  }
}

const BASELINE = new Set(found(FILES));

test('the fleet has nothing to find before anything is taken away', () => {
  expect([...BASELINE]).toEqual([]);
});

test('whatever is taken from a fleet is noticed by a check, or is safe to take for a reason', () => {
  const unnoticed: string[] = [];
  const used = new Set<string>();
  for (const mutation of MUTATIONS.values()) {
    const safe = SAFE_TO_DROP.find(({ pattern }) => pattern.test(mutation.title));
    if (safe) {
      used.add(safe.reason);
    } else if (found(without(mutation)).length === 0) {
      unnoticed.push(`${mutation.title} (${mutation.file.path})`);
    }
  }
  expect(unnoticed).toEqual([]);
  expect(SAFE_TO_DROP.filter(({ reason }) => !used.has(reason))).toEqual([]);
});

function titleOf(manifest: any): string {
  const { name = '' } = manifest.metadata ?? {};
  const isBound = BOUNDS.has(manifest.kind);
  return `${typeOf(manifest)}${isBound ? ` ${name.replace(/^team-[abc]\b/, 'team')}` : ''}`;
}

function add(mutation: Mutation): void {
  if (!MUTATIONS.has(mutation.title)) {
    MUTATIONS.set(mutation.title, mutation);
  }
}

function found(files: readonly SourceFile[]): string[] {
  const fleet = viewClusters([{ name: 'fleet-infra', tree: new SourceTree(files) }, ...APPS]);
  return runChecks(fleet, { profile: 'strict' }).findings.map(
    ({ check, path: at, message }) => `${check} ${at} ${message}`,
  );
}

function without({ file, document, pointer }: Mutation): SourceFile[] {
  const documents = file.documents.flatMap((one) =>
    one !== document
      ? [one]
      : pointer === undefined
        ? []
        : [{ ...one, manifest: dropped(one.manifest, keysOf(pointer)) }],
  );
  return FILES.map((one) => (one === file ? { ...file, documents } : one));
}

function dropped(value: any, [key, ...rest]: string[]): any {
  if (rest.length > 0) {
    const child = dropped(value[key], rest);
    return Array.isArray(value)
      ? value.map((item, i) => (String(i) === key ? child : item))
      : { ...value, [key]: child };
  }
  if (Array.isArray(value)) {
    return value.filter((_, i) => String(i) !== key);
  }
  const { [key]: gone, ...left } = value;
  return left;
}

/** Pointers to everything below a value, maps and lists included. */
function pointersBelow(value: any, pointer: string): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.keys(value).flatMap((key) => {
    const below = pointerTo(pointer, key);
    return [below, ...pointersBelow(value[key], below)];
  });
}

function generalized(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}
