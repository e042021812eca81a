import { Check } from '../../src/checks/check';
import { CheckResult, runChecks } from '../../src/checks/run-checks';
import { fluxApiVersion } from '../../src/checks/rules/flux-api-version';
import { gotkSync } from '../../src/checks/gotk-sync';
import { exampleFleet } from './example-repository';

const PREFIX = 'checks.cdk8s-flux-tenants/';

function bucket(annotations: Record<string, string>, version = 'v1beta2'): string {
  return `apiVersion: source.toolkit.fluxcd.io/${version}
kind: Bucket
metadata:
  name: charts
  namespace: apps
  annotations: ${JSON.stringify(annotations)}
spec:
  interval: 5m
`;
}

function judged(example: string, checks: readonly Check[] = [fluxApiVersion]): CheckResult {
  return runChecks(exampleFleet(example), { profile: 'strict', checks });
}

function idsOf({ findings }: CheckResult): string[] {
  return findings.map(({ check }) => check);
}

test('an annotation accepts a finding, with who answers for it and why', () => {
  const accepted = { [`${PREFIX}flux-api-version`]: 'platform team: the old cluster goes in May' };
  const result = judged(bucket(accepted));
  expect(idsOf(result)).toEqual([]);
  expect(result.suppressed).toEqual([
    expect.objectContaining({
      check: 'flux-api-version',
      object: 'Bucket apps/charts',
      suppression: {
        owner: 'platform team',
        reason: 'the old cluster goes in May',
        where: 'clusters/prod/example.yaml',
        by: 'annotation',
      },
    }),
  ]);
});

test('an annotation accepts nothing of another object', () => {
  const accepted = { [`${PREFIX}flux-api-version`]: 'platform team: known' };
  const other = bucket({}).replace('name: charts', 'name: other');
  expect(judged(`${bucket(accepted)}---\n${other}`).findings).toEqual([
    expect.objectContaining({ check: 'flux-api-version', object: 'Bucket apps/other' }),
  ]);
});

test('an annotation with nothing to accept is a finding', () => {
  const accepted = { [`${PREFIX}flux-api-version`]: 'platform team: known' };
  expect(idsOf(judged(bucket(accepted, 'v1')))).toEqual(['unused-suppression']);
});

test.each(['known', ': known', 'platform team:', 'platform team: ', ''])(
  'an annotation that says %p is an error and accepts nothing',
  (value) => {
    const result = judged(bucket({ [`${PREFIX}flux-api-version`]: value }));
    expect(idsOf(result).sort()).toEqual(['flux-api-version', 'malformed-suppression']);
  },
);

test('a suppression of no known check is an error that says which one is meant', () => {
  const result = judged(bucket({ [`${PREFIX}flux-api-versoin`]: 'platform team: known' }));
  expect(result.findings).toEqual([
    expect.objectContaining({ check: 'flux-api-version', line: 1 }),
    expect.objectContaining({
      check: 'malformed-suppression',
      line: 6,
      message:
        "Bucket apps/charts accepts 'flux-api-versoin', and no check is called that; did you mean 'flux-api-version'?",
    }),
  ]);
});

test.each(['check-failed', 'malformed-suppression', 'unused-suppression'])(
  'nobody accepts %s',
  (id) => {
    const failing: Check = {
      ...fluxApiVersion,
      *examine(): Generator<never> {
        throw new Error('unexpected shape');
      },
    };
    const result = judged(bucket({ [PREFIX + id]: 'platform team: known' }), [failing]);
    expect(result.suppressed).toEqual([]);
    expect(result.findings).toContainEqual(
      expect.objectContaining({ check: 'check-failed', object: 'Bucket apps/charts' }),
    );
    expect(result.findings).toContainEqual(
      expect.objectContaining({
        message: `Bucket apps/charts accepts '${id}', which cannot be accepted`,
      }),
    );
  },
);

test('no shape of an annotation stops the others from being judged', () => {
  for (const odd of [null, 1, [], {}, { toString: 1 }]) {
    const odds = { [`${PREFIX}flux-api-version`]: odd as unknown as string };
    expect(idsOf(judged(bucket(odds))).sort()).toEqual([
      'flux-api-version',
      'malformed-suppression',
    ]);
  }
});

test('there is no suppression of everything', () => {
  for (const all of ['*', 'all']) {
    const result = judged(bucket({ [`${PREFIX}${all}`]: 'platform team: known' }));
    expect(idsOf(result)).toContain('flux-api-version');
  }
});

