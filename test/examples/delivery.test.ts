import * as path from 'path';
import { parse } from 'yaml';
import { delivery } from '../../examples/delivery/main';
import { audit } from '../../src/cli/audit';
import { goldenDelivery } from '../../tools/golden-delivery';
import { validateAgainstSchemas } from '../schemas/schema-table';
import { find, objectsIn, readTree, synthesized, temporaryDirectory } from '../synthesized';

const golden = readTree(path.join(__dirname, '../golden/delivery'));
const files = synthesized(delivery(temporaryDirectory()));
const manifests = [...files.keys()].filter((file) => /^(?!.*\/\.)[^]*\.yaml$/.test(file));

test('writes what was reviewed in test/golden/delivery', () => {
  const written = goldenDelivery(temporaryDirectory());
  expect([...written.keys()].sort()).toEqual([...golden.keys()]);
  for (const [file, text] of golden) {
    expect(written.get(file)).toBe(text);
  }
});

test('writes nothing that the API server does not know', () => {
  for (const file of manifests) {
    for (const object of objectsIn(files.get(file))) {
      expect([file, validateAgainstSchemas(object)]).toEqual([file, []]);
    }
  }
});

const JOBS = {
  payments: () => parse(files.get('payments/.github/workflows/publish.yaml')!).env,
  ledger: () => {
    const [script] = parse(files.get('ledger/.gitlab-ci.yml')!)['publish-manifests'].script;
    const assigned = [...script.matchAll(/^([A-Z_]+)='(.*)'$/gm)];
    return Object.fromEntries(assigned.map(([, name, value]) => [name, value]));
  },
};

describe.each(Object.entries(JOBS))('what CI publishes for %s', (squad, jobOf) => {
  const job = jobOf();
  const source = objectsIn(files.get(`fleet-infra/tenants/base/${squad}/sources.yaml`))[0].spec;

  test('is what its source fetches, signed by whom that takes', () => {
    expect(`oci://${job.ARTIFACT}`).toBe(source.url);
    expect(source.verify.matchOIDCIdentity).toEqual([{ issuer: job.ISSUER, subject: job.SUBJECT }]);
  });

  test('is built where its sync builds', () => {
    const [sync] = objectsIn(files.get(`fleet-infra/tenants/base/${squad}/sync.yaml`));
    const built = path.posix.join(squad, job.DIRECTORY, sync.spec.path, 'kustomization.yaml');
    expect(files.has(built)).toBe(true);
  });
});

test('finds nothing to say of what clusters get once both squads have published', () => {
  const outdir = temporaryDirectory();
  delivery(outdir).synth();
  const below = (directory: string) => path.join(outdir, directory);
  const artifact = (squad: keyof typeof JOBS) => ({
    directory: below(path.join(squad, JOBS[squad]().DIRECTORY)),
    url: `oci://${JOBS[squad]().ARTIFACT}`,
  });
  const { fleet, result } = audit(
    [{ directory: below('fleet-infra') }, artifact('payments'), artifact('ledger')],
    'strict',
  );
  expect(result.findings).toEqual([]);
  for (const cluster of fleet.clusters) {
    const canaries = cluster.objects.filter(({ manifest }) => manifest.kind === 'Canary');
    expect(canaries.map(({ manifest }) => manifest.metadata.name).sort()).toEqual([
      'ledger',
      'payments',
    ]);
  }
});

test('tells a squad of all that can fail, of canaries by Flagger', () => {
  const team: any = delivery(temporaryDirectory()).node.findChild('fleet-infra').node;
  const heard = team.findChild('payments').node.findChild('failures').coverage();
  expect(heard.filter((one: any) => !one.isCovered).map((one: any) => one.kind)).toEqual([
    'Canary',
  ]);
  const canary = find(files, 'Canary', 'payments').spec;
  expect(canary.analysis.alerts).toEqual([
    { name: 'rollouts', providerRef: { name: 'rollouts' }, severity: 'error' },
  ]);
});
