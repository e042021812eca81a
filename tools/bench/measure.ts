import * as fs from 'fs';
import * as path from 'path';
import { kustomizeRun } from './kustomize-run';
import { PhaseClock } from './phase-clock';
import { Measurement } from './subjects';

/** Milliseconds that the start of Node took, in a process that measures one subject. */
const START = performance.now();

/** Runs one subject in this process. What it reads and does not make is loaded before the clock runs. */
export function measure(subject: string, tenants: number, work: string): Measurement | undefined {
  switch (subject) {
    case 'prepare':
      return prepared(tenants, work);
    case 'cold':
      fs.rmSync(outdir(work), { recursive: true, force: true });
      return synthesis(tenants, work, false);
    case 'unchanged':
      return synthesis(tenants, work, false);
    case 'changed':
      return synthesis(tenants, work, true);
    case 'committed':
      commitTags(outdir(work));
      return synthesis(tenants, work, true);
    case 'folder':
    case 'chart':
      return stock(subject, work);
    case 'import':
      return imported(programOfOneTenant);
    case 'import-cdk8s':
      return imported(() => [loaded('cdk8s'), loaded('constructs')]);
    case 'json':
    case 'bytes':
      return floor(subject, work);
    default:
      return kustomizeRun(subject, outdir(work), work);
  }
}

function outdir(work: string): string {
  return path.join(work, 'repositories');
}

function prepared(tenants: number, work: string): Measurement {
  const { benchFleet } = loaded<typeof import('./bench-fleet')>('./bench-fleet');
  const { storeFleet } = loaded<typeof import('./given-fleet')>('./given-fleet');
  const { renderProgram } = loaded<typeof import('../../src/synth/render-program')>(
    '../../src/synth/render-program',
  );
  fs.mkdirSync(work, { recursive: true });
  const objects = storeFleet(renderProgram(benchFleet({ outdir: outdir(work), tenants })), work);
  return { phases: {}, peakMegabytes: peakMegabytes(), objects };
}

function synthesis(tenants: number, work: string, changed: boolean): Measurement {
  const clock = new PhaseClock();
  clock.during('import', programOfOneTenant);
  clock.during('engine', () => loaded('../../src/synth/synthesis'));
  const { timedSynthesis } = loaded<typeof import('./synth-phases')>('./synth-phases');
  const { benchFleet } = loaded<typeof import('./bench-fleet')>('./bench-fleet');
  const options = { outdir: outdir(work), tenants, changed };
  const fleet = clock.during('construct', () => benchFleet(options));
  timedSynthesis(clock, () => fleet.synth());
  return { phases: clock.phases, peakMegabytes: peakMegabytes() };
}

/** What a program of one tenant names; the index loads other constructs when they are first asked for. */
function programOfOneTenant(): unknown {
  const { Cluster, Fleet, FleetRepo, Tenant } = loaded<typeof import('../../src')>('../../src');
  return [Cluster, Fleet, FleetRepo, Tenant];
}

function imported(load: () => unknown): Measurement {
  const clock = new PhaseClock();
  clock.during('import', load);
  return { phases: clock.phases, peakMegabytes: peakMegabytes(), startMilliseconds: START };
}

/** What image automation does to the repositories of apps. */
function commitTags(repositories: string): void {
  for (const name of fs.readdirSync(repositories).filter((one) => one.startsWith('team-'))) {
    const file = path.join(repositories, name, 'apps', name, 'shop/deployment.yaml');
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, text.replace('/shop:1.0.0 #', '/shop:1.1.0 #'));
  }
}

/** The same objects as plain cdk8s has them: a chart for each owner, and no checks at all. */
function stock(subject: 'folder' | 'chart', work: string): Measurement {
  const { storedCharts } = loaded<typeof import('./given-fleet')>('./given-fleet');
  const charts = storedCharts(work);
  const clock = new PhaseClock();
  const cdk8s = clock.during('import', () => loaded<typeof import('cdk8s')>('cdk8s'));
  const directory = emptied(path.join(work, 'stock'));
  const { FILE_PER_CHART, FOLDER_PER_CHART_FILE_PER_RESOURCE } = cdk8s.YamlOutputType;
  const app = new cdk8s.App({
    outdir: directory,
    yamlOutputType: subject === 'chart' ? FILE_PER_CHART : FOLDER_PER_CHART_FILE_PER_RESOURCE,
  });
  clock.during('construct', () =>
    charts.forEach(({ manifests }, index) => {
      const chart = new cdk8s.Chart(app, `chart-${index}`);
      manifests.forEach((manifest, id) => new cdk8s.ApiObject(chart, `object-${id}`, manifest));
    }),
  );
  clock.during('synth', () => app.synth());
  return { phases: clock.phases, peakMegabytes: peakMegabytes() };
}

/** What no program that writes these files can do without. */
function floor(subject: 'json' | 'bytes', work: string): Measurement {
  const { storedFiles } = loaded<typeof import('./given-fleet')>('./given-fleet');
  const files = storedFiles(work);
  const directory = emptied(path.join(work, 'floor'));
  const clock = new PhaseClock();
  const made = new Set<string>();
  clock.during('write', () => {
    for (const { path: file, text, manifests } of files) {
      const target = path.join(directory, file);
      const above = path.dirname(target);
      if (!made.has(above)) {
        fs.mkdirSync(above, { recursive: true });
        made.add(above);
      }
      const json = () => manifests.map((manifest) => JSON.stringify(manifest)).join('\n');
      fs.writeFileSync(target, subject === 'json' ? json() : text);
    }
  });
  return { phases: clock.phases, peakMegabytes: peakMegabytes(), files: files.length };
}

function emptied(directory: string): string {
  fs.rmSync(directory, { recursive: true, force: true });
  fs.mkdirSync(directory, { recursive: true });
  return directory;
}

function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** A module at the moment when it is asked for: loading is a phase of its own. */
function loaded<Module>(id: string): Module {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` would load it before the clock runs
  return require(id);
}

if (require.main === module) {
  const [subject, tenants, work] = process.argv.slice(2);
  console.log(JSON.stringify(measure(subject, Number(tenants), work) ?? null));
}
