import * as kplus from 'cdk8s-plus-28';
import {
  Cluster,
  Fleet,
  FleetRepo,
  FluxInstallation,
  OciVersion,
  RegistryAccess,
  SecretRef,
  Signature,
  SignedOciSource,
  SignedOciSourceProps,
  Tenant,
  WorkflowRef,
} from '../../src';
import { goRegex } from '../../src/vocabulary/go-regex';
import { validateAgainstSchemas } from '../schemas/schema-table';
import { find, smallFleet, synthesized, temporaryDirectory } from '../synthesized';
import { cloudFleet } from './strict';

const version = OciVersion.semver('>=1.0.0');
const signature = Signature.gitlabCi({ project: 'acme/platform/team-a' });
const secret = SecretRef.named('x');

/** The OCIRepository of a source that differs from the usual one; the API server would take it. */
function repositoryOf(props: Partial<SignedOciSourceProps>): any {
  const { app, tenant } = smallFleet();
  new SignedOciSource(tenant('team-a'), 'manifests', { version, signature, ...props });
  const repository = find(synthesized(app), 'OCIRepository');
  expect(validateAgainstSchemas(repository)).toEqual([]);
  return repository.spec;
}

const verifyOf = (one: Signature): any => repositoryOf({ signature: one }).verify;

describe('a source signed by a GitLab pipeline', () => {
  const pipeline = 'https://gitlab.com/acme/platform/team-a//.gitlab-ci.yml';
  const takes = (issuer: string, subject: string, one = signature): boolean => {
    const [identity, ...others] = verifyOf(one).matchOIDCIdentity;
    expect(others).toEqual([]);
    return (
      goRegex('issuer', identity.issuer).matcher(issuer).find() &&
      goRegex('subject', identity.subject).matcher(subject).find()
    );
  };

  test('takes the name that Fulcio gives the pipeline of its branch', () => {
    expect(takes('https://gitlab.com', `${pipeline}@refs/heads/main`)).toBe(true);
  });

  test.each([
    ['https://gitlab.com', `${pipeline}@refs/heads/main-evil`],
    ['https://gitlab.com', `${pipeline}@refs/tags/main`],
    ['https://gitlab.com', `${pipeline}.evil@refs/heads/main`],
    ['https://gitlab.com', `x${pipeline}@refs/heads/main`],
    [
      'https://gitlab.com',
      'https://gitlab.com/acme/platform/team-a-evil//.gitlab-ci.yml@refs/heads/main',
    ],
    ['https://gitlab.com', 'https://gitlab.com/acme/team-a//.gitlab-ci.yml@refs/heads/main'],
    [
      'https://gitlab.com',
      'https://gitlab.com/evil/acme/platform/team-a//.gitlab-ci.yml@refs/heads/main',
    ],
    [
      'https://gitlab.com',
      'https://gitlab.com/acme/platform/team-a//xgitlab-ci.yml@refs/heads/main',
    ],
    ['https://gitlab.com', 'project_path:acme/platform/team-a:ref_type:branch:ref:main'],
    ['https://gitlab.com.evil.example', `${pipeline}@refs/heads/main`],
    ['https://gitlabXcom', `${pipeline}@refs/heads/main`],
    ['https://token.actions.githubusercontent.com', `${pipeline}@refs/heads/main`],
  ])('does not take %s, %s', (issuer, subject) => {
    expect(takes(issuer, subject)).toBe(false);
  });

  test('may be one of another instance, another file and tags', () => {
    const own = Signature.gitlabCi({
      project: 'acme/team-a',
      configFile: 'ci/publish.yml',
      host: 'gitlab.acme.example',
      ref: WorkflowRef.tags('v'),
      trustedRoot: SecretRef.named('sigstore'),
    });
    const subject = 'https://gitlab.acme.example/acme/team-a//ci/publish.yml@refs/tags/v1.0.0';
    expect(takes('https://gitlab.acme.example', subject, own)).toBe(true);
    expect(takes('https://gitlab.com', subject, own)).toBe(false);
    expect(verifyOf(own).trustedRootSecretRef).toEqual({ name: 'sigstore' });
  });

  test.each([
    [{ project: 'team-a' }, /^project must be 'group\/project', got 'team-a'$/],
    [{ project: 'acme/.*' }, /^project must be/],
    [{ project: 'acme/team-a/' }, /^project must be/],
    [{ project: 'acme/team-a//x' }, /^project must be/],
    [{ project: 'acme/team-a\n' }, /^project must be/],
    [{ project: 'acme/team-a', configFile: '/x.yml' }, /^config file must be/],
    [{ project: 'acme/team-a', configFile: 'a/../x.yml' }, /^config file must be/],
    [{ project: 'acme/team-a', configFile: 'x.yml@refs/heads/main' }, /^config file must be/],
    [{ project: 'acme/team-a', configFile: 'x.yml@acme/other' }, /^config file must be/],
    [{ project: 'acme/team-a', host: 'https://gitlab.com' }, /^host must be a host name/],
    [{ project: 'acme/team-a', host: 'gitlab.com/x' }, /^host must be a host name/],
  ])('is not %j', (signer, message) => {
    expect(() => Signature.gitlabCi(signer)).toThrow(message);
  });
});

