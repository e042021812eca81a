import { acme } from '../../examples/acme/main';
import { temporaryDirectory } from '../synthesized';
import { goldenTests } from './golden-tests';

describe('the acme example', () => {
  const written = goldenTests('acme', acme(temporaryDirectory()));

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

  test('is read but for what lies outside of the program', () => {
    const { unread } = acme(temporaryDirectory()).audit();
    expect(unread.filter((what) => !/\/gotk-(?:components|sync)\.yaml$/.test(what))).toEqual([
      "tenants/base/team-c/helm-releases.yaml what HelmRelease 'podinfo' in namespace 'team-c' installs",
      "tenants/base/team-c/sync.yaml what Kustomization 'apps' in namespace 'team-c' applies",
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
