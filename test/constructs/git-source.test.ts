import { JsonPatch } from 'cdk8s';
import {
  GitAccess,
  GitRevision,
  GitSource,
  GitSourceProps,
  GitVerification,
  SecretRef,
} from '../../src';
import { validateAgainstSchemas } from '../schemas/schema-table';
import { find, smallFleet, synthesized, temporaryDirectory } from '../synthesized';
import { cloudFleet } from './strict';

const HTTPS = 'https://git.acme.example/team-a/deploy';
const SSH = 'ssh://git@git.acme.example/team-a/deploy';
const secret = SecretRef.named('git-auth');
const branch = GitRevision.branch('main');
const signers = SecretRef.named('signers');
const verification = GitVerification.commit(signers);

/** The GitRepository of a source that differs from the usual one; the API server would take it. */
function repositoryOf(props: Partial<GitSourceProps>, warnings: string[] = []): any {
  const { app, team } = cloudFleet();
  new GitSource(team, 'manifests', { url: HTTPS, revision: branch, verification, ...props });
  const repository = find(synthesized(app, warnings), 'GitRepository');
  expect(validateAgainstSchemas(repository)).toEqual([]);
  return repository.spec;
}

describe('access to Git', () => {
  test.each<[string, GitAccess, string, object]>([
    ['nobody', GitAccess.anonymous(), HTTPS, {}],
    ['a user', GitAccess.https(secret), HTTPS, { secretRef: { name: 'git-auth' } }],
    ['a key', GitAccess.ssh(secret), SSH, { secretRef: { name: 'git-auth' } }],
    [
      'a GitHub App',
      GitAccess.githubApp(secret),
      HTTPS,
      { provider: 'github', secretRef: { name: 'git-auth' } },
    ],
    [
      'a role of AWS',
      GitAccess.aws('reader'),
      'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/deploy',
      { provider: 'aws', serviceAccountName: 'reader' },
    ],
    [
      'an identity of Azure',
      GitAccess.azure('reader'),
      'https://dev.azure.com/acme/team-a/_git/deploy',
      { provider: 'azure', serviceAccountName: 'reader' },
    ],
  ])('is that of %s, and of nobody else', (_, access, url, fields) => {
    expect(repositoryOf({ access, url })).toEqual({
      interval: '5m',
      ref: { branch: 'main' },
      url,
      verify: { mode: 'HEAD', secretRef: { name: 'signers' } },
      ...fields,
    });
  });

  test.each<[string, GitAccess, string]>([
    ['anonymous()', GitAccess.anonymous(), SSH],
    ['https', GitAccess.https(secret), SSH],
    ['githubApp', GitAccess.githubApp(secret), SSH],
    ['aws', GitAccess.aws('reader'), SSH],
    ['azure', GitAccess.azure('reader'), SSH],
    ['ssh', GitAccess.ssh(secret), HTTPS],
  ])('by %s is refused over the other transport', (words, access, url) => {
    const scheme = words === 'ssh' ? 'ssh' : 'https';
    expect(() => repositoryOf({ access, url })).toThrow(
      `GitAccess.${words} needs a url that starts with '${scheme}://', got '${url}'`,
    );
  });

  test('shows no identity of a cloud to a host that is not known to be of it, without a warning', () => {
    const doubt = (cloud: string) => [
      `[fleet-infra/team-a/manifests] 'git.acme.example' is not known to keep Git repositories of ${cloud}, whose identity is shown to it`,
    ];
    repositoryOf({ access: GitAccess.aws('reader') }, doubt('aws'));
    repositoryOf({ access: GitAccess.azure('reader') }, doubt('azure'));
  });

  test.each(['', '../x', 'A', 'a b'])('is not that of a ServiceAccount %p', (name) => {
    expect(() => GitAccess.aws(name)).toThrow(/^service account must be/);
    expect(() => GitAccess.azure(name)).toThrow(/^service account must be/);
  });

  test('is no identity of a cloud on a cluster that gives none to objects', () => {
    const { app, tenant } = smallFleet();
    new GitSource(tenant('team-a'), 'manifests', {
      url: 'https://dev.azure.com/acme/team-a/_git/deploy',
      revision: branch,
      access: GitAccess.azure('reader'),
    });
    expect(() => app.synth()).toThrow(
      /must not use an identity of cloud 'azure' on cluster 'prod', which has workloadIdentity off/,
    );
  });
});

