import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { GitTarget } from '../../src';
import { TARGET } from '../pipelines';
import { anyCharacters } from '../repo/hostile-strings';

const target = (wrong: Partial<Parameters<typeof GitTarget.pullRequestBranch>[0]>) => () =>
  GitTarget.pullRequestBranch({ ...TARGET, ...wrong });

describe('the author of commits', () => {
  test.each([
    '',
    ' ',
    '...',
    'a\nb',
    'a\r',
    'a\0',
    'a\u2028b',
    'a\u0085b',
    'Eve <root@acme.example>',
    'a>',
  ])('is not called %j', (name) => {
    expect(target({ author: { name, email: 'bot@acme.example' } })).toThrow(
      /^author name must be a text of one line without '<' and '>', got /,
    );
  });

  test.each([
    ['email', { email: 7 }],
    ['name', { email: 'bot@acme.example', name: 7 }],
  ])('has a text for its %s, where no compiler asks for it', (prop, author: any) => {
    expect(target({ author })).toThrow(`'${prop}' of author of commits must be a text, got 7`);
  });

  test.each(['fluxcdbot', 'Jörg Müller', '山田', "O'Neil (bot) [ci]"])('may be %j', (name) => {
    expect(target({ author: { name, email: 'bot@acme.example' } })).not.toThrow();
  });

  test.each([
    'bot',
    '@acme.example',
    'bot@',
    'bot@acme',
    'bot@.example',
    'bot@acme.',
    'bot@acme..example',
    'a@b@acme.example',
    'bot@acme.example\n',
    'bot\0@acme.example',
    'b\u001bot@acme.example',
    '<bot@acme.example>',
    'bot@acme.example> <x',
    'a b@acme.example',
    `${'a'.repeat(260)}@acme.example`,
  ])('has no address %j', (email) => {
    expect(target({ author: { email } })).toThrow(/^author email must be an/);
  });

  test('writes one header line into a commit, whatever was taken', () => {
    fc.assert(
      fc.property(anyCharacters, anyCharacters, (name, local) => {
        const email = `${local}@acme.example`;
        try {
          target({ author: { name, email } })();
        } catch {
          return;
        }
        expect(`${name} <${email}>`).toMatch(/^[^<>\n\0]+ <[^<>\s\0]+>$/);
      }),
      { numRuns: 2000 },
    );
  });

  test('is judged at once, however long the address is', () => {
    for (const text of ['a', '@', '.', 'a.', 'a@']) {
      expect(target({ author: { email: `x@${text.repeat(500_000)}` } })).toThrow(/got '.{80}…'$/);
    }
  });
});

describe('push options', () => {
  test.each<[Record<string, any>, RegExp]>([
    [{ 'a b': 'x' }, /push option must be printable characters without spaces and '=', got 'a b'/],
    [{ 'a=b': 'x' }, /push option must be/],
    [{ '': 'x' }, /push option must be/],
    [{ 'a\nb': 'x' }, /push option must be/],
    [{ ä: 'x' }, /push option must be/],
    [{ a: 'x\ny' }, /push option 'a' must be a text of one line/],
    [{ a: 'x\0' }, /push option 'a' must be/],
    [{ a: true }, /push option 'a' must be a text of one line.*, got 'true'/],
  ])('are not %j', (pushOptions, message) => {
    expect(target({ pushOptions })).toThrow(message);
  });

  test('are what Git hosts know', () => {
    const pushOptions = {
      'merge_request.create': '',
      'merge_request.title': 'Update images – reviewed by “ops”',
      'merge_request.label[]': 'a=b',
    };
    expect(target({ pushOptions })).not.toThrow();
  });
});

test.each(['-x', 'a..b', 'a b', 'a.lock', 'a/', 'a//b', '.a', 'a/.b', 'a.lock/b', 'a\n', '--yes'])(
  'no branch is called %p',
  (branch) => {
    expect(target({ branch })).toThrow(/^branch must be/);
    expect(target({ pushBranch: branch })).toThrow(/^push branch must be/);
  },
);

test('commits are not made more often than every minute', () => {
  expect(target({ interval: Duration.seconds(1) })).toThrow(/interval must be at least 60 seconds/);
});

test('a merge request is opened by GitLab itself, and its branch deleted', () => {
  const { _push: push } = GitTarget.gitlabMergeRequest({ ...TARGET, branch: 'trunk' });
  expect(push).toEqual({
    branch: 'flux-image-updates',
    options: {
      'merge_request.create': '',
      'merge_request.remove_source_branch': '',
      'merge_request.target': 'trunk',
    },
  });
});
