import { spawn } from 'child_process';
import fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { Cluster, Fleet, FleetRepo, Tenant } from '../../src';
import { isStaged, OWNED_FILES, parseOwnedFiles, STAGED_FILE } from '../../src/repo/owned-files';
import { Death, dieAt } from './counted-calls';
import { RepositoryOnDisk, repoFiles, Tree } from './repository-on-disk';

type Files = { readonly [path: string]: string };

/** What others keep in the repository: beside our files, and where a removal would leave a directory empty. */
const FOREIGN: Files = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  'README.md': '# fleet\n',
  'clusters/prod/flux-system/gotk-components.yaml': 'components\n',
  'tenants/base/stays/secret.sops.yaml': 'sops\n',
  'tenants/production/goes/secret.sops.yaml': 'sops\n',
};

const scratch = new RepositoryOnDisk();
const writer = path.join(scratch.root, 'js/test/repo/killed-writer.js');
const before = filesOf('one', ['stays', 'goes'], '4');
const after = filesOf('two', ['stays', 'comes'], '6');
const start = new RepositoryOnDisk();
const finish = new RepositoryOnDisk();

beforeAll(() => {
  start.put(FOREIGN);
  start.write(before);
  start.watch();
  finish.put(FOREIGN);
  finish.write(before);
  finish.write(after);
  for (const source of [
    'test/repo/counted-calls',
    'test/repo/killed-writer',
    ...['src/vocabulary', 'src/inventory', 'src/repo'].flatMap((directory) =>
      fs.readdirSync(directory).map((file) => `${directory}/${file.replace(/\.ts$/, '')}`),
    ),
  ]) {
    scratch.put({ [`js/${source}.js`]: javascript(`${source}.ts`) });
  }
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => [scratch, start, finish].forEach((directory) => directory.remove()));

test('the scenario creates, updates, removes and keeps files, and directories come and go', () => {
  expect(start.plan(after)).toMatchObject({
    created: expect.arrayContaining(['tenants/base/comes/rbac.yaml']),
    updated: expect.arrayContaining([
      'clusters/prod/tenants.yaml',
      'tenants/base/stays/quota.yaml',
    ]),
    removed: expect.arrayContaining(['tenants/base/goes/rbac.yaml']),
    unchanged: expect.arrayContaining(['tenants/base/stays/rbac.yaml']),
  });
  expect(finish.tree()).toMatchObject({ 'tenants/production/goes': null, ...FOREIGN });
  expect(finish.tree()).not.toHaveProperty(['tenants/base/goes']);
});

test('a write killed at any point leaves each file old or new, and the next run repairs the rest', async () => {
  const whole = copyOf(start);
  const calls: string[] = JSON.parse(await run(whole, after, 'before', 0));
  expect(whole.tree()).toEqual(finish.tree());
  whole.remove();
  expect(new Set(calls)).toEqual(
    new Set([
      'openSync',
      'writeFileSync',
      'closeSync',
      'renameSync',
      'rmSync',
      'mkdirSync',
      'rmdirSync',
    ]),
  );
  const points = calls.flatMap((call, i): Death[] =>
    call === 'writeFileSync'
      ? [
          { where: 'before', number: i + 1 },
          { where: 'within', number: i + 1 },
        ]
      : [{ where: 'before', number: i + 1 }],
  );
  await inParallel([...points.entries()], async ([i, death]) => {
    const repo = copyOf(start);
    await die(repo, after, death, i);
    expectOldOrNew(repo, start.tree(), finish.tree());

    const rolledBack = copyOf(repo);
    rolledBack.write(before);
    expect(rolledBack.tree()).toEqual(start.tree());
    rolledBack.remove();

    repo.write(after);
    expect(repo.tree()).toEqual(finish.tree());
    expectUntouched(repo);
    repo.remove();
  });
}, 60_000);

test('a first write killed at any point is finished by the next run', async () => {
  const files = { 'a.yaml': 'a: 1\n', 'b/c.yaml': 'c: 1\n' };
  const done = new RepositoryOnDisk();
  done.write(files);
  const missing = () => {
    const repo = new RepositoryOnDisk();
    repo.remove();
    return repo;
  };
  const whole = missing();
  const calls: string[] = JSON.parse(await run(whole, files, 'before', 0));
  expect(whole.tree()).toEqual(done.tree());
  whole.remove();
  await inParallel([...calls.keys()], async (i) => {
    const repo = missing();
    await die(repo, files, { where: 'before', number: i + 1 }, i);
    repo.write(files);
    expect(repo.tree()).toEqual(done.tree());
    repo.remove();
  });
  done.remove();
}, 60_000);

test('a disk that is full at any file leaves it old, names it, and the next run repairs the rest', () => {
  const { created, updated } = start.plan(after);
  const real = fs.writeFileSync;
  const named = new Set<string>();
  for (let full = 1, finished = false; !finished; full++) {
    const repo = copyOf(start);
    let writes = 0;
    jest.spyOn(fs, 'writeFileSync').mockImplementation((handle: any, text: any, options) => {
      if (typeof handle === 'number' && ++writes === full) {
        fs.writeSync(handle, text.slice(0, text.length / 2));
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
          code: 'ENOSPC',
        });
      }
      return real(handle, text, options);
    });
    const message = messageOf(() => repo.write(after));
    jest.restoreAllMocks();

    if (message === undefined) {
      finished = true;
    } else {
      const [, file] = /^cannot write '(.*)': ENOSPC: no space left on device, write$/.exec(
        message,
      )!;
      named.add(file);
      expectOldOrNew(repo, start.tree(), finish.tree());
      expect(Object.keys(repo.tree()).filter(isStaged)).toEqual([]);
      if (file !== OWNED_FILES) {
        expect(repo.tree()[file]).toBe(start.tree()[file]);
      }
      repo.write(after);
    }
    expect(repo.tree()).toEqual(finish.tree());
    repo.remove();
  }
  expect([...named].sort()).toEqual([OWNED_FILES, ...created, ...updated].sort());
});