describe('verification of Git', () => {
  test.each<[string, GitVerification, GitRevision]>([
    ['HEAD', GitVerification.commit(signers), branch],
    ['HEAD', GitVerification.commit(signers), GitRevision.commit('a'.repeat(40))],
    ['Tag', GitVerification.tag(signers), GitRevision.tag('v1.0.0')],
    ['TagAndHEAD', GitVerification.tagAndCommit(signers), GitRevision.semver('>=1.0.0')],
  ])('is of %s', (mode, verification, revision) => {
    expect(repositoryOf({ verification, revision }).verify).toEqual({
      mode,
      secretRef: { name: 'signers' },
    });
  });

  test.each([
    ['the tag', GitVerification.tag(signers)],
    ['both', GitVerification.tagAndCommit(signers)],
  ])('of %s needs one, in every environment', (_, verification) => {
    const message = /^only a revision by GitRevision\.tag or GitRevision\.semver has a tag/;
    for (const revision of [branch, GitRevision.commit('a'.repeat(40))]) {
      expect(() => repositoryOf({ verification, revision })).toThrow(message);
    }
    const source = new GitSource(smallFleet().tenant('team-a'), 'm', {
      url: HTTPS,
      revision: GitRevision.tag('v1.0.0'),
      verification,
    });
    expect(() => source.inEnvironment('production', { revision: branch })).toThrow(message);
    expect(() =>
      source.inEnvironment('production', { revision: GitRevision.tag('v2.0.0') }),
    ).not.toThrow();
  });
});

describe('a sparse checkout', () => {
  test.each(['../x', '/etc', 'a/../..', '.git', 'a//b', 'a\nb', '*', '!a', ''])(
    'does not reach %p',
    (path) => {
      expect(() => repositoryOf({ sparseCheckout: [path] })).toThrow(
        /^directory of a sparse checkout must be a relative directory/,
      );
    },
  );

  test('is of directories, not of all or none', () => {
    expect(() => repositoryOf({ sparseCheckout: [] })).toThrow(
      'sparse checkout must name a directory; leave it out to fetch the whole repository',
    );
    expect(() => repositoryOf({ sparseCheckout: ['./'] })).toThrow(
      "directory of a sparse checkout must be below the root, got './'",
    );
  });
});

describe('the strict checks find nothing more', () => {
  test.each<[string, Partial<GitSourceProps>]>([
    ['with a user', { access: GitAccess.https(secret) }],
    ['with a key', { access: GitAccess.ssh(secret), url: SSH }],
    ['with a GitHub App', { access: GitAccess.githubApp(secret) }],
    [
      'with a cloud',
      { access: GitAccess.azure('reader'), url: 'https://dev.azure.com/acme/team-a/_git/deploy' },
    ],
    [
      'with a signed tag',
      { verification: GitVerification.tagAndCommit(signers), revision: GitRevision.semver('1.x') },
    ],
    ['with directories', { sparseCheckout: ['deploy'] }],
  ])('in a source %s', (_, props) => {
    const checked = (withSource: boolean): string[] => {
      const { fleet, team } = cloudFleet();
      if (withSource) {
        const usual = { url: HTTPS, revision: branch, verification };
        const source = new GitSource(team, 'manifests', { ...usual, ...props });
        team.sync('apps', { source, path: './deploy' });
      }
      return fleet.plan(temporaryDirectory()).warnings;
    };
    expect(checked(true)).toEqual(checked(false));
  });

  test('but for signatures that are not looked at', () => {
    const { fleet, team } = cloudFleet();
    new GitSource(team, 'manifests', { url: HTTPS, revision: branch });
    expect(fleet.plan(temporaryDirectory()).warnings).toEqual([
      expect.stringMatching(
        /should have verify in .* of tenant 'team-a'.*tenant-source-signature/s,
      ),
    ]);
  });

  test('but for submodules, which only a patch can follow', () => {
    const { fleet, team } = cloudFleet();
    const source = new GitSource(team, 'manifests', { url: HTTPS, revision: branch });
    source.repository.addJsonPatch(JsonPatch.add('/spec/recurseSubmodules', true));
    expect(fleet.plan(temporaryDirectory()).warnings.join()).toMatch(
      /should not have recurseSubmodules in a namespace of tenant 'team-a'.*tenant-source-detour/s,
    );
  });
});
