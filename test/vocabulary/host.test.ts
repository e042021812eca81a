import * as fc from 'fast-check';
import { requireHost } from '../../src/vocabulary/host';
import {
  requireGitUrl,
  requireEndpoint,
  requireHttpsUrl,
  requireOciRepository,
  requireOciUrl,
} from '../../src/vocabulary/url';

const LONGEST = [63, 63, 63, 61].map((length) => 'a'.repeat(length)).join('.');

const NO_HOSTS = [
  '',
  '.',
  'a..b',
  '.a.b',
  'a.b.',
  '-a.b',
  'a.b-',
  'a.-b',
  'a-.b',
  'A.b',
  'a_b.c',
  'a b',
  'a.b\n',
  'a@b.c',
  'ä.b',
  '[::1]',
  `${'a'.repeat(64)}.b`,
  `${LONGEST}a`,
];

describe('a host', () => {
  test.each(['a', 'a.b', 'a--b.c', 'xn--bcher-kva.example', '10.0.0.1', LONGEST])(
    'may be %p, with a port where one is allowed',
    (host) => {
      expect(requireHost('host', host)).toBe(host);
      expect(requireHost('host', `${host}:65535`, { port: true })).toBe(`${host}:65535`);
      expect(() => requireHost('host', `${host}:443`)).toThrow(/^host must be a host name/);
    },
  );

  test.each(NO_HOSTS)('is not %p, with a port or without', (host) => {
    expect(() => requireHost('endpoint', host)).toThrow(/^endpoint must be a host name/);
    expect(() => requireHost('endpoint', `${host}:1`, { port: true })).toThrow(/must be a host/);
  });

  test.each(['a.b:', 'a.b:0', 'a.b:01', 'a.b:65536', 'a.b:99999', 'a.b:1:2', 'a.b:x', ':1'])(
    'has no port such as in %p',
    (host) => {
      expect(() => requireHost('host', host, { port: true })).toThrow(
        `host must be a host name in lowercase, with or without a port, got '${host}'`,
      );
    },
  );

  test.each([[443], [null], [undefined], [['a.b']]])('is a text, not %j', (host) => {
    expect(() => requireHost('host', host as any)).toThrow(/host must be/);
  });

  test('is named in an error, but cut where it is long', () => {
    expect(() => requireHost('host', '-'.repeat(5000))).toThrow(
      new RegExp(`got '${'-'.repeat(80)}…'$`),
    );
  });
});