test.each(['openSync', 'renameSync', 'mkdirSync'] as const)(
  'an error of %s names the file that was not written',
  (call) => {
    const repo = new RepositoryOnDisk();
    repo.write({});
    const real = fs[call] as (...args: any[]) => never;
    jest.spyOn(fs, call).mockImplementation((...args: any[]) => {
      if ((call === 'mkdirSync' && args[0] === repo.root) || args[1] === 'r') {
        return real(...args);
      }
      throw new Error('EIO: i/o error');
    });
    const file = call === 'mkdirSync' ? 'a/b.yaml' : OWNED_FILES;
    expect(messageOf(() => repo.write({ 'a/b.yaml': '1' }))).toBe(
      `cannot write '${file}': EIO: i/o error`,
    );
    jest.restoreAllMocks();
    expect(Object.keys(repo.tree()).filter(isStaged)).toEqual([]);
    repo.remove();
  },
);

/** The files of a small fleet. */
function filesOf(outdir: string, tenants: string[], cpuRequests: string): Files {
  const app = new Fleet({ outdir: scratch.at(outdir) });
  const fleet = new FleetRepo(app, 'fleet', { registry: 'ghcr.io/acme' });
  const prod = new Cluster(fleet, 'prod', { environment: 'production' });
  for (const tenant of tenants) {
    new Tenant(fleet, tenant, { clusters: [prod], quota: { cpuRequests } });
  }
  app.synth();
  const written = parseOwnedFiles(scratch.tree()[`${outdir}/fleet/${OWNED_FILES}`]!);
  return Object.fromEntries(
    [...written].map((file) => [file, scratch.tree()[`${outdir}/fleet/${file}`]!]),
  );
}

function javascript(source: string): string {
  return ts.transpileModule(fs.readFileSync(source, 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  }).outputText;
}

