import * as fs from 'fs';
import * as path from 'path';
import { CHECKS } from '../../src/checks/registry';
import { run } from '../../src/cli/run';
import { gitOf, syncOf } from '../clusters/repository-of';
import { temporaryDirectory } from '../synthesized';

const GOLDEN = path.join(__dirname, '../golden/acme/fleet-infra');

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly files: Map<string, string>;
}

function ran(...args: string[]): Ran {
  const [out, err]: [string[], string[]] = [[], []];
  const files = new Map<string, string>();
  const code = run(args, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    writeFiles: (written) => written.forEach(({ file, text }) => files.set(file, text)),
    colour: false,
    version: '1.2.3',
  });
  return { code, out: out.join(''), err: err.join(''), files };
}

function repository(files: Record<string, string>): string {
  const root = temporaryDirectory();
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  }
  return root;
}

const OLD_BUCKET = `apiVersion: source.toolkit.fluxcd.io/v1beta2
kind: Bucket
metadata:
  name: charts
  namespace: apps
`;

const PASSED = 'passed: 0 errors, 0 warnings, 0 suppressed, 6 not read\n';

test('an audit of what the library wrote says that it passed, and succeeds', () => {
  expect(ran('audit', GOLDEN)).toMatchObject({ code: 0, out: PASSED, err: '' });
});

test('an audit that finds an error exits with 1 and says where', () => {
  const { code, out } = ran('audit', repository({ 'apps/a.yaml': OLD_BUCKET }));
  expect(code).toBe(1);
  expect(out).toContain('apps/a.yaml\n    1  error    Bucket apps/charts must have apiVersion');
});

test.each(['json', 'sarif', 'junit'])('an audit writes a report of form %s to a file', (format) => {
  const root = repository({ 'apps/a.yaml': OLD_BUCKET });
  const { code, out, files } = ran('audit', root, '--format', format, '--output', 'report');
  expect([code, out]).toEqual([1, '']);
  expect(files.get('report')).toContain('flux-api-version');
});

test('SARIF of a directory names files by their path in the whole checkout', () => {
  const root = repository({ '.git/HEAD': '', 'deploy/fleet/apps/a.yaml': OLD_BUCKET });
  const { out } = ran('audit', path.join(root, 'deploy/fleet'), '--format', 'sarif');
  const [{ results }] = JSON.parse(out).runs;
  expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual({
    uri: 'deploy/fleet/apps/a.yaml',
    uriBaseId: '%SRCROOT%',
  });
});

test('an audit writes the evidence of isolation beside its report, in the form that the name of the file asks for', () => {
  const { code, out, files } = ran('audit', GOLDEN, '--evidence', 'a.html', '--evidence', 'b.json');
  expect([code, out]).toEqual([0, PASSED]);
  expect(files.get('a.html')).toMatch(/^<!doctype html>\n/);
  expect(JSON.parse(files.get('b.json')!).format).toBe('cdk8s-flux-tenants/isolation/v1');
});

test('an audit that finds errors writes evidence that says so', () => {
  const root = repository({ 'apps/a.yaml': OLD_BUCKET });
  const { code, files } = ran('audit', root, '--evidence', 'a.json');
  expect(code).toBe(1);
  expect(JSON.parse(files.get('a.json')!).summary).toMatchObject({ verdict: 'failed', errors: 1 });
});

