import { runChecks } from '../../src/checks/run-checks';
import { buildSize } from '../../src/checks/rules/build-size';
import { viewClusters } from '../../src/clusters/view-clusters';
import { configMapOf, repositoryOf, syncOf } from '../clusters/repository-of';

/** So many objects, as one file. */
const objects = (count: number, prefix = 'settings') =>
  Array.from({ length: count }, (_, index) => configMapOf(`${prefix}-${index}`)).join('---\n');

function found(files: Record<string, string>) {
  const root = syncOf('flux-system', { path: 'clusters/prod' });
  const fleet = viewClusters([
    repositoryOf('fleet', { 'clusters/prod/flux-system/gotk-sync.yaml': root, ...files }),
  ]);
  const { findings } = runChecks(fleet, { profile: 'recommended', checks: [buildSize] });
  return findings.map(({ path, severity, message }) => ({ path, severity, message }));
}

const APPS = 'clusters/prod/apps.yaml';

describe('a Kustomization of many objects', () => {
  test.each([
    [1000, 0],
    [1001, 1],
  ])('of %d objects has %d warnings', (count, warnings) => {
    const findings = found({
      [APPS]: syncOf('apps', { path: 'apps' }),
      'apps/settings.yaml': objects(count),
    });
    expect(findings).toHaveLength(warnings);
    findings.forEach(({ path, severity, message }) => {
      expect({ path, severity }).toEqual({ path: APPS, severity: 'warning' });
      expect(message).toContain('Kustomization flux-system/apps applies 1001 objects in one build');
    });
  });

  test('is none when its objects are those of several Kustomizations', () => {
    const findings = found({
      [APPS]: `${syncOf('eu', { path: 'eu' })}---\n${syncOf('us', { path: 'us' })}`,
      'eu/settings.yaml': objects(600, 'eu'),
      'us/settings.yaml': objects(600, 'us'),
    });
    expect(findings).toEqual([]);
  });

  test('is not built while it is suspended', () => {
    const findings = found({
      [APPS]: syncOf('apps', { path: 'apps', spec: 'suspend: true' }),
      'apps/settings.yaml': objects(1001),
    });
    expect(findings).toEqual([]);
  });

  test('that are of no cluster is nothing that Flux builds', () => {
    expect(found({ 'apps/settings.yaml': objects(1001) })).toEqual([]);
  });
});

describe('a root of many objects', () => {
  test('is told once, where most of them are, with what this library has for tenants', () => {
    const findings = found({
      'clusters/prod/few.yaml': objects(400, 'few'),
      'clusters/prod/many.yaml': objects(600, 'many'),
    });
    expect(findings).toEqual([
      {
        path: 'clusters/prod/many.yaml',
        severity: 'warning',
        message: expect.stringMatching(
          /ConfigMap \S+many-0 is in the largest file of a root that applies 1001 objects.*tenantLists/,
        ),
      },
    ]);
  });

  test('counts none of those that its Kustomizations apply', () => {
    const findings = found({
      'clusters/prod/settings.yaml': objects(600, 'own'),
      [APPS]: syncOf('apps', { path: 'apps' }),
      'apps/settings.yaml': objects(600),
    });
    expect(findings).toEqual([]);
  });
});