const written = new Map<Files, string>();

function fileWith(files: Files): string {
  const known = written.get(files);
  if (known !== undefined) {
    return known;
  }
  const name = `files-${written.size}.json`;
  scratch.put({ [name]: JSON.stringify(repoFiles(files)) });
  written.set(files, scratch.at(name));
  return scratch.at(name);
}

/** One in so many deaths is that of a process; the others are played, which leaves the same on the disk in a tenth of the time. */
const DEATHS_PER_KILLED = 8;

/** Has a writer die. What a killed one leaves, and a played one, are compared with one another wherever one is killed. */
async function die(repo: RepositoryOnDisk, files: Files, death: Death, i: number): Promise<void> {
  const isKilled = i % DEATHS_PER_KILLED === 0;
  const killed = isKilled ? copyOf(repo) : undefined;
  play(repo, files, death);
  if (killed) {
    expect(await run(killed, files, death.where, death.number)).toBe('SIGKILL');
    expect(leftIn(killed)).toEqual(leftIn(repo));
    killed.remove();
  }
}

function play(repo: RepositoryOnDisk, files: Files, death: Death): void {
  const dead = new Error('dead');
  const { end } = dieAt(death, () => {
    throw dead;
  });
  try {
    expect(messageOf(() => repo.write(files))).toContain('dead');
  } finally {
    end();
  }
  // The next run is another process, with another name for what it stages.
  if (fs.existsSync(repo.at(STAGED_FILE))) {
    fs.renameSync(
      repo.at(STAGED_FILE),
      repo.at(STAGED_FILE.replace(`.${process.pid}.tmp`, '.1.tmp')),
    );
  }
}

/** What is in a directory, if it is there; what is staged has another name each time. */
function leftIn(repo: RepositoryOnDisk): unknown[] {
  return Object.entries(fs.existsSync(repo.root) ? repo.tree() : {})
    .map(([file, text]) => [isStaged(file) ? 'staged' : file, text])
    .sort(([a], [b]) => (a! < b! ? -1 : 1));
}

/** What the writer printed, or the signal it died of. */
function run(repo: RepositoryOnDisk, files: Files, where: string, number: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = [writer, repo.root, fileWith(files), where, String(number)];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, NODE_PATH: path.resolve('node_modules') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (_, signal) => resolve(signal ?? output));
  });
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
}

function copyOf(repo: RepositoryOnDisk): RepositoryOnDisk {
  const copy = new RepositoryOnDisk();
  if (!fs.existsSync(repo.root)) {
    copy.remove();
    return copy;
  }
  fs.cpSync(repo.root, copy.root, { recursive: true, preserveTimestamps: true });
  return copy;
}

/** Each file is what it was or what it shall be, and none is there but those, the list and what is staged. */
function expectOldOrNew(repo: RepositoryOnDisk, old: Tree, wanted: Tree): void {
  const { [OWNED_FILES]: list, ...files } = repo.tree();
  const tree: Tree = Object.fromEntries(Object.entries(files).filter(([file]) => !isStaged(file)));
  for (const file of new Set([...Object.keys(tree), ...Object.keys(old), ...Object.keys(wanted)])) {
    if (file !== OWNED_FILES) {
      expect({ [file]: [old[file], wanted[file]] }).toEqual({
        [file]: expect.arrayContaining([tree[file]]),
      });
    }
  }
  const ours = Object.keys(tree).filter((file) => tree[file] !== null && !(file in FOREIGN));
  expect([...parseOwnedFiles(list!)]).toEqual(expect.arrayContaining(ours));
  expectUntouched(repo);
}

function expectUntouched(repo: RepositoryOnDisk): void {
  for (const file of Object.keys(FOREIGN)) {
    expect(fs.statSync(repo.at(file)).mtimeMs).toBe(fs.statSync(start.at(file)).mtimeMs);
  }
  expect(repo.tree()).toMatchObject(FOREIGN);
}

function messageOf(step: () => void): string | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
