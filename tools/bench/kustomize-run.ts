import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { PhaseClock } from './phase-clock';
import { Measurement } from './subjects';

const COMMANDS = [
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
];

/** Builds what Flux builds of the fleet repository; undefined where there is no kustomize. */
export function kustomizeRun(
  subject: string,
  repositories: string,
  work: string,
): Measurement | undefined {
  const fleet = path.join(repositories, 'fleet-infra');
  const directory = directoryOf(subject, fleet, path.join(work, 'kustomize'));
  const clock = new PhaseClock();
  for (const [command, ...args] of COMMANDS) {
    const { error, status, stderr } = clock.during(command, () =>
      spawnSync(command, [...args, directory], { stdio: ['ignore', 'ignore', 'pipe'] }),
    );
    if (!error) {
      if (status !== 0) {
        throw new Error(`${command} cannot build ${directory}: ${stderr}`);
      }
      // Of a command that is not there, nothing counts.
      return { phases: { build: clock.phases[command] }, peakMegabytes: 0 };
    }
  }
  return undefined;
}

function directoryOf(subject: string, fleet: string, made: string): string {
  const overlays = path.join(fleet, 'tenants/production');
  switch (subject) {
    case 'kustomize-list': {
      const parts = path.join(fleet, 'tenants/lists/prod');
      return fs.existsSync(parts) ? longestOf(parts) : rootOf(fleet, made);
    }
    case 'kustomize-tenant':
      return path.join(overlays, fs.readdirSync(overlays)[0]);
    case 'kustomize-all':
      return listing(made, overlays, fs.readdirSync(overlays));
    default:
      return rootOf(fleet, made);
  }
}

/** Flux makes a kustomization file where there is none, and `flux bootstrap` the files of flux-system. */
function rootOf(fleet: string, made: string): string {
  const root = path.join(fleet, 'clusters/prod');
  const names = fs.readdirSync(root).filter((name) => name.endsWith('.yaml'));
  return listing(made, root, names);
}

/** The part whose list is the longest text. */
function longestOf(parts: string): string {
  const directories = fs.readdirSync(parts).map((name) => path.join(parts, name));
  const length = (directory: string) => fs.statSync(path.join(directory, 'tenants.yaml')).size;
  return directories.reduce((a, b) => (length(b) > length(a) ? b : a));
}

/** A directory whose kustomization file names copies, or for directories, the originals. */
function listing(made: string, from: string, names: readonly string[]): string {
  fs.rmSync(made, { recursive: true, force: true });
  fs.mkdirSync(made, { recursive: true });
  const resources = names.map((name) => {
    const original = path.join(from, name);
    if (fs.statSync(original).isDirectory()) {
      return path.relative(made, original);
    }
    fs.copyFileSync(original, path.join(made, name));
    return name;
  });
  fs.writeFileSync(path.join(made, 'kustomization.yaml'), JSON.stringify({ resources }));
  return made;
}
