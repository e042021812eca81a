import {
  BucketSource,
  CommitStatus,
  CommitStatusProps,
  CommitStatusRepository,
  GitAccess,
  GitRevision,
  GitSource,
  OciVersion,
  PlatformComponent,
  SecretRef,
  Signature,
  SignedOciSource,
  Sync,
  Tenant,
} from '../../src';
import { find, smallFleet, synthesized } from '../synthesized';
import { expectAdmitted, strictWarnings } from './strict';

const token = SecretRef.named('status-token');
const secretRef = { name: 'status-token' };
const revision = GitRevision.branch('main');
const URL = 'https://github.com/acme/team-a';
const repository = CommitStatusRepository.github(URL, token);

/** A sync from Git. */
function syncOf(team: Tenant, url = URL, name = 'apps'): Sync {
  const access = url.startsWith('ssh:') ? GitAccess.ssh(token) : GitAccess.anonymous();
  const source = new GitSource(team, `${name}-source`, { access, url, revision });
  return team.sync(name, { source });
}

function commitStatus(props: Partial<CommitStatusProps>, url = URL): Map<string, string> {
  const { app, tenant } = smallFleet();
  const team = tenant('team-a');
  new CommitStatus(team, 'status', { repository, syncs: [syncOf(team, url)], ...props });
  return synthesized(app);
}

const HOSTS: [string, CommitStatusRepository, string, any][] = [
  [
    'GitHub',
    repository,
    'ssh://git@github.com/acme/team-a.git',
    { address: URL, secretRef, type: 'github' },
  ],
  [
    'GitLab',
    CommitStatusRepository.gitlab(1234, token),
    'https://gitlab.com/acme/platform/team-a',
    { address: 'https://gitlab.com/1234', secretRef, type: 'gitlab' },
  ],
  [
    'a GitLab of its own',
    CommitStatusRepository.gitlab(1, token, 'git.acme.example:8443'),
    'ssh://git@git.acme.example:2222/acme/team-a',
    { address: 'https://git.acme.example:8443/1', secretRef, type: 'gitlab' },
  ],
  [
    'Gitea',
    CommitStatusRepository.gitea('https://git.acme.example/acme/team-a', token),
    'https://git.acme.example/acme/team-a.git',
    { address: 'https://git.acme.example/acme/team-a', secretRef, type: 'gitea' },
  ],
  [
    'Bitbucket Cloud',
    CommitStatusRepository.bitbucket('https://bitbucket.org/acme/team-a', token),
    'ssh://git@bitbucket.org/acme/team-a',
    { address: 'https://bitbucket.org/acme/team-a', secretRef, type: 'bitbucket' },
  ],
  [
    'Bitbucket Server',
    CommitStatusRepository.bitbucketServer('https://git.acme.example/scm/acme/team-a.git', token),
    'ssh://git@git.acme.example:7999/acme/team-a.git',
    {
      address: 'https://git.acme.example/scm/acme/team-a.git',
      secretRef,
      type: 'bitbucketserver',
    },
  ],
  [
    'Azure DevOps',
    CommitStatusRepository.azureDevOps('https://dev.azure.com/acme/apps/_git/team-a', token),
    'ssh://git@ssh.dev.azure.com/v3/acme/apps/team-a',
    { address: 'https://dev.azure.com/acme/apps/_git/team-a', secretRef, type: 'azuredevops' },
  ],
];