describe('a URL', () => {
  const urls: [string, (host: string) => string][] = [
    ['an OCI repository', (host) => requireOciRepository('x', `${host}/a`)],
    ['an OCI URL', (host) => requireOciUrl('x', `oci://${host}/a`)],
    ['a Git URL', (host) => requireGitUrl('x', `https://${host}/a`)],
    ['a Git URL over ssh', (host) => requireGitUrl('x', `ssh://git@${host}/a`)],
    ['an https URL', (host) => requireHttpsUrl('x', `https://${host}/a`)],
  ];

  test.each(urls)('%s takes hosts by rule, and ports that exist', (_, url) => {
    for (const host of ['a.example', 'a.example:5000', LONGEST.slice(0, 200)]) {
      expect(url(host)).toContain(host);
    }
    for (const host of [...NO_HOSTS, 'a.example:0', 'a.example:65536', 'u@-a.example']) {
      expect(() => url(host)).toThrow(/^x must /);
    }
  });

  test.each([
    '10.0.0.1',
    '127.0.0.1:5000',
    '8.8.8.8',
    'localhost',
    'localhost:5000',
    'a.localhost',
  ])('of an image is not at %p, which clients talk to without TLS', (host) => {
    expect(() => requireOciRepository('image', `${host}/a`)).toThrow(
      `image must not be at an IP address or localhost, which is talked to without TLS, got '${host}/a'`,
    );
    expect(() => requireOciUrl('url', `oci://${host}/a`)).toThrow(/url must not be at/);
  });

  test.each(['localhost.example', 'a1.example', '1.example', 'mylocalhost.example'])(
    'of an image may be at %p, which only looks like one',
    (host) => {
      expect(requireOciRepository('image', `${host}/a`)).toBe(`${host}/a`);
    },
  );

  test.each(['ssh://-o@h.example/p', 'ssh://-oProxyCommand=x@h.example/p', 'ssh://@h.example/p'])(
    'of Git has no user such as in %p, which ssh could take for an option',
    (url) => {
      expect(() => requireGitUrl('url', url)).toThrow(/url must be 'https:\/\/<host>\/<path>'/);
    },
  );

  test.each(['.', '..', 'a/..', '../a', './a', 'a/./b', 'a/../b', 'a//b', '%2e%2e', 'a?b', 'a#b'])(
    'has no path %p, which could lead elsewhere',
    (path) => {
      expect(() => requireHttpsUrl('url', `https://h.example/${path}`)).toThrow(
        `url must be 'https://<host>/<path>', without '/' at the end, got 'https://h.example/${path}'`,
      );
      expect(() => requireGitUrl('url', `https://h.example/${path}`)).toThrow(/url must be/);
      expect(() => requireOciRepository('url', `h.example/${path}`)).toThrow(/url must be/);
    },
  );

  test.each([
    'http://p.monitoring.svc:9090',
    'http://p.m.svc.cluster.local/a',
    'https://h.example/a',
  ])('of an endpoint may be %p', (url) => expect(requireEndpoint('endpoint', url)).toBe(url));

  test.each([
    'http://h.example',
    'http://prometheus.monitoring:9090',
    'http://prometheus:9090',
    'http://a.b.svc.evil.example',
    'http://a.b.svc:1@evil.example',
    'http://a.b.svc/../c',
    'http://a.b.svc/',
    'http://169.254.169.254',
    'HTTP://a.b.svc',
  ])('of an endpoint is not %p, which is not encrypted and not surely in the cluster', (url) => {
    expect(() => requireEndpoint('endpoint', url)).toThrow(/endpoint must be 'https:/);
  });

  test('may name charts at the root of a host, but no repository there', () => {
    expect(requireHttpsUrl('url', 'https://h.example')).toBe('https://h.example');
    expect(() => requireHttpsUrl('url', 'https://h.example/')).toThrow(/without '\/' at the end/);
    for (const url of ['https://h.example', 'https://h.example/', 'ssh://git@h.example/']) {
      expect(() => requireGitUrl('url', url)).toThrow(/url must be/);
    }
  });

  test.each(['1', '0x7f.1', '127.1', '1.2.3.04', '256.1.1.1', 'a.example.0', '0x'])(
    'has no host %p, which a URL parser reads as another',
    (host) => {
      expect(() => requireHttpsUrl('url', `https://${host}/`)).toThrow(/url must be/);
    },
  );

  test('that is taken is read by a browser as that very text', () => {
    const part = fc.string({ unit: fc.constantFrom(...'ab1.-_~:@/?#%\\ ') });
    fc.assert(
      fc.property(part, part, (host, path) => {
        const url = `https://${host}.example/${path}`;
        try {
          requireHttpsUrl('url', url);
        } catch {
          return;
        }
        const read = new URL(url);
        expect([read.username, read.password, read.search, read.hash]).toEqual(['', '', '', '']);
        expect(`https://${read.host}${read.pathname}`).toBe(url);
      }),
      { numRuns: 3000, examples: [['1/', '']] },
    );
  });

  test.each(urls)('%s is judged at once, however long it is', (_, url) => {
    for (const text of ['a', 'a-', 'a.', '-', 'a/', '_']) {
      expect(() => url(text.repeat(200_000))).toThrow();
      expect(() => url(`a.example/${text.repeat(200_000)}!`)).toThrow();
    }
  });
});