test.each([
  [['audit'], 'audit needs DIR'],
  [['audit', 'nowhere'], "cannot read directory 'nowhere': it is not there; give the directory"],
  [['audit', GOLDEN, '--profile', 'all'], '--profile must be recommended or strict'],
  [['audit', GOLDEN, '--format', 'xml'], '--format must be text or json or sarif or junit'],
  [['audit', GOLDEN, '--fail-on', 'never'], '--fail-on must be error or warning or unread'],
  [['audit', GOLDEN, '--repository', 'x'], '--repository must be URL=DIR'],
  [['audit', GOLDEN, '--evidence', 'x.txt'], '--evidence must name a file that ends in'],
  [['audit', GOLDEN, 'another'], 'too many arguments: another'],
  [['audti'], "command must be audit, explain or checks, got 'audti'"],
  [['--nope'], '--nope'],
  [['explain', 'nothing'], "no check is called 'nothing'; 'cdk8s-flux-tenants checks' lists them"],
  [
    ['explain', 'flux-api-versoin'],
    "no check is called 'flux-api-versoin'; did you mean 'flux-api-version'?",
  ],
  [['explain'], 'explain needs CHECK'],
  [['explain', 'a', 'b'], 'too many arguments: b'],
  [['checks', 'strict'], 'too many arguments: strict'],
  [['checks', '--profile', 'strict'], 'checks takes no --profile'],
  [['checks', '--format', 'sarif'], '--format must be text or json'],
  [['explain', 'flux-api-version', '--format', 'json'], 'explain takes no --format'],
  [['constructor'], "got 'constructor'"],
  [['audit', GOLDEN, '--output', ''], '--output must name a file'],
  [['audit', GOLDEN, '--output', 'a.json', '--evidence', 'a.json'], "the same file 'a.json'"],
  [['audit', __filename], 'what should be a directory is a file; give the directory'],
])('%p is refused with exit code 2', (args, message) => {
  const { code, out, err } = ran(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(message);
});

test('help, version, the list and the pages of checks are there', () => {
  expect(ran('--help').out).toContain('exit codes');
  expect(ran().code).toBe(0);
  expect(ran('--version').out).toBe('1.2.3\n');
  expect(ran('explain', 'flux-api-version').out).toMatch(/^# flux-api-version\n/);
});

test('links are not followed, and what is no YAML is passed over', () => {
  const outside = repository({ 'secret.yaml': OLD_BUCKET });
  const root = repository({ 'readme.txt': ': : {', 'a.yaml': '' });
  fs.symlinkSync(path.join(outside, 'secret.yaml'), path.join(root, 'link.yaml'));
  fs.symlinkSync(outside, path.join(root, 'directory'));
  expect(ran('audit', root)).toMatchObject({ code: 0, err: '' });
});

describe('what could not be read', () => {
  const sync = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: NAME, namespace: flux-system }
spec: { interval: 10m, timeout: 3m, path: ./PATH, prune: true, sourceRef: { kind: GitRepository, name: SOURCE } }
`;
  const syncOf = (name: string, at: string, source: string): string =>
    sync.replace('NAME', name).replace('PATH', at).replace('SOURCE', source);
  const source = `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: more, namespace: flux-system }
spec: { interval: 1m, url: 'https://git.example.com/acme/more', ref: { branch: main } }
`;
  const root = repository({
    'clusters/prod/flux-system/gotk-sync.yaml': syncOf(
      'flux-system',
      'clusters/prod',
      'flux-system',
    ),
    'clusters/prod/more.yaml': syncOf('more', 'all', 'more') + source,
  });

  test('makes the verdict unknown where the platform applies it, and fails only on request', () => {
    const { code, out } = ran('audit', root);
    expect([code, out]).toEqual([
      0,
      `not read
  clusters/prod/more.yaml  what Kustomization 'more' in namespace 'flux-system' applies
       on prod
       remedy: give what another repository holds to 'cdk8s-flux-tenants audit' by --repository URL=DIR; look at the rest yourself

unknown: 0 errors, 0 warnings, 0 suppressed, 1 not read
`,
    ]);
    expect(ran('audit', root, '--fail-on', 'warning').code).toBe(0);
    expect(ran('audit', root, '--fail-on', 'unread').code).toBe(1);
    expect(ran('audit', root, '--fail-on', 'unread', '--fail-on', 'warning').code).toBe(1);
  });

  test('does not fail what only a tenant applies', () => {
    expect(ran('audit', GOLDEN, '--fail-on', 'unread').code).toBe(0);
  });

  test('is everything where no cluster is found', () => {
    const empty = repository({ 'a.yaml': '' });
    const { code, out, files } = ran('audit', empty, '--evidence', 'a.json');
    expect([code, out]).toEqual([0, expect.stringMatching(/\nunknown: .*, 1 not read\n$/)]);
    expect(JSON.parse(files.get('a.json')!).summary.verdict).toBe('unknown');
    expect(ran('audit', empty, '--fail-on', 'unread').code).toBe(1);
  });

  test('leaves errors what they are', () => {
    const broken = repository({ 'apps/a.yaml': OLD_BUCKET });
    expect(ran('audit', broken, '--fail-on', 'unread').code).toBe(1);
    expect(ran('audit', broken).out).toMatch(/\nfailed: 1 error, /);
  });
});

test('a link that leads to itself is told in words', () => {
  const root = temporaryDirectory();
  fs.symlinkSync('loop', path.join(root, 'loop'));
  expect(ran('audit', path.join(root, 'loop'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('links lead in a circle'),
  });
});

test('checks are listed in columns, with their severity and profile', () => {
  const lines = ran('checks').out.trimEnd().split('\n');
  expect(lines).toHaveLength(CHECKS.length + 1);
  const column = lines[0].indexOf('SEVERITY');
  for (const [i, { id, severity, profile, summary }] of CHECKS.entries()) {
    expect(lines[i + 1].slice(0, column).trimEnd()).toBe(id);
    expect(lines[i + 1].slice(column).split(/ {2,}/)).toEqual([severity, profile, summary]);
  }
});

test('checks are listed for programs, too', () => {
  const { format, checks } = JSON.parse(ran('checks', '--format', 'json').out);
  expect(format).toBe('cdk8s-flux-tenants/checks/v1');
  expect(checks.map(({ id }: { id: string }) => id)).toEqual(CHECKS.map(({ id }) => id));
  expect(Object.keys(checks[0])).toEqual(['id', 'severity', 'profile', 'summary', 'controls']);
});

describe('another repository', () => {
  const TEAM = 'https://git.example.com/acme/team-a';
  const ARTIFACT = 'oci://ghcr.io/acme/team-b';
  const sources = `${gitOf('team-a', TEAM)}---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: team-b
  namespace: flux-system
spec:
  interval: 1m
  url: ${ARTIFACT}
  ref:
    tag: v1.0.0
---
`;
  const syncs = `${syncOf('team-a', { source: 'team-a' })}---
${syncOf('team-b', { source: 'team-b' }).replace('kind: GitRepository', 'kind: OCIRepository')}`;
  const fleet = () =>
    repository({
      'clusters/prod/flux-system/gotk-sync.yaml': syncOf('flux-system', { path: 'clusters/prod' }),
      'clusters/prod/teams.yaml': sources + syncs,
    });

  test.each([
    ['team-a', `${TEAM}.git`],
    ['team-a', 'ssh://git@git.example.com/acme/team-a'],
    ['team-b', ARTIFACT],
  ])('is judged as what %s applies, by the URL %s', (path, url) => {
    const team = repository({ [`${path}/a.yaml`]: OLD_BUCKET });
    const { code, out } = ran(
      'audit',
      fleet(),
      '--repository',
      `${url}=${team}`,
      '--format',
      'json',
    );
    expect(code).toBe(1);
    expect(JSON.parse(out).findings).toContainEqual(
      expect.objectContaining({ repository: team, check: 'flux-api-version', clusters: ['prod'] }),
    );
  });

  test.each([
    ['https://ghcr.io/acme/team-b', 'an artifact is no Git repository'],
    ['https://git.example.com/acme/team-c', 'nothing fetches it'],
  ])('is refused by the URL %s: %s', (url) => {
    const { code, out, err } = ran('audit', fleet(), '--repository', `${url}=${repository({})}`);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`got '${url}': they fetch '${TEAM}', '${ARTIFACT}'`);
  });

  test('is refused where the clusters fetch from none, and when it is named twice', () => {
    const here = repository({});
    expect(ran('audit', GOLDEN, '--repository', `https://x.example/y=${here}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining("got 'https://x.example/y'"),
    });
    const twice = [`${TEAM}=${here}`, `${TEAM}.git=${here}`].flatMap((one) => [
      '--repository',
      one,
    ]);
    expect(ran('audit', fleet(), ...twice)).toMatchObject({
      code: 2,
      err: expect.stringContaining('must name each repository once'),
    });
  });

  test('is refused in words that hold no command for a terminal', () => {
    const url = 'https://evil.example/\u001b[2J';
    const root = repository({
      'clusters/prod/flux-system/gotk-sync.yaml': syncOf('flux-system', { path: 'clusters/prod' }),
      'clusters/prod/evil.yaml':
        gitOf('evil', JSON.stringify(url)) + '---\n' + syncOf('evil', { source: 'evil' }),
    });
    const { err } = ran('audit', root, '--repository', `https://x.example/y=${root}`);
    expect(err).toContain('they fetch');
    expect(err).not.toContain('\u001b');
  });
});
