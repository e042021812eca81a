import { forbidsCrossNamespace } from '../../src/checks/lockdown';
import { argumentPatch, fluxPatchedBy } from '../../src/checks/lockdown-example';
import { components, deployment, ids, instance, prod, TENANT } from './flux-repository';
import { syncOf } from './found-by';

const CORE = ['source-controller', 'kustomize-controller', 'helm-controller'];

/** Something that a tenant applies to its own namespace. */
function theirs(text: string): string {
  const sync = syncOf('theirs', {
    namespace: 'team-a',
    spec: 'path: ./theirs\nserviceAccountName: team-a\nsourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}',
  });
  return `# file: clusters/prod/theirs.yaml\n${sync}# file: theirs/flux.yaml\n${text}`;
}

const LOCKED = ['--no-cross-namespace-refs=true', '--default-service-account=default'];
const DECOY = deployment('kustomize-controller', ...LOCKED, '--no-remote-bases=true');
const OPEN = fluxPatchedBy(argumentPatch('--log-level=debug', 'kustomize-controller'));

test.each([
  [
    'a Deployment in its own namespace',
    DECOY.replace('namespace: flux-system', 'namespace: team-a'),
  ],
  ['a Deployment beside Flux', DECOY],
  [
    'a FluxInstance',
    instance({ cluster: { multitenant: true } }).replace(
      'namespace: flux-system',
      'namespace: team-a',
    ),
  ],
])('a tenant cannot make Flux seem locked down by %s', (_, decoy) => {
  const view = prod(TENANT + OPEN + theirs(decoy));
  expect(view.objects.some(({ document }) => document.path === 'theirs/flux.yaml')).toBe(true);
  expect(forbidsCrossNamespace(view, 'kustomize-controller')).toBe(false);
  expect(ids(TENANT + OPEN + theirs(decoy))).toEqual(ids(TENANT + OPEN));
});

test('a tenant cannot make it unknown how Flux runs', () => {
  const flux = components(...CORE.map((name) => deployment(name)));
  const same =
    TENANT + OPEN + flux + theirs(DECOY.replace('namespace: flux-system', 'namespace: team-a'));
  expect(forbidsCrossNamespace(prod(same), 'kustomize-controller')).toBe(false);
  expect(ids(same)).toContain('lockdown-cross-namespace');
});
