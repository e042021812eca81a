import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AppRepo,
  AppRepoProps,
  AuditVerdict,
  Checks,
  Cluster,
  Fleet,
  FleetRepo,
  GitRevision,
  GitSource,
  GitTarget,
  OciContent,
  OciVersion,
  Signature,
  SignedOciSource,
  SignedOciSourceProps,
  Tenant,
} from '../../src';
import { patchInEnvironment } from '../../src/vocabulary/environment-patch';
import { addPipeline, TARGET } from '../pipelines';
import { smallFleet, synthesized } from '../synthesized';

const signature = Signature.githubActions({ repository: 'acme/team-a', workflow: 'publish.yaml' });
const version = OciVersion.semver('1.x');
const OWN_URL = 'oci://ghcr.io/acme/manifests/team-a';

function sourceOf(
  team: Tenant,
  id = 'manifests',
  props: Partial<SignedOciSourceProps> = {},
): SignedOciSource {
  return new SignedOciSource(team, id, { signature, version, ...props });
}

function syncGit(team: Tenant, url: string, path?: string): void {
  const source = new GitSource(team, 'git', { url, revision: GitRevision.branch('main') });
  team.sync('from-git', { source, path });
}

/** A ConfigMap that the API server refuses; only of what a cluster gets is it judged. */
function addBad(scope: Construct): ApiObject {
  const bad = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'bad' } };
  return new ApiObject(scope, 'bad', { ...bad, data: { workers: 4 } } as any);
}

interface Program {
  readonly app: Fleet;
  readonly team: Tenant;
  readonly repo: AppRepo;
  readonly tenant: (id: string) => Tenant;
}

/** A tenant with an AppRepo that holds a bad ConfigMap, and what a test has it deliver. */
function program(deliver: (team: Tenant) => Partial<AppRepoProps> | void): Program {
  const { app, tenant } = smallFleet();
  const team = tenant('team-a');
  const repo = new AppRepo(app, 'apps', { tenant: team, ...deliver(team) });
  addBad(repo);
  return { app, team, repo, tenant };
}

const syncOwn = (team: Tenant): void => void team.sync('apps', { source: sourceOf(team) });

/** What checks find, each as '<construct> <file> <check>'. */
function found({ app }: Program): string[] {
  const findings: any[] = JSON.parse(app.audit().toJson()).findings;
  return findings.map((one) => `${one.construct} ${one.path} ${one.check}`);
}

function unreadSyncs({ app }: Program): string[] {
  return app.audit().unread.filter((what) => what.includes('what Kustomization'));
}

const BAD = 'apps/bad apps/team-a/bad/configmap.yaml text-value';
const unread = (sync: string): string =>
  `tenants/base/team-a/sync.yaml what Kustomization '${sync}' in namespace 'team-a' applies`;
const UNREAD = unread('apps');

function expectJoined(one: Program): void {
  expect(found(one)).toEqual([BAD]);
  expect(unreadSyncs(one)).toEqual([]);
}

function expectUnread(one: Program, syncs = [UNREAD]): void {
  expect(found(one)).toEqual([]);
  expect(unreadSyncs(one)).toEqual(syncs);
}

describe('the one AppRepo of a tenant that applies its own artifact alone', () => {
  test('is judged as what clusters get of it', () => {
    const one = program(syncOwn);
    expectJoined(one);
    const report = one.app.audit();
    expect(report.verdict).toBe(AuditVerdict.FAILED);
    expect(JSON.parse(report.toJson()).findings[0]).toMatchObject({
      repository: 'apps',
      clusters: ['prod', 'staging'],
      object: 'ConfigMap team-a/bad',
    });
    expect(() => one.app.synth()).toThrow('[apps/bad] apps/team-a/bad/configmap.yaml');
  });

  test('is written once what is wrong with it is accepted, and says so itself', () => {
    const { app, repo } = program(syncOwn);
    Checks.of(repo).suppress('text-value', { owner: 'team-a', reason: 'a webhook makes it text' });
    const files = synthesized(app);
    expect(files.get('apps/.flux-checks')).toContain('path: apps/team-a/bad/configmap.yaml');
    expect(files.has('fleet-infra/.flux-checks')).toBe(false);
  });

  test('is, by two sources with different versions of it, too', () => {
    expectJoined(
      program((team) => {
        team.sync('apps', { source: sourceOf(team), path: './bad' });
        sourceOf(team, 'next', { version: OciVersion.semver('2.x') });
      }),
    );
  });

  test('has what others keep in it, which stays unread', () => {
    const one = program(syncOwn);
    one.repo.includeFile('secret.sops.yaml');
    expect(found(one)).toEqual([BAD]);
    expect(one.app.audit().unread).toContainEqual(expect.stringContaining('secret.sops.yaml'));
  });

  test('is beside a chart of a registry', () => {
    expectJoined(
      program((team) => {
        syncOwn(team);
        sourceOf(team, 'chart', {
          url: 'oci://ghcr.io/acme/chart',
          content: OciContent.HELM_CHART,
        });
      }),
    );
  });

  test('is published by a workflow of its own repository', () => {
    expectJoined(
      program((team) => {
        syncOwn(team);
        return { url: 'ssh://git@github.com/Acme/team-a.git' };
      }),
    );
  });
});