const LIST = '# file: .flux-checks\nsuppressions:\n';
const OWN_PATH = 'path: clusters/prod/example.yaml';
const OWNER = 'owner: platform team, reason: known';

test.each([OWN_PATH, `${OWN_PATH}, object: source.toolkit.fluxcd.io/Bucket apps/charts`])(
  'the list of a repository accepts what { %s } has',
  (place) => {
    const list = `${LIST}  - { check: flux-api-version, ${place}, ${OWNER} }\n`;
    const result = judged(bucket({}) + list);
    expect(idsOf(result)).toEqual([]);
    expect(result.suppressed[0].suppression).toMatchObject({ where: '.flux-checks', by: 'entry' });
  },
);

test.each([
  ['another file', 'path: clusters/prod/other.yaml'],
  [
    'another file with an object of the same name',
    'path: a.yaml, object: source.toolkit.fluxcd.io/Bucket apps/charts',
  ],
  ['another object', `${OWN_PATH}, object: source.toolkit.fluxcd.io/Bucket apps/other`],
  ['another namespace', `${OWN_PATH}, object: source.toolkit.fluxcd.io/Bucket team-a/charts`],
  ['the object of another group', `${OWN_PATH}, object: s3.example.com/Bucket apps/charts`],
  ['the object of the core group', `${OWN_PATH}, object: Bucket apps/charts`],
])('an entry of the list for %s accepts nothing', (_, place) => {
  const list = `${LIST}  - { check: flux-api-version, ${place}, ${OWNER} }\n`;
  expect(idsOf(judged(bucket({}) + list)).sort()).toEqual([
    'flux-api-version',
    'unused-suppression',
  ]);
});

test('an entry that names an object without its group is told which one it means', () => {
  const list = `${LIST}  - { check: flux-api-version, ${OWN_PATH}, object: Bucket apps/charts, ${OWNER} }\n`;
  expect(judged(bucket({}) + list).findings).toContainEqual(
    expect.objectContaining({
      check: 'unused-suppression',
      remedy: "name the object with its group: 'source.toolkit.fluxcd.io/Bucket apps/charts'",
    }),
  );
});

test.each([
  ['no place', OWNER, "an entry without path must have 'path' as text, and not empty"],
  [
    'an object and no file',
    `object: Bucket apps/charts, ${OWNER}`,
    "the entry for Bucket apps/charts must have 'path' as text, and not empty",
  ],
  [
    'neither owner nor reason',
    `${OWN_PATH}, reason: ' '`,
    "the entry for clusters/prod/example.yaml must have 'owner' and 'reason' as text, and not empty",
  ],
  [
    'a misspelt field',
    `${OWN_PATH}, objct: source.toolkit.fluxcd.io/Bucket apps/other, ${OWNER}`,
    "the entry for clusters/prod/example.yaml has an unknown field 'objct'; did you mean 'object'?",
  ],
  [
    'an object that is none',
    `${OWN_PATH}, object: charts, ${OWNER}`,
    'the entry for charts must have an object as \'group/Kind namespace/name\', got "charts"',
  ],
  [
    'a list for an object',
    `${OWN_PATH}, object: [Bucket apps/charts], ${OWNER}`,
    'the entry for clusters/prod/example.yaml must have an object as \'group/Kind namespace/name\', got ["Bucket apps/charts"]',
  ],
])('an entry with %s is an error, with its line, and accepts nothing', (_, fields, message) => {
  const list = `${LIST}  # why\n  - { check: flux-api-version, ${fields} }\n`;
  const { findings } = judged(bucket({}) + list);
  expect(findings).toEqual([
    expect.objectContaining({
      check: 'malformed-suppression',
      path: '.flux-checks',
      line: 3,
      message,
      remedy: expect.stringContaining("'object' as 'group/Kind namespace/name'"),
    }),
    expect.objectContaining({ check: 'flux-api-version' }),
  ]);
});

test('an entry that is no map is an error', () => {
  expect(judged(`${bucket({}, 'v1')}${LIST}  - just a text\n`).findings).toEqual([
    expect.objectContaining({
      message:
        "an entry without path must be a map with 'check', 'path', 'owner', 'reason', got \"just a text\"",
    }),
  ]);
});

