import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

type Library = typeof import('../src');

/** The same small program with whichever of the two. */
function program({ Cluster, Fleet, FleetRepo, Tenant }: Library) {
  const app = new Fleet();
  const fleet = new FleetRepo(app, 'fleet-infra', { registry: 'ghcr.io/acme/manifests' });
  const prod = new Cluster(fleet, 'prod', { environment: 'production' });
  new Tenant(fleet, 'team-a', { clusters: [prod] });
  return { judged: app.judge(), fleet };
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const LIB = path.join(__dirname, '../lib');
const isLoaded = (file: string): boolean => path.join(LIB, file) in require.cache;
/* eslint-disable @typescript-eslint/no-require-imports -- when each is loaded is what is looked at */
const compiled: Library = require('../lib');
if (isLoaded('constructs/tenant.js') || isLoaded('synth/fleet.js')) {
  fail('the compiled library loads constructs that nobody asked for');
}
const sources: Library = require('../src');
// Of sources that are only transpiled, names of types are left, with nothing behind them.
const names = [sources, compiled].map((library) =>
  Object.entries(library)
    .flatMap(([name, value]) => (value === undefined ? [] : [name]))
    .sort()
    .join(),
);
if (names[0] !== names[1]) {
  fail(`the compiled library exports other names than the sources:\n${names.join('\n')}`);
}
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-flux-tenants-'));
const written = program(sources);
written.judged.write(written.fleet, root);
const again = program(compiled);
const { created, updated, removed, unchanged } = again.judged.plan(again.fleet, root);
fs.rmSync(root, { recursive: true, force: true });
if (unchanged.length === 0 || created.length + updated.length + removed.length > 0) {
  fail('the compiled library writes other files than the sources');
}
console.log(`the compiled library writes the ${unchanged.length} files that the sources write`);
