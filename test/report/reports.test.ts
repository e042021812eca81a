import * as fs from 'fs';
import * as path from 'path';
import Ajv from 'ajv/dist/2020';
import { Finding } from '../../src/checks/finding';
import { CHECKS } from '../../src/checks/registry';
import { ArtifactRoot } from '../../src/report/artifact-root';
import { jsonReport } from '../../src/report/json-report';
import { junitReport } from '../../src/report/junit-report';
import { sarifReport } from '../../src/report/sarif-report';
import { textReport } from '../../src/report/text-report';
import { ACCEPTED, finding, HOSTILE, part, result } from './results';

const SCHEMA = path.join(__dirname, '../../docs/findings.schema.json');

describe('the report for people', () => {
  test('says no more than the verdict where nothing is found', () => {
    expect(textReport(result())).toBe('passed: 0 errors, 0 warnings, 0 suppressed, 0 not read\n');
  });

  test('lists what could not be read where the verdict hangs on it, and counts the rest', () => {
    const chart = part({ what: "what HelmRelease 'web' installs", decides: false });
    expect(textReport(result([], [], [part(), chart]))).toBe(
      `not read
  clusters/prod/apps.yaml  what Kustomization 'apps' in namespace 'flux-system' applies
       on prod
       remedy: give what another repository holds to 'cdk8s-flux-tenants audit' by --repository URL=DIR; look at the rest yourself

unknown: 0 errors, 0 warnings, 0 suppressed, 2 not read
`,
    );
    expect(textReport(result([], [], [chart]))).toBe(
      'passed: 0 errors, 0 warnings, 0 suppressed, 1 not read\n',
    );
  });

  test('offers no other repository where no cluster was found', () => {
    const none = part({ what: 'what clusters get', path: undefined, clusters: [] });
    expect(textReport(result([], [], [none]))).toBe(
      'not read\n  fleet-infra  what clusters get\n\nunknown: 0 errors, 0 warnings, 0 suppressed, 1 not read\n',
    );
  });

  test('calls failed what has an error, whatever could not be read', () => {
    expect(textReport(result([finding()], [], [part()]))).toMatch(/\nfailed: 1 error, .*\n$/);
  });

  test('groups findings by file, and counts them', () => {
    const other = finding({ path: 'apps/a.yaml', severity: 'warning', line: 3, clusters: [] });
    expect(textReport(result([other, finding()]))).toBe(
      `apps/a.yaml
    3  warning  Bucket apps/charts must have apiVersion 'source.toolkit.fluxcd.io/v1'  flux-api-version
       remedy: set apiVersion to the one that is served

clusters/prod/apps.yaml
   12  error    Bucket apps/charts must have apiVersion 'source.toolkit.fluxcd.io/v1'  flux-api-version
       on prod, staging
       remedy: set apiVersion to the one that is served

failed: 1 error, 1 warning, 0 suppressed, 0 not read
`,
    );
  });

  test('says the path of a file once where a finding is about the file', () => {
    const path = 'clusters/prod/apps.yaml';
    const text = textReport(result([finding({ path, message: `${path} cannot be read` })]));
    expect(text.split(path)).toHaveLength(2);
    expect(text).toContain('error    cannot be read');
  });

  test('lists what is suppressed, with its reason', () => {
    const text = textReport(result([], [finding({ suppression: ACCEPTED })]));
    expect(text).toContain('platform team: until the migration');
    expect(text).toMatch(/passed: 0 errors, 0 warnings, 1 suppressed, 0 not read\n$/);
  });

  test('lets nothing of a manifest control the terminal', () => {
    const accepted = finding({ path: HOSTILE, suppression: ACCEPTED });
    const unread = part({ what: HOSTILE, path: HOSTILE, clusters: [HOSTILE] });
    const found = finding({ message: HOSTILE, path: HOSTILE });
    const text = textReport(result([found], [accepted], [unread]));
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain('a\\u001b[31m<b>');
  });

  test.each(['::stop-commands::x', ' ::error::x', 'x ##[add-mask]x', '##vso[task.complete]x'])(
    'lets nothing of a manifest give the log of a pipeline the order %s',
    (order) => {
      const accepted = finding({ path: order, suppression: { ...ACCEPTED, owner: order } });
      const found = finding({ message: order, path: order });
      const text = textReport(result([found], [accepted], [part({ path: order })]));
      expect(text).not.toMatch(/^\s*::|##\w*\[/m);
    },
  );

  test('is coloured on request only', () => {
    expect(textReport(result([finding()]), true)).toContain('\u001b[31merror');
  });
});

describe('the report for programs', () => {
  const validate = new Ajv({ strict: true }).compile(JSON.parse(fs.readFileSync(SCHEMA, 'utf8')));

  test.each([
    ['nothing', result()],
    ['a finding', result([finding()])],
    ['a finding without a line, an object and a cluster', result([bare()])],
    ['a suppressed finding', result([], [finding({ suppression: ACCEPTED })])],
    ['a hostile finding', result([finding({ message: HOSTILE, path: HOSTILE })])],
    [
      'what could not be read',
      result([], [], [part({ tenant: 'team-a' }), part({ path: undefined })]),
    ],
  ])('of %s is as its schema says', (_, one) => {
    validate(JSON.parse(jsonReport(one)));
    expect(validate.errors).toBeNull();
  });

  test('says the same as the findings', () => {
    const { findings, summary } = JSON.parse(jsonReport(result([finding()])));
    expect(findings).toEqual([finding()]);
    expect(summary).toEqual({ errors: 1, warnings: 0, suppressed: 0, unread: 0, checks: 2 });
  });

  test('says what could not be read, and what it comes to', () => {
    const report = JSON.parse(jsonReport(result([], [], [part()])));
    expect([report.verdict, report.unread]).toEqual(['unknown', [part()]]);
    expect(JSON.parse(jsonReport(result([finding()], [], [part()]))).verdict).toBe('failed');
    expect(JSON.parse(jsonReport(result())).verdict).toBe('passed');
  });
});

describe('SARIF', () => {
  test('has what could not be read as notifications of the run', () => {
    const chart = part({ path: undefined, decides: false });
    const roots = new Map([['fleet-infra', { isElsewhere: false, segments: ['infra'] }]]);
    const [run] = JSON.parse(sarifReport(result([], [], [part(), chart]), roots)).runs;
    const [invocation] = run.invocations;
    const notified = invocation.toolExecutionNotifications;
    expect(run.properties.verdict).toBe('unknown');
    expect(run.results).toEqual([]);
    expect(invocation.executionSuccessful).toBe(true);
    expect(notified.map(({ level }: { level: string }) => level)).toEqual(['warning', 'note']);
    const { message, locations, descriptor } = notified[0];
    expect(message.text).toBe(
      "not read: what Kustomization 'apps' in namespace 'flux-system' applies",
    );
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe(
      'infra/clusters/prod/apps.yaml',
    );
    expect(run.tool.driver.notifications[descriptor.index].id).toBe(descriptor.id);
  });

  test('names a rule, a file and a line for each finding', () => {
    const [run] = JSON.parse(sarifReport(result([finding()]))).runs;
    const [one] = run.results;
    expect(run.tool.driver.rules[one.ruleIndex].id).toBe('flux-api-version');
    expect(one).toMatchObject({
      ruleId: 'flux-api-version',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'clusters/prod/apps.yaml' },
            region: { startLine: 12 },
          },
        },
      ],
    });
  });

  test('explains every check that may be found', () => {
    const [run] = JSON.parse(sarifReport(result())).runs;
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(expect.arrayContaining(CHECKS.map(({ id }) => id)));
    for (const { help, helpUri, shortDescription } of run.tool.driver.rules) {
      expect(help.markdown).toContain('## Remedy');
      expect(helpUri).toMatch(/^https:\/\/.*\.md$/);
      expect(shortDescription.text.length).toBeLessThan(1024);
    }
  });

  test.each([
    ['annotation', 'inSource'],
    ['entry', 'external'],
    ['program', 'external'],
  ] as const)('says of a suppression by %s that it is %s', (by, kind) => {
    const accepted = finding({ suppression: { ...ACCEPTED, by } });
    const [run] = JSON.parse(sarifReport(result([], [accepted]))).runs;
    expect(run.results[0].suppressions).toEqual([
      { kind, justification: 'platform team: until the migration' },
    ]);
  });

  test('gives a finding the same fingerprint wherever it moves in its file, and no other one', () => {
    const prints = [finding(), finding({ line: 99 }), finding({ object: 'Bucket apps/other' })].map(
      (one) => JSON.parse(sarifReport(result([one]))).runs[0].results[0].partialFingerprints,
    );
    expect(prints[1]).toEqual(prints[0]);
    expect(prints[2]).not.toEqual(prints[0]);
  });

  test('writes paths as parts of a URI', () => {
    expect(artifactOf(finding({ path: 'a b/c#d?.yaml' }))).toEqual({
      uri: 'a%20b/c%23d%3F.yaml',
      uriBaseId: '%SRCROOT%',
    });
  });

  test('puts files below the directory of their repository, and those of others beside what is uploaded to', () => {
    const roots = new Map([
      ['fleet-infra', { isElsewhere: false, segments: ['deploy', 'fleet infra'] }],
      ['../team-a', { isElsewhere: true, segments: ['git.example.com', 'acme', 'team-a'] }],
    ]);
    expect(artifactOf(finding({ path: 'a.yaml' }), roots)).toEqual({
      uri: 'deploy/fleet%20infra/a.yaml',
      uriBaseId: '%SRCROOT%',
    });
    expect(artifactOf(finding({ path: 'a.yaml', repository: '../team-a' }), roots)).toEqual({
      uri: 'git.example.com/acme/team-a/a.yaml',
      uriBaseId: 'REPOSITORIES',
    });
  });

  test('tells findings of the same path in two repositories apart', () => {
    const roots = new Map([['other', { isElsewhere: true, segments: ['git.example.com', 'x'] }]]);
    const results = [finding(), finding({ repository: 'other' })];
    const [run] = JSON.parse(sarifReport(result(results), roots)).runs;
    const prints = run.results.map((one: any) => one.partialFingerprints['finding/v1']);
    expect(new Set(prints).size).toBe(2);
    expect(Object.keys(run.originalUriBaseIds)).toEqual(['%SRCROOT%', 'REPOSITORIES']);
  });
});