describe('a commit status', () => {
  test.each(HOSTS)('is written on %s', (_, host, url, spec) => {
    const files = commitStatus({ repository: host }, url);
    expect(find(files, 'Provider').spec).toEqual(spec);
    expectAdmitted(files, ['Provider', 'Alert'], 2);
  });

  test('tells of successes too, of its syncs and of no other', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const [apps, jobs] = ['apps', 'jobs', 'other'].map((name) => syncOf(team, URL, name));
    const props: Required<CommitStatusProps> = { repository, syncs: [apps, jobs, apps] };
    new CommitStatus(team, 'status', props);
    const { metadata, spec } = find(synthesized(app), 'Alert');
    expect(metadata).toMatchObject({ name: 'status', namespace: 'team-a' });
    expect(spec).toEqual({
      eventSeverity: 'info',
      eventSources: [
        { kind: 'Kustomization', name: 'apps' },
        { kind: 'Kustomization', name: 'jobs' },
      ],
      providerRef: { name: 'status' },
    });
  });

  test('is written of an artifact, which says what commit it was made of', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const source = new SignedOciSource(team, 'manifests', {
      version: OciVersion.semver('>=1.0.0'),
      signature: Signature.githubActions({ repository: 'acme/team-a', workflow: 'publish.yaml' }),
    });
    new CommitStatus(team, 'status', { repository, syncs: [team.sync('apps', { source })] });
    expect(find(synthesized(app), 'Alert').spec.eventSources).toEqual([
      { kind: 'Kustomization', name: 'apps' },
    ]);
  });

  test('of the platform is of all that is applied from the repository of the fleet', () => {
    const { app, fleet } = smallFleet();
    new CommitStatus(new PlatformComponent(fleet, 'status'), 'fleet', { repository });
    const { metadata, spec } = find(synthesized(app), 'Alert');
    expect(metadata.namespace).toBe('flux-system');
    expect(spec.eventSources).toEqual([{ kind: 'Kustomization', name: '*' }]);
  });

  test('passes the strict checks', () => {
    const checked = (isOn: boolean) =>
      strictWarnings((team, fleet) => {
        const syncs = [syncOf(team)];
        if (isOn) {
          new CommitStatus(team, 'status', { repository, syncs });
          new CommitStatus(new PlatformComponent(fleet, 'status'), 'fleet', { repository });
        }
      });
    expect(checked(true)).toEqual(checked(false));
  });

  test.each<[string, (team: Tenant, other: Tenant) => Sync[], RegExp]>([
    ['no syncs in a tenant', () => [], /must have syncs that it is of, got none/],
    [
      'a sync of another tenant',
      (_, other) => [syncOf(other)],
      /must not be of sync 'fleet-infra\/team-b\/apps', which is another tenant's/,
    ],
    [
      'a sync of another repository',
      (team) => [syncOf(team, 'https://github.com/acme/other')],
      /whose commits are in 'https:\/\/github.com\/acme\/other', not in 'https:\/\/github.com\/acme\/team-a'/,
    ],
    [
      'a sync of a bucket',
      (team) => {
        const props = { endpoint: 's3.acme.example', bucketName: 'manifests' };
        return [team.sync('apps', { source: new BucketSource(team, 'bucket', props) })];
      },
      /come from a bucket and have no commit/,
    ],
  ])('with %s is refused', (_, syncs, message) => {
    const { tenant } = smallFleet();
    const [team, other] = [tenant('team-a'), tenant('team-b')];
    expect(
      () => new CommitStatus(team, 'status', { repository, syncs: syncs(team, other) }),
    ).toThrow(message);
  });

  test('of one GitLab is not that of another', () => {
    const elsewhere = CommitStatusRepository.gitlab(1, token, 'git.acme.example');
    expect(() => commitStatus({ repository: elsewhere }, 'https://gitlab.com/acme/x')).toThrow(
      /whose commits are in/,
    );
  });

  test('with syncs in a component is refused', () => {
    const { fleet, tenant } = smallFleet();
    const syncs = [syncOf(tenant('team-a'))];
    const component = new PlatformComponent(fleet, 'status');
    expect(() => new CommitStatus(component, 'fleet', { repository, syncs })).toThrow(
      /must have no syncs in a component/,
    );
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      'without TLS',
      () => CommitStatusRepository.github('http://github.com/a/b', token),
      /must be 'https:\/\/<host>\/<path>'/,
    ],
    [
      'that is an owner',
      () => CommitStatusRepository.github('https://github.com/acme', token),
      /must be 'https:\/\/<host>\/<owner>\/<name>'/,
    ],
    [
      'of GitLab by its name',
      () => CommitStatusRepository.gitlab('acme/team-a' as any, token),
      /number of a project must be a number/,
    ],
    [
      'of GitLab without number',
      () => CommitStatusRepository.gitlab(0, token),
      /must be a whole one from 1/,
    ],
    [
      'that Bitbucket Server has no clone at',
      () => CommitStatusRepository.bitbucketServer('https://git.acme.example/acme/x', token),
      /must be 'https:\/\/<host>\/scm/,
    ],
    [
      'that Azure DevOps does not have',
      () => CommitStatusRepository.azureDevOps('https://dev.azure.com/acme/apps/team-a', token),
      /must be 'https:\/\/dev.azure.com/,
    ],
    [
      'without Secret',
      () => CommitStatusRepository.gitea(URL, undefined as any),
      /secret for commit statuses is missing/,
    ],
  ])('in a repository %s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
