import { globOf } from './glob';

/** Tells what of a path is said: that it is left out, or that it is not; undefined where nothing is. */
type Rule = (path: readonly string[]) => boolean | undefined;

/** Longer lines, and all behind them, are not read. */
const LONGEST_LINE = 64 * 1024;

/** What no artifact holds. */
const ALWAYS = ['.git/', '.gitignore', '.gitmodules', '.gitattributes'];

/** What an artifact does not hold as long as nobody says what it holds. */
const BY_DEFAULT = [
  ...['jpg', 'jpeg', 'gif', 'png', 'wmv', 'flv', 'tar.gz', 'zip'].map((suffix) => `*.${suffix}`),
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'],
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'],
  ...['**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/** A text of patterns, and the directory that they are for. */
export interface IgnoreText {
  readonly text: string;
  /** Where '' is the root of the repository. */
  readonly directory: string;
}

/**
 * Tells which files Flux leaves out of an artifact. Patterns are those of .gitignore, but for this: a file that is in a
 * directory that is left out is taken in again by a pattern for it.
 *
 * @param texts those that come later count more
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#ignore
 */
export function ignoredBy(texts: readonly IgnoreText[]): (path: string) => boolean {
  const written = texts.flatMap(({ text, directory }) => {
    const domain = directory === '' ? [] : directory.split('/');
    return linesOf(text).map((line) => ruleOf(line, domain));
  });
  const standard = [...ALWAYS, ...(written.length > 0 ? [] : BY_DEFAULT)];
  const rules = [...standard.map((pattern) => ruleOf(pattern, [])), ...written].reverse();
  return (path) => {
    const parts = path.split('/');
    for (const rule of rules) {
      const said = rule(parts);
      if (said !== undefined) {
        return said;
      }
    }
    return false;
  };
}

function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const tooLong = lines.findIndex((line) => Buffer.byteLength(line) >= LONGEST_LINE);
  return (tooLong < 0 ? lines : lines.slice(0, tooLong)).filter(
    (line) => !line.startsWith('#') && line.trim() !== '',
  );
}

function ruleOf(line: string, domain: readonly string[]): Rule {
  const isInclusion = line.startsWith('!');
  const said = isInclusion ? line.slice(1) : line;
  const trimmed = said.endsWith('\\ ') ? said : said.replace(/ +$/, '');
  const isOfDirectories = trimmed.endsWith('/');
  const parts = (isOfDirectories ? trimmed.slice(0, -1) : trimmed).split('/');
  const matches =
    parts.length > 1 ? placed(parts, isOfDirectories) : named(parts[0], isOfDirectories);
  return (path) => {
    const isBelow = path.length > domain.length && domain.every((part, i) => path[i] === part);
    return isBelow && matches(path.slice(domain.length)) ? !isInclusion : undefined;
  };
}

/** Whether a file is called so, or a directory that it is in. */
function named(pattern: string, isOfDirectories: boolean): (path: readonly string[]) => boolean {
  const isName = globOf(pattern);
  return (path) => {
    const first = path.findIndex(isName);
    return first >= 0 && !(isOfDirectories && first === path.length - 1);
  };
}

/** Whether a file, or a directory that it is in, is at a place. */
function placed(
  patterns: readonly string[],
  isOfDirectories: boolean,
): (path: readonly string[]) => boolean {
  const last = patterns.length - 1;
  const steps = patterns.map((text) => ({ text, isName: globOf(text) }));
  return (path) => {
    let at = 0;
    let isMatched = false;
    let isAnywhere = false;
    for (const [i, { text, isName }] of steps.entries()) {
      if (text === '') {
        isAnywhere = false;
      } else if (text === '**') {
        if (i === last) {
          break;
        }
        isAnywhere = true;
      } else if (text.includes('**') || at >= path.length) {
        return false;
      } else if (isAnywhere) {
        isAnywhere = false;
        const found = path.findIndex((part, k) => k >= at && isName(part));
        isMatched = found >= 0;
        at = found < 0 ? path.length : found + 1;
      } else if (!isName(path[at])) {
        return false;
      } else {
        isMatched = true;
        at++;
      }
    }
    return isMatched && !(isOfDirectories && at === path.length);
  };
}
