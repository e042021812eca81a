import { ignoredBy } from '../../src/clusters/source-ignore';
import { SourceRepository, SourceTree } from '../../src/inventory/source-file';
import { readSourceFile } from '../../src/inventory/read-source-file';
import { viewClusters } from '../../src/clusters/view-clusters';
import { configMapOf, gitOf, repositoryOf, syncOf } from './repository-of';

function leftOut(text: string, path: string, directory = ''): boolean {
  return ignoredBy([{ text, directory }])(path);
}

// What Flux's own package says of the same.
describe('a pattern', () => {
  test.each([
    ['apps', 'apps/a.yaml'],
    ['apps', 'clusters/apps/a.yaml'],
    ['apps/', 'clusters/apps/a.yaml'],
    ['/apps', 'apps/a.yaml'],
    ['*.yaml', 'apps/a.yaml'],
    ['a?c', 'abc'],
    ['[a-c].yaml', 'b.yaml'],
    ['[^a-c].yaml', 'd.yaml'],
    ['\\*', '*'],
    ['apps/*/b', 'apps/a/b'],
    ['**/b', 'apps/a/b'],
    ['apps/**/b', 'apps/a/c/b'],
    ['apps/**', 'apps/a/b'],
    ['apps \r', 'apps'],
    ['/*\n!/clusters', 'apps/a.yaml'],
    ['!/apps\n/*', 'apps/a.yaml'],
  ])('%j leaves out %s', (text, path) => {
    expect(leftOut(text, path)).toBe(true);
  });

  test.each([
    ['apps/', 'apps'],
    ['/apps', 'clusters/apps/a.yaml'],
    ['*.yaml', 'apps/a.yml'],
    ['[^a-c].yaml', 'a.yaml'],
    ['[a', '[a'],
    ['[]a]', 'a'],
    ['a\\', 'a\\'],
    ['(a|b)', 'a'],
    ['a**/b', 'ab/b'],
    ['/', 'apps'],
    ['#apps', '#apps'],
    ['/*\n!/clusters', 'clusters/a.yaml'],
    ['/*\n!/clusters/prod', 'clusters/prod/a.yaml'],
  ])('%j leaves %s in', (text, path) => {
    expect(leftOut(text, path)).toBe(false);
  });

  test('of a directory is for what is below it', () => {
    expect(leftOut('/a.yaml', 'apps/a.yaml', 'apps')).toBe(true);
    expect(leftOut('/a.yaml', 'a.yaml', 'apps')).toBe(false);
    expect(leftOut('/a.yaml', 'apps-b/a.yaml', 'apps')).toBe(false);
  });

  test('takes the place of what is left out by default, but for what belongs to Git', () => {
    for (const path of ['.github/ci.yaml', 'apps/.sops.yaml', 'a.png', '.travis.yml']) {
      expect([leftOut('', path), leftOut('other', path)]).toEqual([true, false]);
    }
    expect([leftOut('', '.gitignore'), leftOut('other', '.git/a')]).toEqual([true, true]);
  });

  test('takes no time that grows out of bounds, whoever wrote it', () => {
    const text = `${'*a'.repeat(2000)}b\n`;
    expect(leftOut(text, 'a'.repeat(4000))).toBe(false);
  });
});

describe('a cluster gets nothing that its source leaves out', () => {
  const FLEET = 'https://git.example.com/acme/fleet';
  const GOTK = 'clusters/prod/flux-system/gotk-sync.yaml';
  const root = (ignore = '') =>
    `${gitOf('flux-system', FLEET)}${ignore}---\n${syncOf('flux-system', { path: 'clusters/prod' })}`;

  /** Names of the ConfigMaps that a cluster gets, of all that lie in the repository. */
  function settingsOf(files: Record<string, string>): string[] {
    return viewClusters([ofAnyName(files)])
      .clusters[0].ofType('/ConfigMap')
      .map(({ manifest }) => manifest.metadata.name)
      .sort();
  }

  const FILES = {
    'clusters/prod/a.yaml': configMapOf('a'),
    'clusters/prod/b.yaml': configMapOf('b'),
    'clusters/prod/apps.yaml': syncOf('apps'),
    'apps/c.yaml': configMapOf('c'),
    'apps/sub/d.yaml': configMapOf('d'),
    'apps/.github/e.yaml': configMapOf('e'),
  };

  test.each([
    ['by default', { [GOTK]: root() }, ['a', 'b', 'c', 'd']],
    [
      'by a file at its root',
      { [GOTK]: root(), '.sourceignore': 'b.yaml\nsub/\n' },
      ['a', 'c', 'e'],
    ],
    [
      'by a file for a directory',
      { [GOTK]: root(), 'apps/.sourceignore': '/c.yaml\n' },
      ['a', 'b', 'd', 'e'],
    ],
    ['by its spec', { [GOTK]: root('  ignore: |\n    b.yaml\n    /apps\n') }, ['a']],
    [
      'by both, of which its spec counts more',
      { [GOTK]: root('  ignore: "!b.yaml"\n'), '.sourceignore': '*.yaml\n!*-*.yaml\n!apps.yaml\n' },
      ['b'],
    ],
  ])('%s', (_, files, expected) => {
    expect(settingsOf({ ...FILES, ...files })).toEqual(expected);
  });

  test('as the source of a sync says, which is another than that of the root', () => {
    const files = {
      ...FILES,
      [GOTK]: root(),
      'clusters/prod/git.yaml': `${gitOf('apps', FLEET)}  ignore: sub\n`,
      'clusters/prod/apps.yaml': syncOf('apps', { source: 'apps' }),
    };
    expect(settingsOf(files)).toEqual(['a', 'b', 'c', 'e']);
  });

  test('and it is judged by itself, as anything that no cluster is known to get', () => {
    const fleet = viewClusters([
      ofAnyName({ ...FILES, [GOTK]: root(), '.sourceignore': '/apps/c.yaml\n' }),
    ]);
    expect(fleet.rest[0].objects.map(({ manifest }) => manifest.metadata.name)).toEqual(['c']);
  });

  test('which may be the Kustomization that applies it', () => {
    const files = { ...FILES, [GOTK]: root(), '.sourceignore': 'gotk-sync.yaml\nsub\n.github\n' };
    expect(settingsOf(files)).toEqual(['a', 'b', 'c']);
  });

  function ofAnyName(files: Record<string, string>): SourceRepository {
    const { '.sourceignore': own, 'apps/.sourceignore': ofApps, ...named } = files;
    const others = new Map([
      ['.sourceignore', own],
      ['apps/.sourceignore', ofApps],
    ]);
    const there = [...others.keys()].filter((path) => others.get(path) !== undefined);
    const { tree, ...repository } = repositoryOf('fleet', named, 'git.example.com/acme/fleet');
    const read = (path: string) => readSourceFile(path, others.get(path)!);
    return { ...repository, tree: new SourceTree(tree.files, there, read) };
  }
});