describe('nothing is taken for what an AppRepo holds', () => {
  test('where the tenant has two AppRepos', () => {
    const one = program(syncOwn);
    new AppRepo(one.app, 'others', { tenant: one.team, path: 'others' });
    expectUnread(one);
  });

  test.each([1, 2])(
    'where another fleet has its name in the registry, with %i AppRepos',
    (count) => {
      const one = program(syncOwn);
      const registry = 'ghcr.io/acme/manifests';
      const fleet = new FleetRepo(one.app, 'second', { registry });
      const prod = new Cluster(fleet, 'second-prod', { environment: 'production' });
      const tenant = new Tenant(fleet, 'team-a', { clusters: [prod] });
      syncOwn(tenant);
      for (let i = 0; i < count; i++) {
        new AppRepo(one.app, `second-apps-${i}`, { tenant });
      }
      expectUnread(one, [UNREAD, UNREAD]);
    },
  );

  test('where the tenant applies another artifact, too', () => {
    const one = program((team) => {
      syncOwn(team);
      const source = sourceOf(team, 'other', { url: 'oci://ghcr.io/acme/other' });
      team.sync('from-other', { source });
    });
    expectUnread(one, [UNREAD, unread('from-other')]);
  });

  test('where the tenant applies a Git repository, too', () => {
    const one = program((team) => {
      syncOwn(team);
      syncGit(team, 'https://github.com/acme/team-a');
    });
    expectUnread(one, [UNREAD, unread('from-git')]);
  });

  test('where the artifact is not the tenant’s own', () => {
    expectUnread(
      program((team) => {
        team.sync('apps', { source: sourceOf(team, 'other', { url: 'oci://ghcr.io/acme/other' }) });
      }),
    );
  });

  test('where an environment applies another artifact', () => {
    const one = program((team) => {
      const source = sourceOf(team);
      team.sync('apps', { source });
      patchInEnvironment(source.repository, 'production', [
        { op: 'replace', path: '/spec/url', value: `${OWN_URL}/production` },
      ]);
    });
    expectUnread(one);
  });

  test('where a sync applies a directory that is not there: then more is published', () => {
    expectUnread(
      program((team) => {
        team.sync('apps', { source: sourceOf(team), path: './apps/team-a' });
      }),
    );
  });

  test('where a workflow of another repository signs', () => {
    expectUnread(
      program((team) => {
        syncOwn(team);
        return { url: 'https://github.com/acme/team-a-too' };
      }),
    );
  });
});

