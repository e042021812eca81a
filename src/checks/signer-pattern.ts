import type { RE2JS } from 're2js';
import { goRegex } from '../vocabulary/go-regex';

/** Somebody who has nothing to do with the artifact, as a signature would name him. */
interface Stranger {
  readonly issuer: string;
  readonly subject: string;
}

const GITHUB = 'https://token.actions.githubusercontent.com';
const GITLAB = 'https://gitlab.com';

const STRANGERS: readonly Stranger[] = [
  ...stranger('somebody-else/anything'),
  { issuer: 'https://accounts.google.com', subject: 'somebody.else@gmail.com' },
  { issuer: 'https://github.com/login/oauth', subject: 'somebody.else@gmail.com' },
];

/** Owner and repository as a pattern of a subject has them, where it spells them out. */
const PLACE = /(?:github|gitlab)\\?\.com\/([\w-]+)(?:\/((?:[\w-]|\\?\.(?![*+?{]))+))?/;

/** A regular expression of Go; undefined where it is none. */
export function compiledPattern(pattern: string): RE2JS | undefined {
  try {
    return goRegex('pattern', pattern);
  } catch {
    return undefined;
  }
}

/** A stranger whose signature the patterns accept; undefined where they keep strangers out, as far as can be tried. */
export function acceptedStranger(issuer: RE2JS, subject: RE2JS): string | undefined {
  const [, owner] = PLACE.exec(subject.pattern()) ?? [];
  const strangers = owner === undefined ? [] : stranger(`${owner}-somebody-else/anything`);
  return accepted(issuer, subject, [...STRANGERS, ...strangers]);
}

/** A repository beside the one that the subject names whose signature the patterns accept, too. */
export function acceptedNeighbour(issuer: RE2JS, subject: RE2JS): string | undefined {
  const [, owner, name] = PLACE.exec(subject.pattern()) ?? [];
  return name === undefined
    ? undefined
    : accepted(issuer, subject, stranger(`${owner}/${name.replaceAll('\\', '')}-somebody-else`));
}

/** Whether a pattern matches from the first to the last character. */
export function isAnchored(pattern: string): boolean {
  const bare = withoutClasses(pattern);
  let depth = 0;
  for (const character of bare) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (character === '|' && depth === 0) {
      return false;
    }
  }
  return bare.startsWith('^') && bare.endsWith('$');
}

/** Whether a dot of a pattern stands for any character, though for one alone: most likely a dot was meant. */
export function hasOpenDot(pattern: string): boolean {
  return /\.(?![*+?{])/.test(withoutClasses(pattern));
}

/** A pattern with one letter for each escape and each class of characters. */
function withoutClasses(pattern: string): string {
  return pattern.replace(/\\[^]/g, 'x').replace(/\[\^?\]?[^\]]*\]/g, 'x');
}

function accepted(
  issuer: RE2JS,
  subject: RE2JS,
  strangers: readonly Stranger[],
): string | undefined {
  return strangers.find(
    (one) => issuer.matcher(one.issuer).find() && subject.matcher(one.subject).find(),
  )?.subject;
}

function stranger(place: string): Stranger[] {
  return ['refs/heads/main', 'refs/tags/v1.0.0'].flatMap((ref) => [
    {
      issuer: GITHUB,
      subject: `https://github.com/${place}/.github/workflows/release.yaml@${ref}`,
    },
    { issuer: GITLAB, subject: `https://gitlab.com/${place}//.gitlab-ci.yml@${ref}` },
  ]);
}
