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

const temporary: string[] = [];
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

/** What `app.synth()` writes, by path from the outdir. Fails when it does not warn of exactly `warnings`. */
export function synthesized(app: Fleet, warnings: string[] = []): Map<string, string> {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    app.synth();
    const told = write.mock.calls.map(([text]) => text);
    expect(told).toEqual(warnings.map((warning) => `warning ${warning}\n`));
  } finally {
    write.mockRestore();
  }
  return readTree(app.outdir);
}

/** The objects in a file. */
export function objectsIn(text: string | undefined): any[] {
  return parseAllDocuments(text ?? '').map((document) => document.toJS());
}

const read = new WeakMap<Map<string, string>, any[]>();

/** Every object, kustomize files left out; the same objects each time, because most tests ask several times. */
export function allObjects(files: Map<string, string>): any[] {
  const known =
    read.get(files) ??
    [...files]
      .filter(([file]) => file.endsWith('.yaml') && !file.endsWith('/kustomization.yaml'))
      .flatMap(([, text]) => objectsIn(text));
  read.set(files, known);
  return known;
}

/** The one object of a kind, and of a name where it is given. */
export function find(files: Map<string, string>, kind: string, name?: string): any {
  const found = allObjects(files).filter(
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
  const app = new Fleet({ outdir: temporaryDirectory() });
  const registry = 'ghcr.io/acme/manifests';
  const fleet = new FleetRepo(app, 'fleet-infra', { registry, tenantRules, admission });
  const prod = new Cluster(fleet, 'prod', { environment: 'production', flux });
  const staging = new Cluster(fleet, 'staging', { environment: 'staging', flux });
  const tenant = (id: string, props: Partial<TenantProps> = {}) =>
    new Tenant(fleet, id, { clusters: [prod, staging], ...props });
  return { app, fleet, prod, staging, tenant };
}
