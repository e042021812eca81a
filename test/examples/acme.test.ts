import * as path from 'path';
import { acme } from '../../examples/acme/main';
import { validateAgainstSchemas } from '../schemas/schema-table';
import { objectsIn, readTree, synthesized, temporaryDirectory } from '../synthesized';

const golden = readTree(path.join(__dirname, '../golden/acme'));

describe('the acme example', () => {
  const written = synthesized(acme(temporaryDirectory()));

  test('writes the files of test/golden/acme, and no others', () => {
    expect([...written.keys()]).toEqual([...golden.keys()]);
  });

  test.each([...golden.keys()])('writes %s as it was reviewed', (file) => {
    expect(written.get(file)).toBe(golden.get(file));
  });

  test.each([...golden.keys()].filter((file) => file.endsWith('.yaml')))(
    'writes nothing to %s that the API server does not know',
    (file) => {
      const objects = objectsIn(golden.get(file));
      expect(objects.length).toBeGreaterThan(0);
      for (const object of objects) {
        expect(validateAgainstSchemas(object)).toEqual([]);
      }
    },
  );

  test('says which tags Flux may rewrite', () => {
    const marked = [...written].flatMap(([file, text]) =>
      text
        .split('\n')
        .filter((line) => line.includes('$imagepolicy'))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(marked).toEqual([
      'team-a/apps/team-a/podinfo/deployment.yaml: - image: ghcr.io/acme-platform/podinfo:main-abc123-1718000000 # {"$imagepolicy": "team-a:podinfo"}',
      'team-b/apps/team-b/checkout/deployment.yaml: - image: registry.example.com/team/checkout:1.2.3 # {"$imagepolicy": "team-b:checkout"}',
    ]);
  });

  test('gives the command that installs Flux on each cluster', () => {
    const app = acme(temporaryDirectory());
    const cluster: any = app.node.findChild('fleet-infra').node.findChild('staging');
    expect(cluster.bootstrapCommand()).toBe(
      [
        'flux bootstrap github',
        '--owner=acme-platform',
        '--repository=fleet-infra',
        '--branch=main',
        '--path=clusters/staging',
        '--components-extra=image-reflector-controller,image-automation-controller',
      ].join(' \\\n  '),
    );
  });
});