describe('a trusted root', () => {
  test.each([
    [
      'a GitHub workflow',
      Signature.githubActions({ repository: 'a/b', workflow: 'c.yaml', trustedRoot: secret }),
    ],
    ['a GitLab pipeline', Signature.gitlabCi({ project: 'a/b', trustedRoot: secret })],
    [
      'anybody',
      Signature.keyless({ issuer: 'https://a.example', subject: 'b', trustedRoot: secret }),
    ],
  ])('goes with one identity of %s, and with no key, which would switch both off', (_, one) => {
    const { matchOIDCIdentity, trustedRootSecretRef, ...rest } = verifyOf(one);
    expect(matchOIDCIdentity).toHaveLength(1);
    expect(trustedRootSecretRef).toEqual({ name: 'x' });
    expect(rest).toEqual({ provider: 'cosign' });
  });

  test('is that of the public Sigstore where none is named', () => {
    expect(verifyOf(signature)).not.toHaveProperty('trustedRootSecretRef');
  });
});

test('a trust policy of Notation lies in a Secret, and no identity stands beside it, which Flux would ignore', () => {
  expect(verifyOf(Signature.notation(SecretRef.named('policy')))).toEqual({
    provider: 'notation',
    secretRef: { name: 'policy' },
  });
  expect(() => Signature.notation('policy' as any)).toThrow(
    /^secret with the trust policy must be/,
  );
});

describe('versions of an artifact', () => {
  test('may be filtered, by whole tags', () => {
    const filtered = OciVersion.semver('>=1.0.0-0', { filter: '^.*-rc[.][0-9]+$' });
    expect(repositoryOf({ version: filtered }).ref).toEqual({
      semver: '>=1.0.0-0',
      semverFilter: '^.*-rc[.][0-9]+$',
    });
    expect(OciVersion.semver('1.x', { filter: '^a|b$' })._ref.semverFilter).toBe('^(?:a|b)$');
  });

  test('stand without a filter where none is given', () => {
    expect(repositoryOf({}).ref).toEqual({ semver: '>=1.0.0' });
  });

  test.each([
    ['-rc', "filter must start with '^' and end with '$', got '-rc'"],
    ['^(?=a)$', 'filter must be a regular expression of Go'],
    ['^a(b$', 'filter must be a regular expression of Go'],
    ['^(a)\\1$', 'filter must be a regular expression of Go'],
    ['', "filter must start with '^' and end with '$'"],
  ])('have no filter %j', (filter, message) => {
    expect(() => OciVersion.semver('1.x', { filter })).toThrow(message);
  });

  test('are a mutable tag only where the program says so', () => {
    const { app, tenant } = smallFleet();
    const moving = { version: OciVersion.mutableTag('latest'), signature };
    new SignedOciSource(tenant('team-a'), 'manifests', moving);
    const files = synthesized(app, [
      "[fleet-infra/team-a/manifests] takes whatever carries the tag 'latest' at the moment",
    ]);
    expect(find(files, 'OCIRepository').spec.ref).toEqual({ tag: 'latest' });
  });

  test('are warned of where a tag may mean another one tomorrow', () => {
    const { fleet, tenant } = smallFleet();
    const moving = { version: OciVersion.mutableTag('latest'), signature };
    new SignedOciSource(tenant('team-a'), 'manifests', moving);
    const fixed = new SignedOciSource(tenant('team-b'), 'manifests', { version, signature });
    fixed.inEnvironment('staging', { version: OciVersion.mutableTag('edge') });
    expect(fleet.plan(temporaryDirectory()).warnings).toEqual([
      "[fleet-infra/team-a/manifests] takes whatever carries the tag 'latest' at the moment",
      "[fleet-infra/team-b/manifests] in environment 'staging' takes whatever carries the tag 'edge' at the moment",
    ]);
  });
});

