import { runChecks } from '../../src/checks/run-checks';
import { viewClusters } from '../../src/clusters/view-clusters';
import { configMapOf, repositoryOf, syncOf } from '../clusters/repository-of';

const BROKEN = configMapOf('settings', '{a: 1, a: 2}');

describe('a file that cannot be read is found', () => {
  test.each([
    ['where a cluster gets its directory', { 'clusters/prod/notes.yaml': '{{ nothing }: [' }],
    [
      'where a kustomization file names it',
      { 'spare/kustomization.yaml': 'resources: [a.yaml]\n', 'spare/a.yaml': '{{ nothing }: [' },
    ],
  ])('%s', (_, files) => {
    expect(found(files).length).toBeGreaterThan(0);
  });
});

describe('a file that cannot be read is let be', () => {
  test.each([
    ['in a chart of Helm', { 'app/Chart.yaml': 'name: app\n', 'app/templates/a.yaml': BROKEN }],
    ['where nothing is built that lies near it', { 'deploy/a.yaml': BROKEN }],
    ['where it is no object of Kubernetes', { 'ansible/main.yml': 'vars: {{ all }}: [' }],
  ])('%s', (_, files) => {
    expect(found(files)).toEqual([]);
  });
});

function found(files: Record<string, string>): string[] {
  const repository = repositoryOf('fleet', { 'clusters/prod/apps.yaml': syncOf('apps'), ...files });
  return runChecks(viewClusters([repository]), { profile: 'recommended' })
    .findings.filter(({ check }) => check === 'readable-file')
    .map(({ message }) => message);
}
