import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import {
  Admission,
  Cluster,
  Fleet,
  FleetRepo,
  FluxInstallation,
  Tenant,
  TenantProps,
  TenantRules,
} from '../src';
import { OWNED_FILES } from '../src/repo/owned-files';
import * as writing from '../src/repo/write-files';

const temporary: string[] = [];
let fleets: string | undefined;
let count = 0;
afterAll(() =>
  temporary.forEach((directory) => fs.rmSync(directory, { force: true, recursive: true })),
);

/** A directory for the length of one test file. */
export function temporaryDirectory(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-flux-tenants-'));
  temporary.push(directory);
  return directory;
}

/** Every file below `root`, by its path from there. */
export function readTree(root: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of fs.readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      files.set(path.relative(root, file).split(path.sep).join('/'), fs.readFileSync(file, 'utf8'));
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What `app.synth()` would write into an empty outdir, by path from there; most tests ask, and the disk takes longer than all
 * else. Fails when it does not warn of exactly `warnings`.
 */
export function synthesized(app: Fleet, warnings: string[] = []): Map<string, string> {
  const files = new Map<string, string>();
  const write = jest.spyOn(writing, 'writeFiles').mockImplementation(({ plan, texts, list }) => {
    const directory = path.relative(app.outdir, plan.root);
    texts.forEach((text, file) => files.set(`${directory}/${file}`, text));
    files.set(`${directory}/${OWNED_FILES}`, list(texts.keys()));
    return plan;
  });
  const tell = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    app.synth();
    const told = tell.mock.calls.map(([text]) => text);
    expect(told).toEqual(warnings.map((warning) => `warning ${warning}\n`));
  } finally {
    tell.mockRestore();
    write.mockRestore();
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The objects in a file. */
export function objectsIn(text: string | undefined): any[] {
  return parseAllDocuments(text ?? '').map((document) => document.toJS());
}

const read = new Map<string, any[]>();

/** The objects of a text, the same each time: programs write many files alike, and most tests ask several times. */
function objectsOnce(text: string): any[] {
  const known = read.get(text) ?? frozen(objectsIn(text));
  read.set(text, known);
  return known;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

/** Every object, kustomize files left out. */
export function allObjects(files: Map<string, string>): any[] {
  return [...files]
    .filter(([file]) => file.endsWith('.yaml') && !file.endsWith('/kustomization.yaml'))
    .flatMap(([, text]) => objectsOnce(text));
}

/** The one object of a kind, and of a name where it is given. */
export function find(files: Map<string, string>, kind: string, name?: string): any {
  const mayHold = new Map([...files].filter(([, text]) => text.includes(`kind: ${kind}`)));
  const found = allObjects(mayHold).filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  if (found.length !== 1) {
    throw new Error(`expected one ${kind} ${name ?? ''}, found ${found.length}`);
  }
  return found[0];
}

/** A small fleet: two clusters in two environments. */
export function smallFleet(
  options: { tenantRules?: TenantRules[]; flux?: FluxInstallation; admission?: Admission } = {},
) {
  const { tenantRules, flux, admission } = options;
  fleets ??= temporaryDirectory();
  const outdir = path.join(fleets, String(count++));
  fs.mkdirSync(outdir);
  const app = new Fleet({ outdir });
  const registry = 'ghcr.io/acme/manifests';
  const fleet = new FleetRepo(app, 'fleet-infra', { registry, tenantRules, admission });
  const prod = new Cluster(fleet, 'prod', { environment: 'production', flux });
  const staging = new Cluster(fleet, 'staging', { environment: 'staging', flux });
  const tenant = (id: string, props: Partial<TenantProps> = {}) =>
    new Tenant(fleet, id, { clusters: [prod, staging], ...props });
  return { app, fleet, prod, staging, tenant };
}
