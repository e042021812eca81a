import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Admission, AdmissionMode, GitRevision, GitSource } from '../../src';
import { expectedCluster } from '../../src/report/verify/expected-cluster';
import { shellWord } from '../../src/report/verify/shell-word';
import { verifyScript } from '../../src/report/verify/verify-script';
import { allObjects, objectsIn, smallFleet, synthesized, temporaryDirectory } from '../synthesized';

/** Answers from files, and writes down what it was asked. */
const KUBECTL = `#!/bin/sh
printf 'kubectl %s\\n' "$*" | tr '\\n' ' ' >>"$FAKE/asked"
echo >>"$FAKE/asked"
case "$1 $2" in
  'config current-context') echo prod ;;
  'get '*) [ ! -e "$FAKE/unreachable" ] && cat "$FAKE/$2" ;;
  'auth can-i')
    what="$3 $4"
    if [ "$5" = -n ]; then what="$what in $6"; as=$7; else as=$5; fi
    if grep -qxF -e "$as $what" "$FAKE/rights"; then echo yes; else echo no; exit 1; fi ;;
  'create --dry-run=server') cat >/dev/null; cat "$FAKE/refusal" >&2; exit 1 ;;
esac
`;
const FLUX = '#!/bin/sh\necho "flux $*" >>"$FAKE/asked"\n[ ! -e "$FAKE/unhealthy" ]\n';

const RESOURCES: Record<string, string> = {
  Kustomization: 'kustomizations.kustomize.toolkit.fluxcd.io',
  GitRepository: 'gitrepositories.source.toolkit.fluxcd.io',
};
const CONTROLLERS = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
];
const REFUSAL =
  "Error from server (Forbidden): ocirepositories.source.toolkit.fluxcd.io \"verify-refusal\" is forbidden: ValidatingAdmissionPolicy 'flux-tenants-oci' with binding 'flux-tenants-oci' denied request: spec.url must be one";

/** A fleet with some tenants, the script of one of its clusters, and answers of a cluster that is as the repository says. */
function fleetOf(names: string[], admission?: Admission, warnings: string[] = []) {
  const { app, tenant } = smallFleet({ admission });
  for (const name of names) {
    const team = tenant(name);
    const revision = GitRevision.branch('main');
    const source = new GitSource(team, 'git', { url: 'https://github.com/acme/x', revision });
    team.sync('apps', { source });
  }
  return { files: () => synthesized(app, warnings) };
}

/** A cluster on which all is as `files` say; it answers from the files below the directory that is returned. */
function clusterOf(files: Map<string, string>): string {
  const fake = temporaryDirectory();
  for (const [name, text] of Object.entries({ kubectl: KUBECTL, flux: FLUX })) {
    fs.writeFileSync(path.join(fake, name), text, { mode: 0o755 });
  }
  const answers: Record<string, string[]> = { deployments: [], rights: [], refusal: [REFUSAL] };
  const [lockdown] = objectsIn(
    files.get('fleet-infra/clusters/prod/flux-system/kustomization.yaml'),
  );
  for (const controller of CONTROLLERS) {
    const given = lockdown.patches
      .filter(({ target }: any) => new RegExp(`^${target.name}$`).test(controller))
      .flatMap(({ patch }: any) => objectsIn(patch)[0].map(({ value }: any) => value));
    answers.deployments.push(`${controller} ${JSON.stringify(['--log-level=info', ...given])}`);
  }
  const root = {
    kind: 'Kustomization',
    metadata: { name: 'flux-system', namespace: 'flux-system' },
    spec: { serviceAccountName: 'kustomize-controller' },
  };
  for (const { kind, metadata, spec, subjects } of [root as any, ...allObjects(files)]) {
    if (kind in RESOURCES) {
      const key = `${metadata.namespace}/${metadata.name}`;
      (answers[RESOURCES[kind]] ??= []).push(`${key}|True||${spec.serviceAccountName ?? ''}`);
    }
    if (kind === 'RoleBinding') {
      const [{ name, namespace }] = subjects;
      const as = `--as=system:serviceaccount:${namespace}:${name}`;
      answers.rights.push(`${as} create deployments.apps in ${metadata.namespace}`);
    }
  }
  for (const [name, lines] of Object.entries(answers)) {
    // Both clusters get the same, but there is each object once.
    const text = [...new Set(lines)].map((line) => `${line}\n`).join('');
    fs.writeFileSync(path.join(fake, name), text);
  }
  fs.writeFileSync(path.join(fake, 'asked'), '');
  return fake;
}

