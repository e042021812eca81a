import { runChecks } from '../../src/checks/run-checks';
import { viewClusters } from '../../src/clusters/view-clusters';
import { configMapOf, repositoryOf, syncOf } from '../clusters/repository-of';

const CLUSTER = {
  'clusters/prod/flux-system/gotk-sync.yaml': syncOf('flux-system', { path: 'clusters/prod' }),
  'clusters/prod/apps.yaml': syncOf('apps'),
};
const APPS = {
  'apps/kustomization.yaml': 'resources: [settings.yaml]',
  'apps/settings.yaml': configMapOf('settings'),
};
const BROKEN = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n   labels: {}\n';
const TEMPLATES = {
  Helm: `${BROKEN}{{- if .Values.x }}\ndata: {}\n{{- end }}\n`,
  Jinja: `${BROKEN}{% if x %}\ndata: {}\n{% endif %}\n`,
  ERB: `${BROKEN}<% if x %>\ndata: {}\n<% end %>\n`,
};

function found(files: Record<string, string>): string[] {
  const fleet = viewClusters([repositoryOf('fleet', files)]);
  return runChecks(fleet, { profile: 'recommended' })
    .findings.filter(({ check }) => /readable/.test(check))
    .map(({ check, severity, path, line }) => `${severity} ${check} ${path}:${line}`);
}

test('a file that Flux cannot read is an error, told once however many faults follow from the first', () => {
  expect(found({ ...CLUSTER, 'apps/a.yaml': `${BROKEN}a: [\nb: {\n` })).toEqual([
    'error readable-file apps/a.yaml:4',
  ]);
});

test('a file that nothing builds is a warning beside what is built, and below it', () => {
  expect(
    found({ ...CLUSTER, ...APPS, 'apps/old.yaml': BROKEN, 'apps/old/a/b.yaml': BROKEN }),
  ).toEqual([
    'warning unbuilt-file-readable apps/old.yaml:4',
    'warning unbuilt-file-readable apps/old/a/b.yaml:4',
  ]);
});

test('a file that lies apart from what is built is left alone', () => {
  expect(found({ ...CLUSTER, ...APPS, 'docs/broken.yaml': BROKEN })).toEqual([]);
});

test('what is built at the root of a repository does not draw its directories in', () => {
  const files = {
    'flux-system/gotk-sync.yaml': syncOf('flux-system', { path: '' }),
    'kustomization.yaml': 'resources: [flux-system/gotk-sync.yaml]',
    'docs/broken.yaml': BROKEN,
    'broken.yaml': BROKEN,
  };
  expect(found(files)).toEqual(['warning unbuilt-file-readable broken.yaml:4']);
});

test('a file is an error wherever it lies when no cluster is read', () => {
  expect(found({ 'apps/a.yaml': BROKEN })).toEqual(['error readable-file apps/a.yaml:4']);
});

test.each(Object.entries(TEMPLATES))(
  'a template of %s is none, unless Flux applies it',
  (_, text) => {
    expect(found({ 'a.yaml': text })).toEqual([]);
    expect(found({ ...CLUSTER, ...APPS, 'apps/old.yaml': text })).toEqual([]);
    expect(found({ ...CLUSTER, 'apps/a.yaml': text })).toEqual([
      'error readable-file apps/a.yaml:4',
    ]);
  },
);

test('a chart is left alone, in a directory and at the root of a repository', () => {
  expect(found({ 'Chart.yaml': 'name: a', 'templates/a.yaml': BROKEN })).toEqual([]);
  expect(
    found({
      ...CLUSTER,
      ...APPS,
      'apps/x/Chart.yaml': 'name: a',
      'apps/x/templates/a.yaml': BROKEN,
    }),
  ).toEqual([]);
});

test('what a ConfigMap is generated from need not be YAML', () => {
  expect(
    found({
      ...CLUSTER,
      'apps/kustomization.yaml': 'configMapGenerator: [{ name: a, files: [a.yaml, b.yaml] }]',
      'apps/a.yaml': 'a: [',
      'apps/b.yaml': BROKEN,
    }),
  ).toEqual([]);
});