test('what suppresses nothing is found in the line that says so', () => {
  const accepted = { [`${PREFIX}flux-api-version`]: 'platform team: known' };
  const list = `${LIST}  - { check: flux-api-version, path: a.yaml, ${OWNER} }\n`;
  expect(judged(bucket(accepted, 'v1') + list).findings).toEqual([
    expect.objectContaining({
      path: '.flux-checks',
      line: 2,
      message: "the entry for a.yaml accepts 'flux-api-version', of which nothing is found",
      remedy: 'remove the entry',
    }),
    expect.objectContaining({
      path: 'clusters/prod/example.yaml',
      line: 6,
      message: "Bucket apps/charts accepts 'flux-api-version', of which nothing is found",
      remedy: 'remove the annotation',
    }),
  ]);
});

describe('of two clusters that get an object', () => {
  const staging = gotkSync().replace(/prod/g, 'staging');
  const overlay = (
    cluster: string,
    annotations: object,
  ): string => `# file: clusters/${cluster}/apps.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  path: ./apps
  sourceRef: { kind: GitRepository, name: flux-system }
  patches:
    - patch: ${JSON.stringify(JSON.stringify({ ...BUCKET, metadata: { ...BUCKET.metadata, annotations } }))}
`;
  const BUCKET = {
    apiVersion: 'source.toolkit.fluxcd.io/v1beta2',
    kind: 'Bucket',
    metadata: { name: 'charts', namespace: 'apps' },
  };
  const fleet = (...annotations: readonly object[]): string =>
    [staging, ...annotations.map((one, i) => overlay(['prod', 'staging'][i], one))].join('') +
    `# file: apps/bucket.yaml\n${bucket({})}`;
  const key = `${PREFIX}flux-api-version`;

  test('the overlay of one accepts what is found there, and nothing of the other', () => {
    const { findings, suppressed } = judged(fleet({ [key]: 'platform team: goes in May' }, {}));
    const found = { check: 'flux-api-version', path: 'apps/bucket.yaml' };
    expect(findings).toEqual([expect.objectContaining({ ...found, clusters: ['staging'] })]);
    expect(suppressed).toEqual([expect.objectContaining({ ...found, clusters: ['prod'] })]);
  });

  test('each accepts for reasons of its own, and both for the same one', () => {
    const [one, other] = ['goes in May', 'goes in June'].map((why) => ({
      [key]: `platform team: ${why}`,
    }));
    const clustersOf = (result: CheckResult): (readonly string[])[] => {
      expect(result.findings).toEqual([]);
      return result.suppressed.map(({ clusters }) => clusters);
    };
    expect(clustersOf(judged(fleet(one, other)))).toEqual([['prod'], ['staging']]);
    expect(clustersOf(judged(fleet(one, one)))).toEqual([['prod', 'staging']]);
  });
});

test('a check that fails is a finding, and the others go on', () => {
  const failing: Check = {
    ...fluxApiVersion,
    id: 'failing',
    types: ['source.toolkit.fluxcd.io/Bucket'],
    *examine(): Generator<never> {
      throw new Error('unexpected shape');
    },
  };
  const { findings } = judged(bucket({}), [failing, fluxApiVersion]);
  expect(findings.map(({ check, message }) => [check, message])).toEqual([
    ['check-failed', "Bucket apps/charts could not be judged by check 'failing': unexpected shape"],
    ['flux-api-version', expect.stringContaining('v1beta2')],
  ]);
});

test('a list that cannot be read as one is an error', () => {
  for (const text of ['suppressions: [', 'supressions: []', '- check: flux-api-version']) {
    const result = judged(`${bucket({})}# file: .flux-checks\n${text}\n`);
    expect(idsOf(result)).toContain('malformed-suppression');
  }
});

describe('what a tenant applies', () => {
  const accepted = bucket({ [`${PREFIX}flux-api-version`]: 'platform team: agreed' });
  const syncOf = (
    namespace: string,
    path: string,
  ): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${path}
  namespace: ${namespace}
spec:
  path: ./${path}
  serviceAccountName: ${namespace}
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
`;

  test('accepts nothing', () => {
    const example = `# with: tenant team-a\n${syncOf('team-a', 'own')}# file: own/a.yaml\n${accepted}`;
    expect(idsOf(judged(example))).toContain('malformed-suppression');
    expect(idsOf(judged(example))).toContain('flux-api-version');
  });

  test('accepts nothing by way of a namespace of the platform', () => {
    const detour = `# file: own/detour.yaml\n${syncOf('flux-system', 'detour')}# file: detour/a.yaml\n${accepted}`;
    const found = idsOf(judged(`# with: tenant team-a\n${syncOf('team-a', 'own')}${detour}`));
    expect(found).toContain('malformed-suppression');
    expect(found).toContain('flux-api-version');
  });
});