function artifactOf(one: Finding, roots?: ReadonlyMap<string, ArtifactRoot>): object {
  const [run] = JSON.parse(sarifReport(result([one]), roots)).runs;
  return run.results[0].locations[0].physicalLocation.artifactLocation;
}

describe('JUnit', () => {
  test('has a test for each check, of which those with errors fail', () => {
    const xml = junitReport(result([finding()]));
    expect(xml).toContain('tests="3" failures="1" errors="0" skipped="0"');
    expect(xml.match(/<testcase /g)).toHaveLength(3);
    expect(xml.match(/<failure /g)).toHaveLength(1);
  });

  test('has a test for what is found of suppressions, and of a check that failed', () => {
    const xml = junitReport(result([finding({ check: 'malformed-suppression' })]));
    expect(xml).toContain('tests="4" failures="1"');
    expect(xml).toContain('name="malformed-suppression">\n      <failure');
  });

  test('says the path of a file once, and no line that is not known', () => {
    const path = 'clusters/prod/apps.yaml';
    const about = finding({ path, line: undefined, message: `${path} cannot be read` });
    const xml = junitReport(result([about], [{ ...about, suppression: ACCEPTED }]));
    expect(xml).toContain(`>${path} cannot be read; remedy: set apiVersion`);
    expect(xml).toContain(`suppressed ${path} cannot be read; remedy`);
    expect(xml).not.toContain(':0');
  });

  test('does not fail for warnings and what is suppressed', () => {
    const accepted = finding({ suppression: ACCEPTED });
    const xml = junitReport(result([finding({ severity: 'warning' })], [accepted]));
    expect(xml).toContain('failures="0"');
    expect(xml).toContain('platform team: until the migration');
  });

  test('skips a test where the verdict hangs on what could not be read, and only there', () => {
    const chart = part({ decides: false });
    const xml = junitReport(result([], [], [part(), chart]));
    expect(xml).toContain('failures="0" errors="0" skipped="1"');
    expect(xml.match(/<skipped message="not read: what Kustomization /g)).toHaveLength(1);
    expect(junitReport(result([], [], [chart]))).toContain('skipped="0"');
    expect(junitReport(result([], [], [chart]))).toContain('clusters/prod/apps.yaml what');
  });

  test('stays XML whatever a manifest says', () => {
    const unread = part({ what: HOSTILE, path: HOSTILE });
    const xml = junitReport(result([finding({ message: HOSTILE })], [], [unread]));
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    expect(xml).toContain('a\\u001b[31m&lt;b&gt;&amp;&quot;');
    expect(xml.match(/</g)).toHaveLength(xml.match(/>/g)!.length);
  });
});

function bare(): ReturnType<typeof finding> {
  return finding({ line: undefined, object: undefined, field: undefined, clusters: [] });
}
