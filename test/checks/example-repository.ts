import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { readDirectory } from '../../src/cli/read-directory';
import { gotkSync } from '../../src/checks/gotk-sync';
import { FleetView, viewClusters } from '../../src/clusters/view-clusters';
import { readSourceFile } from '../../src/inventory/read-source-file';
import { SourceFile, SourceTree } from '../../src/inventory/source-file';
import { Cluster, Fleet, FleetRepo, Tenant } from '../../src';

/** What `flux bootstrap` would have written for cluster 'prod', but for the components. */
const [, GOTK_PATH, GOTK_SYNC] = /^# file: (.+)\n([^]*)$/.exec(gotkSync())!;

const GOTK_FILE = readSourceFile(GOTK_PATH, GOTK_SYNC);

const EXAMPLE_FILE = 'clusters/prod/example.yaml';

/**
 * The repository of a check's example: a cluster 'prod' that is locked down, and what the example says. Documents before
 * any `# file: <path>` are applied by the cluster's root; `# with: tenant <name>` adds all that this library makes of a tenant, who
 * may fetch podinfo, the fleet and its own; files of the example replace it.
 */
export function exampleFleet(example: string): FleetView {
  const files = new Map<string, SourceFile>();
  const tenants = [...example.matchAll(/^# with: tenant (\S+)$/gm)].map(([, name]) => name);
  for (const file of [...synthesized(tenants), GOTK_FILE]) {
    files.set(file.path, file);
  }
  const parts = `# file: ${EXAMPLE_FILE}\n${example}`.split(/^# file: (\S+)\n/m).slice(1);
  for (let i = 0; i < parts.length; i += 2) {
    const text = parts[i + 1].replace(/^# with: .*\n/gm, '');
    if (text.trim() !== '') {
      files.set(parts[i], readSourceFile(parts[i], text));
    }
  }
  return viewClusters([{ name: 'fleet-infra', tree: new SourceTree(files.values()) }]);
}

const known = new Map<string, readonly SourceFile[]>();

function synthesized(tenants: readonly string[]): readonly SourceFile[] {
  const key = tenants.join(' ');
  const files = known.get(key) ?? synthesize(tenants);
  known.set(key, files);
  return files;
}

function synthesize(tenants: readonly string[]): readonly SourceFile[] {
  const outdir = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    const fleet = new Fleet({ outdir });
    const repo = new FleetRepo(fleet, 'fleet-infra', {
      registry: 'ghcr.io/acme-platform/manifests',
    });
    const cluster = new Cluster(repo, 'prod', { environment: 'production' });
    tenants.forEach((name) => {
      const sources = {
        git: [
          'https://git.example.com/acme/podinfo',
          'ssh://git@git.example.com/acme/fleet-infra',
          `ssh://git@git.example.com/acme/${name}`,
        ],
        images: ['registry.example.com/podinfo'],
        oci: ['oci://registry.example.com/podinfo'],
      };
      new Tenant(repo, name, { clusters: [cluster], sources });
    });
    fleet.synth();
    return readDirectory(join(outdir, 'fleet-infra')).files;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
