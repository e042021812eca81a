import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { SecretRef, Signature } from '../../src';

describe('a keyless signer', () => {
  const subject = 'https://ci.example/a';

  test.each([
    '',
    'https://',
    'http://issuer.example',
    'issuer.example',
    'https://issuer example',
    'https://issuer.example\n',
    ' https://issuer.example',
    'https://issuer.exämple',
    'xhttps://issuer.example',
  ])('has no issuer %j', (issuer) => {
    expect(() => Signature.keyless({ issuer, subject })).toThrow(
      `issuer must start with 'https://', got '${issuer}'`,
    );
  });

  test.each(['', 'a b', 'a\n', 'ä'])('has no subject %j', (wrong) => {
    expect(() => Signature.keyless({ issuer: 'https://issuer.example', subject: wrong })).toThrow(
      `subject must be printable characters without spaces, got '${wrong}'`,
    );
  });

  test('is matched as a whole and literally, whatever its name', () => {
    const name = fc.string({ unit: fc.constantFrom(...'ab.*+?^${}()|[]\\/-'), minLength: 1 });
    fc.assert(
      fc.property(name, name, (one, other) => {
        const { matchOIDCIdentity } = Signature.keyless({
          issuer: 'https://issuer.example',
          subject: one,
        })._verifyIn('team-a');
        const pattern = new RegExp(matchOIDCIdentity![0].subject);
        expect(pattern.test(one)).toBe(true);
        expect(pattern.test(other)).toBe(one === other);
        expect(pattern.test(`${one}x`)).toBe(false);
        expect(pattern.test(`x${one}`)).toBe(false);
      }),
    );
  });
});

test('an account of an enterprise, whose name has an underscore, may own a workflow', () => {
  const signature = (owner: string) => () =>
    Signature.githubActions({ repository: `${owner}/team-a`, workflow: 'publish.yaml' });
  expect(signature('jane_acme')).not.toThrow();
  for (const owner of ['', 'a.b', 'a/b', 'a b', 'a\n']) {
    expect(signature(owner)).toThrow(/^repository must be 'owner\/name'/);
  }
});

describe('a Secret of cdk8s-plus', () => {
  const secret = (namespace?: string) =>
    new kplus.Secret(new Chart(Testing.app(), 'x', { namespace }), 's', {
      metadata: { name: 'token' },
    });

  test('gives its name, and only that', () => {
    const ref = SecretRef.fromSecret(secret('team-a'));
    expect(ref.name).toBe('token');
    expect(ref._from('team-a')).toEqual({ name: 'token' });
  });

  test('is refused where it is used from another namespace', () => {
    expect(() => SecretRef.fromSecret(secret('team-b'))._from('team-a')).toThrow(
      "secret 'token' must be in namespace 'team-a', where it is used, got 'team-b'",
    );
    expect(() =>
      Signature.cosignKey(SecretRef.fromSecret(secret('team-b')))._verifyIn('team-a'),
    ).toThrow(/secret 'token' must be in namespace 'team-a'/);
  });

  test('that was imported by its name lies wherever it is used', () => {
    const imported = kplus.Secret.fromSecretName(new Chart(Testing.app(), 'x'), 's', 'token');
    expect(SecretRef.fromSecret(imported)._from('team-a')).toEqual({ name: 'token' });
    expect(SecretRef.fromSecret(secret())._from('team-a')).toEqual({ name: 'token' });
    expect(ApiObject.isApiObject(imported)).toBe(false);
  });
});
