import fs from 'fs';
import { formatOwnedFiles, OWNED_FILES, STAGED_FILE } from '../../src/repo/owned-files';
import { planFiles } from '../../src/repo/plan-files';
import { RepositoryRoot } from '../../src/repo/repository-root';
import { writeFiles } from '../../src/repo/write-files';
import { RepositoryOnDisk, repoFiles } from './repository-on-disk';

let repo: RepositoryOnDisk;
beforeEach(() => {
  repo = new RepositoryOnDisk();
});
afterEach(() => {
  jest.restoreAllMocks();
  repo.remove();
});

const FOREIGN = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  'README.md': '# fleet\n',
  'clusters/prod/flux-system/gotk-components.yaml': 'components\n',
  'tenants/base/a/secret.sops.yaml': 'sops\n',
};

describe('a plan', () => {
  test('tells what is created, updated, removed and unchanged, each in order', () => {
    repo.write({
      'a/z.yaml': '1',
      'a/y.yaml': '1',
      'b/x.yaml': '1',
      'b/w.yaml': '1',
      'c.yaml': '1',
    });
    const plan = repo.plan({
      'new/2.yaml': '2',
      'c.yaml': '1',
      'new/1.yaml': '2',
      'a/z.yaml': '2',
      'a/y.yaml': '2',
    });
    expect(plan).toMatchObject({
      root: repo.root,
      created: ['new/1.yaml', 'new/2.yaml'],
      updated: ['a/y.yaml', 'a/z.yaml'],
      removed: ['b/w.yaml', 'b/x.yaml'],
      unchanged: ['c.yaml'],
      isUpToDate: false,
    });
    expect(plan.toString()).toBe(
      [
        'create new/1.yaml',
        'create new/2.yaml',
        'update a/y.yaml',
        'update a/z.yaml',
        'remove b/w.yaml',
        'remove b/x.yaml',
        `${repo.root}: 2 created, 2 updated, 2 removed, 1 unchanged`,
      ].join('\n'),
    );
  });

  test('is in order whatever the order of the list', () => {
    repo.put({ [OWNED_FILES]: 'c.yaml\na.yaml\nb.yaml\n' });
    repo.put({ 'c.yaml': '', 'a.yaml': '', 'b.yaml': '' });
    expect(repo.plan({}).removed).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
  });

  test('writes nothing, not even the root', () => {
    repo.write({ 'a.yaml': '1', 'b.yaml': '1' });
    const before = repo.tree();
    repo.plan({ 'a.yaml': '2', 'c/d.yaml': '2' });
    expect(repo.tree()).toEqual(before);

    planFiles('fleet-infra', repoFiles({ 'a.yaml': '1' }), repo.at('missing/root'), {});
    expect(fs.existsSync(repo.at('missing'))).toBe(false);
  });

  test.each([
    ['a file to create', { 'a.yaml': '1', 'b.yaml': '1', 'c.yaml': '1' }],
    ['a file to update', { 'a.yaml': '1', 'b.yaml': '2' }],
    ['a file to remove', { 'a.yaml': '1' }],
  ])('is not up to date with %s', (_, files) => {
    repo.write({ 'a.yaml': '1', 'b.yaml': '1' });
    expect(repo.plan({ 'a.yaml': '1', 'b.yaml': '1' }).isUpToDate).toBe(true);
    expect(repo.plan(files).isUpToDate).toBe(false);
  });

  test('a file that somebody changed or deleted is planned again', () => {
    repo.write({ 'a.yaml': '1', 'b.yaml': '1' });
    fs.writeFileSync(repo.at('a.yaml'), '1\n');
    fs.rmSync(repo.at('b.yaml'));
    expect(repo.plan({ 'a.yaml': '1', 'b.yaml': '1' })).toMatchObject({
      created: ['b.yaml'],
      updated: ['a.yaml'],
    });
  });

  test('bytes that are no text differ from the text they decode to', () => {
    repo.write({ 'a.yaml': 'a: \ufffd\n' });
    fs.writeFileSync(repo.at('a.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xff, 0x0a]));
    expect(repo.plan({ 'a.yaml': 'a: \ufffd\n' }).updated).toEqual(['a.yaml']);
  });
});

describe('a write', () => {
  test('makes the directory what the plan said, and returns the plan', () => {
    repo.write({ 'a/b/c.yaml': '1', 'a/d.yaml': '1', 'e.yaml': '1' });
    const files = { 'a/d.yaml': '2', 'e.yaml': '1', 'f/g.yaml': 'ä\n' };
    const planned = repo.plan(files);
    expect(repo.write(files)).toEqual(planned);
    expect(repo.tree()).toEqual({
      [OWNED_FILES]: formatOwnedFiles('fleet-infra', ['a/d.yaml', 'e.yaml', 'f/g.yaml']),
      a: null,
      'a/d.yaml': '2',
      'e.yaml': '1',
      f: null,
      'f/g.yaml': 'ä\n',
    });
    expect(repo.plan(files).isUpToDate).toBe(true);
  });

  test('makes the root where it is missing', () => {
    writeFiles(planFiles('fleet-infra', repoFiles({ 'a.yaml': '1' }), repo.at('x/y'), {}));
    expect(repo.tree()).toMatchObject({ 'x/y/a.yaml': '1' });
  });

  test('nothing is touched when nothing differs, the list included', () => {
    const files = { 'a/b.yaml': '1', 'c.yaml': '2' };
    repo.write(files);
    const touched = repo.watch();
    repo.write(files);
    expect(touched()).toEqual([]);
  });

  test('only the file that differs is touched', () => {
    repo.write({ 'a/b.yaml': '1', 'a/c.yaml': '1' });
    const touched = repo.watch();
    repo.write({ 'a/b.yaml': '1', 'a/c.yaml': '2' });
    expect(touched()).toEqual(['a/c.yaml']);
  });

  test('the order of the files makes no difference', () => {
    const other = new RepositoryOnDisk();
    repo.write({ 'b.yaml': '1', 'a/c.yaml': '1', 'a/b.yaml': '1' });
    other.write({ 'a/b.yaml': '1', 'b.yaml': '1', 'a/c.yaml': '1' });
    expect(other.tree()).toEqual(repo.tree());
    other.remove();
  });

  test('directories that a removal leaves empty go, up to the first that is not', () => {
    repo.put({ 'a/keep/README.md': 'x' });
    repo.write({ 'a/b/c/d.yaml': '1', 'e/f/g.yaml': '1', 'h.yaml': '1' });
    repo.write({ 'h.yaml': '1' });
    expect(Object.keys(repo.tree()).sort()).toEqual(
      [OWNED_FILES, 'a', 'a/keep', 'a/keep/README.md', 'h.yaml'].sort(),
    );
  });

  test('a directory that a removal took away is made again', () => {
    repo.put({ 'a/b.yaml': '1' });
    const root = new RepositoryRoot(repo.root);
    expect(root.isFile('a/b.yaml')).toBe(true);
    root.remove('a/b.yaml');
    root.replace('a/c.yaml', '2');
    expect(repo.tree()).toEqual({ a: null, 'a/c.yaml': '2' });
  });

  test('the root itself stays when everything goes', () => {
    repo.write({ 'a/b.yaml': '1' });
    repo.write({});
    expect(repo.tree()).toEqual({ [OWNED_FILES]: formatOwnedFiles('fleet-infra', []) });
  });

  test('a file of ours that is already gone is no error, and leaves the list', () => {
    repo.write({ 'a/b.yaml': '1', 'c.yaml': '1' });
    fs.rmSync(repo.at('a'), { recursive: true });
    expect(repo.write({ 'c.yaml': '1' }).removed).toEqual([]);
    expect(repo.owned()).toEqual(['c.yaml']);
  });

  test('a new text takes the place of the old one, it is not written into it', () => {
    repo.write({ 'a.yaml': 'old' });
    fs.linkSync(repo.at('a.yaml'), repo.at('other-name'));
    repo.write({ 'a.yaml': 'new' });
    expect(repo.tree()).toMatchObject({ 'a.yaml': 'new', 'other-name': 'old' });
  });

  test.each([
    ['links', () => fs.symlinkSync('README.md', repo.at(STAGED_FILE))],
    ['leftovers', () => repo.put({ '.cdk8s-flux-tenants.1.tmp': 'half a fi' })],
  ])('%s in the place of the staging file are not followed', (_, put) => {
    repo.put({ 'README.md': 'mine' });
    put();
    repo.write({ 'a.yaml': '1' });
    expect(repo.tree()).toEqual({
      [OWNED_FILES]: formatOwnedFiles('fleet-infra', ['a.yaml']),
      'README.md': 'mine',
      'a.yaml': '1',
    });
  });
});

describe('files of others', () => {
  test('survive writes and removals around them', () => {
    repo.put(FOREIGN);
    repo.write({ 'tenants/base/a/rbac.yaml': '1', 'clusters/prod/tenants.yaml': '1' });
    repo.write({ 'clusters/prod/tenants.yaml': '2' });
    repo.write({});
    expect(repo.tree()).toMatchObject(FOREIGN);
    expect(repo.tree()).not.toHaveProperty(['clusters/prod/tenants.yaml']);
  });

  test('a foreign file in the place of ours is not overwritten, and the way to adopt it is told', () => {
    repo.put({ 'b/c.yaml': 'mine' });
    const files = { 'a.yaml': '1', 'b/c.yaml': 'ours' };
    const message =
      `cannot write to ${repo.root}:\n` +
      "  'b/c.yaml' is there already and was not written by this library; " +
      "remove it, or take it over with { adopt: ['b/c.yaml'] }";
    expect(() => repo.plan(files)).toThrow(message);
    expect(() => repo.write(files)).toThrow(message);
    expect(repo.tree()).toEqual({ b: null, 'b/c.yaml': 'mine' });
  });

  test('a foreign file is not ours for having our bytes', () => {
    repo.put({ 'a.yaml': '1' });
    expect(() => repo.write({ 'a.yaml': '1' })).toThrow("'a.yaml' is there already");
  });

  test('an adopted file is ours from then on', () => {
    repo.put({ 'a.yaml': 'mine', 'b.yaml': '1' });
    expect(repo.plan({ 'a.yaml': '1', 'b.yaml': '1' }, ['a.yaml', 'b.yaml'])).toMatchObject({
      created: [],
      updated: ['a.yaml'],
      unchanged: ['b.yaml'],
    });
    repo.write({ 'a.yaml': '1', 'b.yaml': '1' }, ['a.yaml', 'b.yaml']);
    expect(repo.owned()).toEqual(['a.yaml', 'b.yaml']);
    repo.write({ 'a.yaml': '2', 'b.yaml': '1' });
    expect(repo.write({}).removed).toEqual(['a.yaml', 'b.yaml']);
    expect(repo.tree()).toEqual({ [OWNED_FILES]: formatOwnedFiles('fleet-infra', []) });
  });

  test('only what is named is adopted', () => {
    repo.put({ 'a.yaml': 'mine', 'b.yaml': 'mine' });
    expect(() => repo.write({ 'a.yaml': '1', 'b.yaml': '1' }, ['a.yaml'])).toThrow(
      "{ adopt: ['b.yaml'] }",
    );
    expect(repo.tree()).toEqual({ 'a.yaml': 'mine', 'b.yaml': 'mine' });
  });

  test('adopting once and for all is no error in later runs', () => {
    repo.write({ 'a.yaml': '1' }, ['a.yaml']);
    expect(repo.write({ 'a.yaml': '1' }, ['a.yaml']).isUpToDate).toBe(true);
  });

  test.each(['README.md', './a.yaml', '../x'])(
    '%s, which is not written, cannot be adopted',
    (path) => {
      repo.put({ 'README.md': 'mine' });
      expect(() => repo.write({ 'a.yaml': '1' }, [path])).toThrow(
        `nothing to adopt at '${path}': the program does not write it`,
      );
      expect(repo.tree()).toEqual({ 'README.md': 'mine' });
    },
  );
});

describe('what stands in the way', () => {
  test('is told all at once', () => {
    repo.put({ 'a.yaml': 'mine', 'b.yaml': 'mine', 'c/d': '' });
    fs.symlinkSync('README.md', repo.at('link.yaml'));
    const files = {
      'a.yaml': '1',
      'b.yaml': '1',
      'c.yaml': '1',
      'c/d/e.yaml': '1',
      'link.yaml': '1',
    };
    expect(() => repo.write(files, ['x.yaml'])).toThrow(
      /'a\.yaml' is there[^]*'b\.yaml' is there[^]*'c\/d' is not a directory[^]*'link\.yaml' is a symbolic link[^]*nothing to adopt at 'x\.yaml'/,
    );
    expect(fs.existsSync(repo.at('c.yaml'))).toBe(false);
    expect(fs.existsSync(repo.at(OWNED_FILES))).toBe(false);
  });

  test('a root that is a file is refused', () => {
    repo.put({ root: '' });
    expect(() => planFiles('fleet-infra', [], repo.at('root'), {})).toThrow(
      `repository root must be a directory, got the file '${repo.at('root')}'`,
    );
  });

  test('a root that is a link to nothing is told of before anything is planned', () => {
    fs.symlinkSync(repo.at('gone'), repo.at('link'));
    expect(() => planFiles('fleet-infra', [], repo.at('link'), {})).toThrow(
      `repository root must be a directory, got '${repo.at('link')}', a link to nothing`,
    );
  });

  test('what stands in the way of several files is told once', () => {
    repo.put({ a: 'a file' });
    let message = '';
    try {
      repo.plan({ 'a/b.yaml': '1', 'a/c.yaml': '2' });
    } catch (error) {
      ({ message } = error as Error);
    }
    const lines = message.split('\n').slice(1);
    expect(lines.filter((line) => line.includes("'a'"))).toHaveLength(1);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('a root that is a link to a directory is that directory', () => {
    fs.mkdirSync(repo.at('real'));
    fs.symlinkSync('real', repo.at('link'));
    writeFiles(planFiles('fleet-infra', repoFiles({ 'a.yaml': '1' }), repo.at('link'), {}));
    expect(repo.tree()).toMatchObject({ 'real/a.yaml': '1' });
  });

  test('a directory in the place of a file is refused', () => {
    repo.put({ 'a.yaml/README.md': 'mine' });
    expect(() => repo.write({ 'a.yaml': '1' })).toThrow(
      "'a.yaml' is not a plain file; move it out of the way",
    );
  });

  test.each([
    ['../a.yaml', 'it is outside the repository'],
    ['/a.yaml', 'it is an absolute path'],
    ['a/.git/b.yaml', "it is Git's own"],
    ['a\nb.yaml', 'it has a backslash or a control character'],
  ])('%j is not written', (path, reason) => {
    expect(() => repo.write({ 'ok.yaml': '1', [path]: '1' })).toThrow(`because ${reason}`);
    expect(repo.tree()).toEqual({});
  });

  test('one path cannot be written twice', () => {
    const twice = [...repoFiles({ 'a.yaml': '1' }), ...repoFiles({ 'a.yaml': '1' })];
    expect(() => planFiles('fleet-infra', twice, repo.root, {})).toThrow(
      "'a.yaml' is written twice",
    );
  });

  test.each([
    ['the directory first', { 'a/b.yaml/c.yaml': '1', 'a/b.yaml': '1' }],
    ['the file first', { 'a/b.yaml': '1', 'a/b.yaml/c.yaml': '1' }],
  ])('one path cannot be both a file and a directory: %s', (_, files) => {
    expect(() => repo.write(files)).toThrow(
      "'a/b.yaml' would be both a file and the directory of 'a/b.yaml/c.yaml'",
    );
    expect(repo.tree()).toEqual({});
  });

  test.each(['.files-owned-by-cdk8s-flux-tenants', '.cdk8s-flux-tenants.1.tmp'])(
    'no construct writes %s',
    (path) => {
      expect(() => repo.write({ [path]: '1' })).toThrow(
        `not writing '${path}', because it is this library's own`,
      );
      expect(repo.tree()).toEqual({});
    },
  );
});

describe('links', () => {
  let outside: RepositoryOnDisk;
  beforeEach(() => {
    outside = new RepositoryOnDisk();
    outside.put({ 'victim.yaml': 'victim' });
  });
  afterEach(() => {
    expect(outside.tree()).toEqual({ 'victim.yaml': 'victim' });
    outside.remove();
  });

  test('a file that is a link is not written through, even when it is ours', () => {
    repo.write({ 'a.yaml': '1' });
    fs.rmSync(repo.at('a.yaml'));
    fs.symlinkSync(outside.at('victim.yaml'), repo.at('a.yaml'));
    const message = "'a.yaml' is a symbolic link; replace it with a plain file or remove it";
    expect(() => repo.write({ 'a.yaml': '2' })).toThrow(message);
    expect(() => repo.write({ 'a.yaml': '2' }, ['a.yaml'])).toThrow(message);
    expect(() => repo.write({})).toThrow(message);
    expect(fs.readlinkSync(repo.at('a.yaml'))).toBe(outside.at('victim.yaml'));
  });

  test('a directory that is a link is not written into', () => {
    fs.symlinkSync(outside.root, repo.at('a'));
    const message = "'a' is a symbolic link; files of the repository must lie in plain directories";
    expect(() => repo.write({ 'a/b.yaml': '1' })).toThrow(message);
    expect(() => repo.write({ 'a/b/c.yaml': '1' })).toThrow(message);
    expect(() => repo.write({ 'a/victim.yaml': '1' }, ['a/victim.yaml'])).toThrow(message);
  });

  test('nothing is removed through a link to a directory', () => {
    repo.put({ [OWNED_FILES]: formatOwnedFiles('fleet-infra', ['a/victim.yaml']) });
    fs.symlinkSync(outside.root, repo.at('a'));
    expect(() => repo.write({ 'b.yaml': '1' })).toThrow("'a' is a symbolic link");
    expect(fs.existsSync(repo.at('b.yaml'))).toBe(false);
  });

  test('a link within the repository is refused as well', () => {
    repo.put({ 'real/README.md': 'mine' });
    fs.symlinkSync('real', repo.at('a'));
    expect(() => repo.write({ 'a/b.yaml': '1' })).toThrow("'a' is a symbolic link");
  });

  test('a dangling link is refused as well', () => {
    fs.symlinkSync(outside.at('nothing'), repo.at('a.yaml'));
    expect(() => repo.write({ 'a.yaml': '1' })).toThrow("'a.yaml' is a symbolic link");
  });

  test('a link that appears in the place of the staging file is not written through', () => {
    const real = fs.openSync;
    jest.spyOn(fs, 'openSync').mockImplementation((at, flags, mode) => {
      if (flags !== 'r') {
        fs.symlinkSync(outside.at('victim.yaml'), at);
      }
      return real(at, flags!, mode);
    });
    expect(() => repo.write({ 'a.yaml': '1' })).toThrow(/^cannot write .*: EEXIST/);
  });

  test('a list that is a link is neither read nor written', () => {
    fs.symlinkSync(outside.at('victim.yaml'), repo.at(OWNED_FILES));
    expect(() => repo.write({ 'a.yaml': '1' })).toThrow(
      `'${OWNED_FILES}' is a symbolic link; replace it with a plain file or remove it`,
    );
    expect(fs.existsSync(repo.at('a.yaml'))).toBe(false);
  });
});

describe('the list of owned files', () => {
  test('names exactly what was written', () => {
    repo.put(FOREIGN);
    repo.write({ 'b.yaml': '1', 'a/c.yaml': '1' });
    expect(repo.owned()).toEqual(['a/c.yaml', 'b.yaml']);
  });

  test.each(['../victim', '/etc/passwd', '.git/HEAD', 'a\\b', 'a\u0007b', 'sub/.git/config'])(
    'a line such as %j stops the run before anything is done',
    (line) => {
      repo.put({
        '.git/HEAD': 'ref',
        'sub/.git/config': 'x',
        [OWNED_FILES]: `old.yaml\n${line}\n`,
      });
      repo.put({ 'old.yaml': '1' });
      const before = repo.tree();
      expect(() => repo.write({ 'a.yaml': '1' })).toThrow(/^not deleting .* because it/);
      expect(repo.tree()).toEqual(before);
    },
  );

  test('a line that names a directory removes nothing', () => {
    repo.put({ 'tenants/README.md': 'mine', [OWNED_FILES]: 'tenants\n' });
    expect(() => repo.write({ 'a.yaml': '1' })).toThrow("'tenants' is not a plain file");
    expect(repo.tree()).toMatchObject({ 'tenants/README.md': 'mine' });
  });

  test('a file that it does not name is never removed', () => {
    repo.write({ 'a/b.yaml': '1', 'a/c.yaml': '1' });
    repo.put({ [OWNED_FILES]: formatOwnedFiles('fleet-infra', ['a/b.yaml']) });
    expect(repo.write({}).removed).toEqual(['a/b.yaml']);
    expect(repo.tree()).toMatchObject({ 'a/c.yaml': '1' });
  });

  test('a list that names itself is refused', () => {
    repo.put({ [OWNED_FILES]: formatOwnedFiles('fleet-infra', [OWNED_FILES]) });
    expect(() => repo.write({ 'a.yaml': '1' })).toThrow("because it is this library's own");
  });

  test('of another repository is not taken for ours, or all its files would go', () => {
    repo.write({ 'a.yaml': '1' });
    const files = [{ path: 'b.yaml', text: '1' }];
    expect(() => planFiles('team-a', files, repo.root, {})).toThrow(
      /holds repository 'fleet-infra', not 'team-a'/,
    );
  });

  test('that is lost is asked for, when files would be taken for those of others', () => {
    repo.write({ 'a.yaml': '1' });
    fs.rmSync(`${repo.root}/${OWNED_FILES}`);
    expect(() => repo.plan({ 'a.yaml': '1' })).toThrow(/if it was lost, take it from Git again/);
  });

  test('counts as a difference when it is the only one', () => {
    repo.write({ 'a.yaml': '1' });
    fs.appendFileSync(`${repo.root}/${OWNED_FILES}`, '<<<<<<< HEAD\n');
    const plan = repo.plan({ 'a.yaml': '1' });
    expect(plan.updated).toEqual([OWNED_FILES]);
    expect(plan.isUpToDate).toBe(false);
    repo.write({ 'a.yaml': '1' });
    expect(repo.plan({ 'a.yaml': '1' }).isUpToDate).toBe(true);
  });

  test('does not list what others have to write, whose absence is told', () => {
    const files = [{ path: 'a.yaml', text: '1', foreign: ['x.sops.yaml', 'y.yaml'] }];
    repo.put({ 'y.yaml': 'theirs' });
    const { plan } = planFiles('fleet-infra', files, repo.root, {});
    expect(plan.missing).toEqual(['x.sops.yaml']);
    expect(plan.toString()).toContain('missing x.sops.yaml, which something else has to write');
  });

  test('is not all that CI looks at: a file that others have not written yet is none to pass over', () => {
    const files = [{ path: 'a.yaml', text: '1', foreign: ['x.sops.yaml'] }];
    const plan = () => planFiles('fleet-infra', files, repo.root, {}).plan;
    repo.write({ 'a.yaml': '1' });
    expect(plan()).toMatchObject({ created: [], updated: [], removed: [], isUpToDate: false });
    repo.put({ 'x.sops.yaml': 'theirs' });
    expect(plan().isUpToDate).toBe(true);
  });

  test('is rewritten when only it differs', () => {
    repo.write({ 'a.yaml': '1' });
    repo.put({ [OWNED_FILES]: 'a.yaml\nb.yaml\n' });
    const touched = repo.watch();
    repo.write({ 'a.yaml': '1' });
    expect(touched()).toEqual([OWNED_FILES]);
    expect(repo.owned()).toEqual(['a.yaml']);
  });
});
