import { runChecks } from '../../src/checks/run-checks';
import { kustomizeBuild } from '../../src/checks/rules/kustomize-build';
import { viewClusters } from '../../src/clusters/view-clusters';
import { configMapOf, repositoryOf, syncOf } from '../clusters/repository-of';

const gotk = (cluster: string): Record<string, string> => ({
  [`clusters/${cluster}/flux-system/gotk-sync.yaml`]: syncOf('flux-system', {
    path: `clusters/${cluster}`,
  }),
});

function found(files: Record<string, string>) {
  const fleet = viewClusters([repositoryOf('fleet', files)]);
  const { findings } = runChecks(fleet, { profile: 'recommended', checks: [kustomizeBuild] });
  return findings.map(({ path, line, message, clusters }) => ({ path, line, message, clusters }));
}

const NO_YAML = "patches:\n  - target: { kind: ConfigMap }\n    patch: 'a: [b'";

test('a patch of a sync that is no YAML is told at the sync, and by its name', () => {
  const findings = found({
    ...gotk('prod'),
    'clusters/prod/apps.yaml': `${configMapOf('other')}---\n${syncOf('apps', { spec: NO_YAML })}`,
    'apps/kustomization.yaml': 'resources: [settings.yaml]',
    'apps/settings.yaml': configMapOf('settings'),
  });
  expect(findings).toEqual([
    {
      path: 'clusters/prod/apps.yaml',
      line: 21, // of the item of patches
      message: expect.stringContaining(
        "clusters/prod/apps.yaml has Kustomization flux-system/apps, as which 'apps' does not build: the patch is no YAML",
      ),
      clusters: ['prod'],
    },
  ]);
});

test.each([
  ['patches: none', '/spec/patches must be a list'],
  ['images: [{ name: 1, newTag: [] }]', '/spec/images/0/newTag must be a text in quotes'],
  ['components: [nowhere]', "'nowhere' is not there"],
  ['components: [https://example.com/x]', 'must be a path that is local and relative'],
  ['patches:\n  - patch: ""', 'a patch must have either a path or a patch'],
])('what a sync adds is told at the sync when it is wrong: %s', (spec, message) => {
  const [finding, ...more] = found({
    ...gotk('prod'),
    'clusters/prod/apps.yaml': syncOf('apps', { spec }),
    'apps/settings.yaml': configMapOf('settings'),
  });
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ path: 'clusters/prod/apps.yaml', clusters: ['prod'] });
  expect(finding.message).toContain(message);
});

test('a sync that two clusters get is told once, with both', () => {
  const findings = found({
    ...gotk('prod'),
    ...gotk('test'),
    'base/apps.yaml': syncOf('apps', { spec: NO_YAML }),
    'clusters/prod/base.yaml': syncOf('base'),
    'clusters/test/base.yaml': syncOf('base'),
    'apps/settings.yaml': configMapOf('settings'),
  });
  expect(findings.filter(({ path }) => path === 'base/apps.yaml')).toMatchObject([
    { clusters: ['prod', 'test'] },
  ]);
});

test('a kustomization file that is wrong is told once, at itself, whoever builds it', () => {
  const findings = found({
    ...gotk('prod'),
    'clusters/prod/one.yaml': syncOf('one', { path: 'apps' }),
    'clusters/prod/two.yaml': syncOf('two', { path: 'apps' }),
    'apps/kustomization.yaml': 'resources: [settings.yaml, missing.yaml]',
    'apps/settings.yaml': configMapOf('settings'),
  });
  expect(findings).toEqual([
    {
      path: 'apps/kustomization.yaml',
      line: 1,
      message: "apps/kustomization.yaml does not build: 'missing.yaml' is not there",
      clusters: [],
    },
  ]);
});

test('what is wrong in a directory without a kustomization file is told at the sync', () => {
  const findings = found({
    ...gotk('prod'),
    'clusters/prod/apps.yaml': syncOf('apps'),
    'apps/settings.yaml': configMapOf('settings'),
    'apps/part/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: x-\n',
  });
  expect(findings).toMatchObject([
    {
      path: 'clusters/prod/apps.yaml',
      message: expect.stringContaining("'part' must be a Kustomization, and is a Component"),
    },
  ]);
});

test('what flux bootstrap is to write is still to come at the root alone', () => {
  const kustomization = 'resources: [gotk-components.yaml]';
  const findings = found({
    'clusters/prod/apps.yaml': syncOf('apps'),
    'clusters/prod/flux-system/kustomization.yaml': kustomization,
    'apps/kustomization.yaml': kustomization,
  });
  expect(findings).toEqual([
    expect.objectContaining({
      path: 'apps/kustomization.yaml',
      message: expect.stringContaining("'gotk-components.yaml' is not there"),
    }),
  ]);
});

test('no file is still to come because a message names it', () => {
  const [finding] = found({
    ...gotk('prod'),
    'clusters/prod/kustomization.yaml': 'resources: ["x gotk-components.yaml x"]',
  });
  expect(finding?.path).toBe('clusters/prod/kustomization.yaml');
});