describe('an AppRepo that names its artifact', () => {
  const url = 'oci://ghcr.io/acme/team-a';

  test('is what the source takes, wherever that lies', () => {
    const one = program((team) => {
      const artifact = sourceOf(team, 'manifests', { url });
      team.sync('apps', { source: artifact });
      return { artifact };
    });
    expectJoined(one);
  });

  test('is, beside another AppRepo and what else the tenant applies', () => {
    const one = program((team) => {
      const artifact = sourceOf(team);
      team.sync('apps', { source: artifact });
      const source = sourceOf(team, 'other', { url: 'oci://ghcr.io/acme/other' });
      team.sync('from-other', { source });
      return { artifact };
    });
    new AppRepo(one.app, 'others', { tenant: one.team, path: 'others' });
    expect(found(one)).toEqual([BAD]);
    expect(unreadSyncs(one)).toEqual([unread('from-other')]);
  });

  test('has the directory that a sync applies, or the sync is wrong', () => {
    const one = program((team) => {
      const artifact = sourceOf(team);
      team.sync('apps', { source: artifact, path: './apps/team-a' });
      return { artifact };
    });
    expect(found(one)).toEqual([
      'fleet-infra/team-a/apps/kustomization tenants/base/team-a/sync.yaml sync-path-exists',
    ]);
  });

  test('is the only one that is published as it', () => {
    const one = program((team) => ({ artifact: sourceOf(team) }));
    const artifact = sourceOf(one.team, 'again');
    new AppRepo(one.app, 'others', { tenant: one.team, path: 'others', artifact });
    expect(() => one.app.audit()).toThrow(
      `[others] artifact '${OWN_URL}' is that of 'apps', too; one AppRepo is published as an artifact`,
    );
  });

  test('names one of manifests, of its own tenant, made by the library', () => {
    const { app, team, tenant } = program(syncOwn);
    const make = (artifact: any) => () =>
      new AppRepo(new Construct(app, artifact.node?.path ?? 'text'), 'x', {
        tenant: team,
        artifact,
      });
    const chart = sourceOf(team, 'chart', { content: OciContent.HELM_CHART });
    expect(make(chart)).toThrow("app repository 'x' must have a source with content 'manifests'");
    expect(make(sourceOf(tenant('team-b')))).toThrow(
      "app repository 'x' of tenant 'team-a' must not have the artifact of 'fleet-infra/team-b/manifests', which is another tenant's",
    );
    expect(make(OWN_URL)).toThrow(
      `'artifact' of app repository 'x' must be a SignedOciSource, got '${OWN_URL}'`,
    );
  });
});

describe('an AppRepo whose Git repository a sync applies', () => {
  const git = 'https://github.com/acme/team-a.git';

  test('is judged by the url that it names', () => {
    const one = program((team) => {
      syncGit(team, git, './apps/team-a');
      return { url: 'ssh://git@github.com/acme/team-a' };
    });
    expectJoined(one);
  });

  test('is judged by the target of its images', () => {
    const one = program((team) => syncGit(team, git, './apps/team-a'));
    const commitTo = GitTarget.pullRequestBranch({
      ...TARGET,
      repository: 'https://github.com/acme/team-a',
      environment: 'staging',
    });
    one.repo.useImage(addPipeline(one.team, { commitTo }).image('1.10.0'), 'podinfo');
    expectJoined(one);
  });

  test('is unread where neither is known', () => {
    expectUnread(
      program((team) => syncGit(team, git, './apps/team-a')),
      [unread('from-git')],
    );
  });

  test.each(['./deploy', './apps/team-b'])('is not missed in %s, which others write', (path) => {
    const one = program((team) => {
      syncGit(team, git, path);
      return { url: git };
    });
    expectUnread(one, [unread('from-git')]);
  });

  test.each(['./', './apps'])('is read in %s, and what lies beside it is not', (path) => {
    const one = program((team) => {
      syncGit(team, git, path);
      return { url: git };
    });
    expect(found(one)).toEqual([BAD]);
    expect(unreadSyncs(one)).toEqual([`${unread('from-git')} beside 'apps/team-a'`]);
  });

  test('misses what is not in its own directory', () => {
    const one = program((team) => {
      syncGit(team, git, './apps/team-a/absent');
      return { url: git };
    });
    expect(found(one)).toEqual([
      'fleet-infra/team-a/from-git/kustomization tenants/base/team-a/sync.yaml sync-path-exists',
    ]);
  });
});

describe('an AppRepo that no sync is known to apply', () => {
  test('is told of where the tenant has syncs, one of which most likely does', () => {
    const { app, repo } = program((team) => syncGit(team, 'https://github.com/acme/team-a'));
    expect(repo.plan(app.outdir).warnings).toEqual([
      expect.stringMatching(/^\[apps\] no sync of tenant 'team-a' is known to apply it/),
    ]);
  });

  test('is told of nothing where the tenant has none, or its url says what applies it', () => {
    const none = program(() => undefined);
    expect(none.repo.plan(none.app.outdir).warnings).toEqual([]);

    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const url = 'https://github.com/acme/team-a';
    syncGit(team, url, './apps/team-a');
    const repo = new AppRepo(app, 'apps', { tenant: team, url });
    expect(repo.plan(app.outdir).warnings).toEqual([]);
  });
});
