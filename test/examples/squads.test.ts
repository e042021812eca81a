import * as fs from 'fs';
import * as path from 'path';
import { readSquads } from '../../examples/squads/inventory';
import { squads } from '../../examples/squads/main';
import { validateAgainstSchemas } from '../schemas/schema-table';
import { objectsIn, readTree, synthesized, temporaryDirectory } from '../synthesized';

const INVENTORY = path.join(__dirname, '../../examples/squads/squads.yaml');

/** Synthesizes an inventory of these lines. */
function synthesizeInventory(...lines: string[]) {
  const directory = temporaryDirectory();
  const file = path.join(directory, 'squads.yaml');
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
  const outdir = path.join(directory, 'out');
  return { outdir, run: () => squads(outdir, file).synth() };
}

describe('the squads example', () => {
  const written = synthesized(squads(temporaryDirectory()));

  test('has 80 squads', () => {
    expect(readSquads(INVENTORY)).toHaveLength(80);
    const staging = objectsIn(written.get('fleet-infra/clusters/staging/tenants.yaml'));
    expect(staging).toHaveLength(80);
  });

  test('writes nothing that the API server does not know', () => {
    let objects = 0;
    for (const [file, text] of written) {
      for (const object of file.endsWith('.yaml') ? objectsIn(text) : []) {
        objects++;
        expect({ file, errors: validateAgainstSchemas(object) }).toEqual({ file, errors: [] });
      }
    }
    expect(objects).toBeGreaterThan(1000);
  });

  test('grows by one directory, its overlays, and lines in two lists and in the scripts that verify clusters for one more entry', () => {
    const before = synthesizeInventory('squads:', '  - name: one');
    const after = synthesizeInventory('squads:', '  - name: one', '  - name: two');
    before.run();
    after.run();
    const [a, b] = [readTree(before.outdir), readTree(after.outdir)];
    const touched = [...b].filter(([file, text]) => a.get(file) !== text).map(([file]) => file);
    expect(touched.filter((file) => !file.includes('/two/'))).toEqual([
      'fleet-infra/.files-owned-by-cdk8s-flux-tenants',
      'fleet-infra/clusters/prod/tenants.yaml',
      'fleet-infra/clusters/prod/verify.sh',
      'fleet-infra/clusters/staging/tenants.yaml',
      'fleet-infra/clusters/staging/verify.sh',
    ]);
  });

  test.each([
    [['squads:', '  - name: a', '    slackChanel: x'], "squads.yaml:3: 'slackChanel' is no field"],
    [
      ['squads:', '  - name: a', '    environments: staging'],
      'squads.yaml:3: \'environments\' must be a list of texts, got "staging"',
    ],
    [
      ['squads:', '  - name: a', '', '  - name: a'],
      "squads.yaml:4: squad 'a' is there already, at ",
    ],
    [['squads:', '  - quota: {}'], "squads.yaml:2: a squad must have a 'name'"],
    [['squads:', '  - name: on', '  - Bad'], 'squads.yaml:3: must be a map'],
    [['squads:', '  - name: Bad_Name'], 'squads.yaml:2: tenant name must be lowercase letters'],
    [
      ['squads:', '  - name: a', '    environments: [prod]'],
      "squads.yaml:2: environment must be one of production, staging, got 'prod'",
    ],
    [['squads:', '  - name: a', '    quota: { cpus: 4 }'], "squads.yaml:3: 'quota' has no 'cpus'"],
    [['squads:', '  - name: a', '    version: latest'], 'squads.yaml:2: semver range must be'],
    [['squads:', '  - name: kube-system'], "squads.yaml:2: tenant must not be named 'kube-system'"],
    [['squads:', '  - name: a', '    name: b'], 'squads.yaml:3: DUPLICATE_KEY'],
    [['squads: {'], 'squads.yaml:2: '],
    [['teams: []'], "there must be a list 'squads'"],
    [[''], "there must be a list 'squads'"],
    [['squads:', '  - name: a', '    __proto__: x'], "squads.yaml:3: '__proto__' is no field"],
  ])('refuses %j with its line, and writes nothing', (lines, message) => {
    const { outdir, run } = synthesizeInventory(...lines);
    expect(run).toThrow(message);
    expect(fs.existsSync(outdir)).toBe(false);
  });

  test('reports every bad entry at once', () => {
    const { run } = synthesizeInventory('squads:', '  - name: A', '  - name: b', '  - name: C');
    expect(run).toThrow(/squads\.yaml:2: [^]*squads\.yaml:4: /);
  });
});
