import { FleetSource, FluxInstallation, SecretRef, Signature } from '../../src';
import * as kplus from 'cdk8s-plus-28';
import { smallFleet } from '../synthesized';

const source = FleetSource.git({ url: 'https://github.com/acme/fleet-infra' });

test.each(['', 'One', 'a.b', 'a/b', '..', '-a', 'a b', 'a\n', '${x}', 'a'.repeat(43)])(
  'a shard is not called %j, which names no controller',
  (shard) => {
    const message = "shard must be lowercase letters, digits and '-', at most 42 characters, got";
    expect(() => FluxInstallation.bootstrap({ shards: [shard] })).toThrow(message);
    expect(() => FluxInstallation.operator({ source, shards: [shard] })).toThrow(message);
  },
);

test('a shard has the longest name that a label of a controller holds', () => {
  const shard = 'a'.repeat(42);
  expect(`kustomize-controller-${shard}`).toHaveLength(63);
  expect(() => FluxInstallation.bootstrap({ shards: [shard] })).not.toThrow();
});

test('a shard of Flux Operator does not take the place of its rights', () => {
  const shards = ['one', 'roles'];
  expect(() => FluxInstallation.operator({ source, shards })).toThrow(
    "shard must not be named 'roles'",
  );
  expect(() => FluxInstallation.bootstrap({ shards })).not.toThrow();
});

test('two shards have two names', () => {
  expect(() => FluxInstallation.bootstrap({ shards: ['a', 'b', 'a'] })).toThrow(
    "shards must differ from one another, got 'a' twice",
  );
});

test.each(['2.9.x', '2.9.0', '2.9.12'])('Flux Operator is told to install %s', (version) => {
  expect(() => FluxInstallation.operator({ source, version })).not.toThrow();
});

test.each(['2.x', '*', '2.8.x', '2.10.x', '2.9', '2.9.x.x', 'v2.9.4', '>=2.9.0', '2.9.04', ''])(
  'Flux Operator is not told to install %j, for which the lockdown is not known',
  (version) => {
    expect(() => FluxInstallation.operator({ source, version })).toThrow(
      `version must be '2.9.x' or a release such as '2.9.4', for which the lockdown is known, got '${version}'`,
    );
  },
);

describe('the fleet repository', () => {
  const signature = Signature.cosignKey(SecretRef.named('cosign-pub'));
  const url = 'oci://ghcr.io/acme/fleet';

  test.each(['http://git.example/x', 'git@git.example:x', 'https://u:p@git.example/x', ''])(
    'is not read from %j',
    (wrong) => {
      expect(() => FleetSource.git({ url: wrong })).toThrow(/^url must be/);
      expect(() => FleetSource.signedOci({ url: wrong, tag: 'latest', signature })).toThrow(
        /^url must start with 'oci:\/\/'/,
      );
    },
  );

  test.each(['', '..', 'a b', '-x', 'refs/heads/'])('has no branch or tag %j', (name) => {
    expect(() => FleetSource.git({ url: 'https://git.example/x', branch: name })).toThrow(
      /branch must be/,
    );
    expect(() => FleetSource.signedOci({ url, tag: `${name}/`, signature })).toThrow(/tag must be/);
  });

  test('is not read with a Secret of another namespace than the one of Flux', () => {
    const { tenant } = smallFleet();
    const secret = new kplus.Secret(tenant('team-a'), 's', { metadata: { name: 'token' } });
    const credentials = SecretRef.fromSecret(secret);
    const message = "secret 'token' must be in namespace 'flux-system'";
    expect(() => FleetSource.git({ url: 'https://git.example/x', credentials })).toThrow(message);
    expect(() =>
      FleetSource.signedOci({ url, tag: 'latest', signature, pullSecret: credentials }),
    ).toThrow(message);
    expect(() =>
      FleetSource.signedOci({ url, tag: 'latest', signature: Signature.cosignKey(credentials) }),
    ).toThrow(message);
  });
});