function verify(script: string, fake: string, tenants: string[] = []) {
  const file = path.join(fake, 'verify.sh');
  fs.writeFileSync(file, script);
  const { status, stdout, stderr } = spawnSync('sh', [file, ...tenants], {
    env: { FAKE: fake, PATH: `${fake}:/usr/bin:/bin` },
    encoding: 'utf8',
  });
  const asked = fs.readFileSync(path.join(fake, 'asked'), 'utf8').trimEnd().split('\n');
  return { status, lines: stdout.trimEnd().split('\n'), stderr, asked };
}

const SCRIPT = 'fleet-infra/clusters/prod/verify.sh';

describe('the script of a cluster', () => {
  let files: Map<string, string>;
  beforeAll(() => {
    files = fleetOf(['team-a', 'team-b']).files();
  });
  const script = () => files.get(SCRIPT)!;

  test('finds nothing on a cluster that is as the repository says, and changes nothing there', () => {
    const { status, lines, stderr, asked } = verify(script(), clusterOf(files));
    expect([status, stderr]).toEqual([0, '']);
    expect(lines[0]).toBe('context prod');
    expect(lines.slice(1, -1).filter((line) => !line.startsWith('ok     '))).toEqual([]);
    expect(lines).toEqual(
      expect.arrayContaining([
        'ok     exit code of flux check: 0',
        'ok     kustomize-controller: --no-remote-bases=true',
        'ok     helm-controller: --default-service-account=default',
        'ok     kustomizations.kustomize.toolkit.fluxcd.io: 7 ready',
        'ok     gitrepositories.source.toolkit.fluxcd.io: 2 ready',
        'ok     team-a may create deployments in team-a: yes',
        'ok     team-a may create deployments in team-b: no',
        'ok     team-b may create deployments in team-a: no',
        'ok     team-b fetches from elsewhere: a refusal by flux-tenants-oci',
        'all is as expected',
      ]),
    );
    const changing = asked.filter(
      (line) =>
        !/^(flux check|kubectl (get|auth can-i|config current-context|create --dry-run=server) ?)/.test(
          line,
        ),
    );
    expect(changing).toEqual([]);
  });

  test.each<[string, string, (text: string) => string, string]>([
    [
      'a controller without an argument',
      'deployments',
      (text) => text.replace('"--no-cross-namespace-refs=true",', ''),
      'kustomize-controller: expected --no-cross-namespace-refs=true, got no such argument',
    ],
    [
      'a controller of a shard without an argument',
      'deployments',
      (text) => `${text}helm-controller-blue ["--no-cross-namespace-refs=false"]\n`,
      'helm-controller-blue: expected --no-cross-namespace-refs=true, got no such argument',
    ],
    [
      'a controller that is not there',
      'deployments',
      (text) => text.replace(/^source-controller.*\n/, ''),
      'source-controller: expected a deployment in flux-system, got none',
    ],
    [
      'a sync that is not ready',
      RESOURCES.Kustomization,
      (text) => text.replace('team-b/apps|True', 'team-b/apps|False'),
      `${RESOURCES.Kustomization} team-b/apps: expected Ready True, got Ready False`,
    ],
    [
      'a sync without a status',
      RESOURCES.Kustomization,
      (text) => text.replace('team-b/apps|True', 'team-b/apps|'),
      `${RESOURCES.Kustomization} team-b/apps: expected Ready True, got no such condition`,
    ],
    [
      'a sync that somebody suspended',
      RESOURCES.Kustomization,
      (text) => text.replace('team-a/apps|True|', 'team-a/apps|True|true'),
      `${RESOURCES.Kustomization} team-a/apps: expected reconciliation, got a suspended object`,
    ],
    [
      'a sync of another account',
      RESOURCES.Kustomization,
      (text) => text.replace('team-a/apps|True||team-a', 'team-a/apps|True||team-b'),
      `${RESOURCES.Kustomization} team-a/apps: expected account team-a, got team-b`,
    ],
    [
      'a sync of no account',
      RESOURCES.Kustomization,
      (text) => text.replace('team-a/apps|True||team-a', 'team-a/apps|True||'),
      `${RESOURCES.Kustomization} team-a/apps: expected account team-a, got none`,
    ],
    [
      'a source that is not there',
      RESOURCES.GitRepository,
      (text) => text.replace(/team-a.*\n/, ''),
      `${RESOURCES.GitRepository} team-a/git: expected Ready True, got no such object`,
    ],
    [
      'no source at all',
      RESOURCES.GitRepository,
      () => '',
      `${RESOURCES.GitRepository} team-b/git: expected Ready True, got no such object`,
    ],
    [
      'a tenant that may not work',
      'rights',
      () => '',
      'team-a may create deployments in team-a: expected yes, got no',
    ],
    [
      'a tenant that administers the cluster',
      'rights',
      (text) =>
        `${text}--as=system:serviceaccount:team-a:team-a create clusterrolebindings.rbac.authorization.k8s.io\n`,
      'team-a may create clusterrolebindings: expected no, got yes',
    ],
    [
      'a tenant that reads the secrets of Flux',
      'rights',
      (text) => `${text}--as=system:serviceaccount:team-b:team-b get secrets in flux-system\n`,
      'team-b may read secrets in flux-system: expected no, got yes',
    ],
    [
      'a tenant with rights in the namespace of another',
      'rights',
      (text) =>
        `${text}--as=system:serviceaccount:team-b:team-b create deployments.apps in team-a\n`,
      'team-b may create deployments in team-a: expected no, got yes',
    ],
    [
      'admission that lets a source through',
      'refusal',
      () => 'ocirepository.source.toolkit.fluxcd.io/verify-refusal created (server dry run)',
      'team-a fetches from elsewhere: expected a refusal by flux-tenants-oci, got ocirepository.source.toolkit.fluxcd.io/verify-refusal created (server dry run)',
    ],
    [
      'a refusal that is none of admission',
      'refusal',
      () => 'Error from server (Forbidden): cannot create resource',
      'team-a fetches from elsewhere: expected a refusal by flux-tenants-oci, got Error from server (Forbidden): cannot create resource',
    ],
  ])('finds %s', (_, file, change, line) => {
    const fake = clusterOf(files);
    const answers = path.join(fake, file);
    const before = fs.readFileSync(answers, 'utf8');
    fs.writeFileSync(answers, change(before));
    expect(fs.readFileSync(answers, 'utf8')).not.toBe(before);
    const { status, lines } = verify(script(), fake);
    expect(lines).toContain(`WRONG  ${line}`);
    expect(lines.at(-1)).toBe('not all is as expected');
    expect(status).toBe(1);
  });

  test('finds a Flux that is not healthy', () => {
    const fake = clusterOf(files);
    fs.writeFileSync(path.join(fake, 'unhealthy'), '');
    const { status, lines } = verify(script(), fake);
    expect(status).toBe(1);
    expect(lines.join()).toContain('WRONG  exit code of flux check: expected 0, got another');
  });

  test('says that it cannot ask, rather than that all is well', () => {
    const fake = clusterOf(files);
    fs.writeFileSync(path.join(fake, 'unreachable'), '');
    const { status, stderr } = verify(script(), fake);
    expect([status, stderr]).toEqual([
      2,
      'verify.sh: cannot read the deployments in flux-system\n',
    ]);
  });

  test('asks about the tenants that are named, and refuses names that are none', () => {
    const { status, asked } = verify(script(), clusterOf(files), ['team-b']);
    expect(status).toBe(0);
    expect(asked.filter((line) => line.includes('serviceaccount:team-b')).length).toBe(5);
    expect(asked.filter((line) => line.includes('serviceaccount:team-a'))).toEqual([]);
    for (const name of ['team', '.*', '', "'; touch x"]) {
      const { status: code, stderr } = verify(script(), clusterOf(files), [name]);
      expect([code, stderr]).toEqual([2, `verify.sh: the cluster has no tenant '${name}'\n`]);
    }
  });

  test('is understood by shells of POSIX', () => {
    const file = path.join(temporaryDirectory(), 'verify.sh');
    fs.writeFileSync(file, script());
    expect(execFileSync('sh', ['-n', file]).toString()).toBe('');
    expect(script()).not.toMatch(/\[\[|\bfunction [a-z]+ *\{|\blocal\b/);
  });
});

test('however many tenants there are, what is asked of all kinds is asked once', () => {
  const reads = (names: string[]) => {
    const files = fleetOf(names).files();
    const { status, asked } = verify(files.get(SCRIPT)!, clusterOf(files), [names[0]]);
    expect(status).toBe(0);
    return asked.length;
  };
  expect(reads(['team-a', 'team-b', 'team-c', 'team-d'])).toBe(reads(['team-a', 'team-b']));
});

test('a fleet with one tenant, or none, is asked about nobody else', () => {
  const one = fleetOf(['team-a']).files();
  const { status, lines } = verify(one.get(SCRIPT)!, clusterOf(one));
  expect(status).toBe(0);
  expect(lines.filter((line) => line.includes('may create deployments'))).toEqual([
    'ok     team-a may create deployments in team-a: yes',
  ]);
  const none = fleetOf([]).files();
  expect(verify(none.get(SCRIPT)!, clusterOf(none)).status).toBe(0);
});

test('policies that only audit are not expected to refuse', () => {
  const audit = Admission.native({ mode: AdmissionMode.AUDIT });
  const warning =
    '[fleet-infra/admission] admission policies let through what breaks them; enforce them once the audit is clean';
  const files = fleetOf(['team-a'], audit, [warning]).files();
  expect(files.get(SCRIPT)).not.toContain('flux-tenants-oci');
  expect(verify(files.get(SCRIPT)!, clusterOf(files)).status).toBe(0);
});

test('no name of an object reaches the shell that is none of Kubernetes', () => {
  const location = {
    repository: 'fleet',
    clusters: ['fleet/prod'],
    owner: 'fleet/team-a',
    shelf: { kind: 'tenant' as const, tenant: 'team-a' },
  };
  const source = (metadata: any, spec: any = {}, kind: any = 'GitRepository') => ({
    manifest: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind, metadata, spec },
    constructPath: 'fleet/team-a/x',
    location,
    markers: [],
    patches: [],
  });
  const hostile = "x' ; touch /tmp/p; '";
  const odd = [hostile, 'a b', 'a\nb', '-n', '', undefined, 7, ['a']];
  const expected = expectedCluster(
    'fleet',
    { name: 'prod', environment: 'production' },
    [
      source({ name: 'fine', namespace: 'team-a' }),
      ...odd.map((name) => source({ name, namespace: 'team-a' })),
      ...odd.map((namespace) => source({ name: 'x', namespace })),
      source(undefined),
      source({ name: 'elsewhere', namespace: 'team-a' }, {}, 'toString'),
      source({ name: 'suspended', namespace: 'team-a' }, { suspend: true }),
      source({ name: 'static', namespace: 'team-a' }, { type: 'oci' }, 'HelmRepository'),
    ],
    [],
  );
  expect(expected.objects.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([
    'team-a/fine',
    'flux-system/flux-system',
  ]);
  expect(verifyScript({ ...expected, tenants: [] })).not.toContain('touch');
});

test.each(["it's", '$(touch x)', '`id`', '"', '\\', 'a\nb', "'; exit 1; '", '!', '*'])(
  'the word %j means itself in a shell',
  (text) => {
    const output = execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`]);
    expect(output.toString()).toBe(text);
  },
);