describe('access to the registry of an artifact', () => {
  const ecr = 'oci://123456789012.dkr.ecr.eu-west-1.amazonaws.com/team-a';

  test('is nobody, where the artifact is public', () => {
    expect(Object.keys(repositoryOf({}))).toEqual(['interval', 'ref', 'url', 'verify']);
  });

  test('is a Secret of the tenant', () => {
    const registryAccess = RegistryAccess.pullSecret(SecretRef.named('pull'));
    expect(repositoryOf({ registryAccess })).toMatchObject({ secretRef: { name: 'pull' } });
  });

  test.each([
    ['aws', ecr],
    ['azure', 'oci://acme.azurecr.io/team-a'],
    ['gcp', 'oci://europe-docker.pkg.dev/acme/manifests/team-a'],
  ] as const)('is an identity of %s, and no Secret', (cloud, url) => {
    const app = new Fleet({ outdir: temporaryDirectory() });
    const team = tenantOn(app, FluxInstallation.bootstrap({ workloadIdentity: true }));
    const registryAccess = RegistryAccess[cloud]('puller');
    new SignedOciSource(team, 'manifests', { version, signature, url, registryAccess });
    const { spec } = find(synthesized(app), 'OCIRepository');
    expect(spec).toMatchObject({ provider: cloud, serviceAccountName: 'puller' });
    expect(spec).not.toHaveProperty('secretRef');
  });

  test('is no identity of a cloud on a cluster that gives none to objects', () => {
    const app = new Fleet({ outdir: temporaryDirectory() });
    const team = tenantOn(app, FluxInstallation.bootstrap());
    const registryAccess = RegistryAccess.aws('puller');
    new SignedOciSource(team, 'manifests', { version, signature, url: ecr, registryAccess });
    expect(() => app.synth()).toThrow(
      /must not use an identity of cloud 'aws' on cluster 'prod', which has workloadIdentity off/,
    );
  });

  test('is warned of where it will hardly do', () => {
    const { fleet, tenant } = smallFleet();
    const registryAccess = RegistryAccess.pullSecret(SecretRef.named('pull'));
    const props = { version, signature, url: ecr, registryAccess };
    new SignedOciSource(tenant('team-a'), 'manifests', props);
    expect(fleet.plan(temporaryDirectory()).warnings).toEqual([
      expect.stringContaining('gives out passwords for twelve hours only'),
    ]);
  });

  function tenantOn(app: Fleet, flux: FluxInstallation): Tenant {
    const fleet = new FleetRepo(app, 'fleet-infra', { registry: 'ghcr.io/acme/manifests' });
    const prod = new Cluster(fleet, 'prod', { environment: 'production', flux });
    return new Tenant(fleet, 'team-a', { clusters: [prod] });
  }
});

describe('a pull secret of the program, which something else fills', () => {
  const pulling = (type: string): Fleet => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const made = new kplus.Secret(team, 'pull', { metadata: { name: 'pull' }, type });
    const registryAccess = RegistryAccess.pullSecret(SecretRef.fromSecret(made));
    new SignedOciSource(team, 'manifests', { version, signature, registryAccess });
    return app;
  };

  test('has the type of one', () => {
    const files = synthesized(pulling('kubernetes.io/dockerconfigjson'));
    expect(find(files, 'OCIRepository').spec.secretRef).toEqual({ name: 'pull' });
  });

  test('is refused with another type, which nobody could change', () => {
    expect(() => pulling('Opaque').synth()).toThrow(
      /must name a Secret of type kubernetes.io\/dockerconfigjson, got 'pull' of type Opaque \(secret-keys\)/,
    );
  });
});

describe('the strict checks find nothing', () => {
  test.each<[string, Partial<SignedOciSourceProps>]>([
    ['with GitLab', {}],
    [
      'with tags of GitHub',
      {
        signature: Signature.githubActions({
          repository: 'acme/team-a',
          workflow: 'publish.yaml',
          ref: WorkflowRef.tags('v'),
          trustedRoot: secret,
        }),
      },
    ],
    [
      'with a subject',
      { signature: Signature.keyless({ issuer: 'https://a.example', subject: 'ci@acme.example' }) },
    ],
    ['with keys', { signature: Signature.cosignKey(secret) }],
    ['with Notation', { signature: Signature.notation(secret) }],
    ['with a filter', { version: OciVersion.semver('1.x', { filter: '^[0-9.]+$' }) }],
    [
      'with a cloud',
      { url: 'oci://acme.azurecr.io/team-a', registryAccess: RegistryAccess.azure('puller') },
    ],
  ])('in a source %s', (_, props) => {
    const checked = (withSource: boolean): string[] => {
      const { fleet, team } = cloudFleet();
      if (withSource) {
        const source = { version, signature, ...props };
        team.sync('apps', { source: new SignedOciSource(team, 'manifests', source) });
      }
      return fleet.plan(temporaryDirectory()).warnings;
    };
    expect(checked(true)).toEqual(checked(false));
  });
});
