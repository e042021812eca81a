import * as fc from 'fast-check';
import { formatOwnedFiles, parseOwnedFiles, whyUnsafe } from '../../src/repo/owned-files';
import { anyText } from './hostile-strings';

describe('the list of owned files', () => {
  test('says whose it is, and names each file once, in order', () => {
    expect(formatOwnedFiles('fleet-infra', ['b/c.yaml', 'a.yaml', 'b.yaml'])).toBe(
      '# Files that cdk8s-flux-tenants writes. It removes those that the program no longer asks for,\n' +
        '# and never touches a file that is not listed here. Commit this list together with them.\n' +
        '# repository: fleet-infra\n' +
        'a.yaml\nb.yaml\nb/c.yaml\n',
    );
  });

  test('reads back what was written, in whatever order', () => {
    const safePath = fc
      .array(anyText, { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join('/'))
      .filter((path) => whyUnsafe(path) === undefined && !path.startsWith('#'));
    fc.assert(
      fc.property(fc.uniqueArray(safePath), (paths) => {
        expect(parseOwnedFiles(formatOwnedFiles('fleet-infra', paths))).toEqual(new Set(paths));
        expect(formatOwnedFiles('fleet-infra', [...paths].reverse())).toBe(
          formatOwnedFiles('fleet-infra', paths),
        );
      }),
    );
  });

  test('is read with the line ends of Windows too', () => {
    expect([...parseOwnedFiles('# a\r\n\r\na.yaml\r\nb.yaml\r\n')]).toEqual(['a.yaml', 'b.yaml']);
  });

  test.each([
    ['/etc/passwd', 'it is an absolute path'],
    ['//host/share', 'it is an absolute path'],
    ['C:/windows', 'it is an absolute path'],
    ['c:windows', 'it is an absolute path'],
    ['../x', 'it is outside the repository'],
    ['a/../../x', 'it is outside the repository'],
    ['a/..', 'it is outside the repository'],
    ['..', 'it is outside the repository'],
    ['a\\b', 'it has a backslash or a control character'],
    ['..\\x', 'it has a backslash or a control character'],
    ['a//b', 'it is not a plain path'],
    ['./a', 'it is not a plain path'],
    ['a/./b', 'it is not a plain path'],
    ['a/', 'it is not a plain path'],
    ['.git/hooks/pre-commit', "it is Git's own"],
    ['.GIT/config', "it is Git's own"],
    ['.git', "it is Git's own"],
    ['vendor/x/.git', "it is Git's own"],
    ['vendor/x/.Git/config', "it is Git's own"],
    ['git~1/config', "it is Git's own"],
    ['.git./config', "it is Git's own"],
    ['.git /config', "it is Git's own"],
  ])('%j is refused, and told why', (path, reason) => {
    expect(whyUnsafe(path)).toBe(reason);
    expect(() => parseOwnedFiles(`a.yaml\n${path}\nb.yaml\n`)).toThrow(
      `not deleting '${path}' from .files-owned-by-cdk8s-flux-tenants, because ${reason}; remove the line to go on`,
    );
  });

  test.each(['a\u0000b', 'a\u001b[2Jb', 'a\tb', 'a\rb', 'a\u007f'])(
    'the control character in %j is refused, and does not reach the terminal',
    (path) => {
      const reason = 'it has a backslash or a control character';
      expect(whyUnsafe(path)).toBe(reason);
      let message = '';
      try {
        parseOwnedFiles(path);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).toContain(reason);
      expect(message).not.toMatch(/[\u0000-\u001f\u007f]/);
    },
  );

  test.each(['a.yaml', '.github/workflows/x.yaml', '.gitignore', 'a/..b/c', 'a b/ä.yaml', 'git'])(
    '%j is a plain path',
    (path) => {
      expect(whyUnsafe(path)).toBeUndefined();
    },
  );

  test('every bad line is told, not only the first', () => {
    expect(() => parseOwnedFiles('../x\na.yaml\n/etc/passwd\n')).toThrow(
      /'\.\.\/x'[^]*'\/etc\/passwd'/,
    );
  });
});
