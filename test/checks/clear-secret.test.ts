import { foundBy } from './found-by';

function secret(body: string): string {
  return `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  namespace: apps\n${body}`;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

describe('a Secret', () => {
  test.each([
    ['a text', 'stringData:\n  password: hunter2\n'],
    ['base64', `data:\n  password: ${base64('hunter2')}\n`],
    ['a private key', `data:\n  identity: ${base64('-----BEGIN PRIVATE KEY-----\nMII')}\n`],
    ['one of two values', 'stringData:\n  username: git\n  password: hunter2\n'],
  ])('must not hold %s in clear', (_, body) => {
    expect(foundBy('clear-secret', secret(body))).toHaveLength(1);
  });

  test.each([
    ['what SOPS encrypted', 'stringData:\n  password: ENC[AES256_GCM,data:aa==,type:str]\n'],
    [
      'a file that SOPS encrypted',
      `data:\n  a.json: ${base64('{"a":"ENC[AES256_GCM,data:a]"}')}\n`,
    ],
    ['a variable that Flux substitutes', 'stringData:\n  password: ${PASSWORD}\n'],
    ['a public key', `data:\n  cosign.pub: ${base64('-----BEGIN PUBLIC KEY-----\nMII')}\n`],
    ['a certificate', 'stringData:\n  tls: |\n    -----BEGIN CERTIFICATE-----\n    MII\n'],
    ['nothing', 'type: Opaque\n'],
  ])('may hold %s', (_, body) => {
    expect(foundBy('clear-secret', secret(body))).toEqual([]);
  });
});
