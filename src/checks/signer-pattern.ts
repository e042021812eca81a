import { GITHUB_ISSUER } from '../vocabulary/github';
import { goRegex } from '../vocabulary/go-regex';

/** Somebody who has nothing to do with the artifact, as a signature would name him. */
interface Stranger {
  readonly issuer: string;
  readonly subject: string;
}

const GITLAB = 'https://gitlab.com';

const OTHERS: readonly Stranger[] = [
  { issuer: 'https://accounts.google.com', subject: 'somebody.else@gmail.com' },
  { issuer: 'https://github.com/login/oauth', subject: 'somebody.else@gmail.com' },
];

/** Owner and repository as a pattern of a subject has them, where it spells them out. */
const PLACE = /(?:github|gitlab)\\?\.com\/([\w-]+)(?:\/((?:[\w-]|\\?\.(?![*+?{]))+))?/;

/** File and ref as a pattern of a subject has them, where it spells them out: anybody can have the same. */
const FILE = /\/((?:[\w-]|\\?\.(?![*+?{]))+\\?\.ya?ml)@/;
const REF = /@(refs\/(?:heads|tags)\/(?:[\w/-]|\\?\.(?![*+?{]))+)\$$/;

/** A regular expression of Go. */
export interface Pattern {
  readonly text: string;
  isFoundIn(subject: string): boolean;
}

/**
 * Letters, escaped dots and at most one class: the form of most signers. It means the same to JavaScript, which reads it in a
 * hundredth of the time, and each tenant has one of its own.
 */
const SIMPLE = /^\^((?:[\w:/@-]|\\\.)*)(?:\[\^\/@\][+*](?:[\w:/@-]|\\\.)*)?\$$/;

/** A regular expression of Go; undefined where it is none. */
export function compiledPattern(text: string): Pattern | undefined {
  try {
    const start = SIMPLE.exec(text)?.[1].replaceAll('\\', '');
    if (start !== undefined) {
      return {
        text,
        // Nearly all fail at the start, for which nothing has to be compiled.
        isFoundIn: (subject) => subject.startsWith(start) && new RegExp(text).test(subject),
      };
    }
    const regex = goRegex('pattern', text);
    return { text, isFoundIn: (subject) => regex.matcher(subject).find() };
  } catch {
    return undefined;
  }
}

/** A stranger whose signature the patterns accept; undefined where they keep strangers out, as far as can be tried. */
export function acceptedStranger(issuer: Pattern, subject: Pattern): string | undefined {
  const pattern = subject.text;
  const [, owner] = PLACE.exec(pattern) ?? [];
  const places = ['somebody-else/anything', ...(owner ? [`${owner}-somebody-else/anything`] : [])];
  const strangers = places.flatMap((place) => workflowsAt(place, pattern));
  return accepted(issuer, subject, [...OTHERS, ...strangers]);
}

/** A repository beside the one that the subject names whose signature the patterns accept, too. */
export function acceptedNeighbour(issuer: Pattern, subject: Pattern): string | undefined {
  const pattern = subject.text;
  const [, owner, name] = PLACE.exec(pattern) ?? [];
  const place = `${owner}/${name?.replaceAll('\\', '')}-somebody-else`;
  return name === undefined ? undefined : accepted(issuer, subject, workflowsAt(place, pattern));
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
  issuer: Pattern,
  subject: Pattern,
  strangers: readonly Stranger[],
): string | undefined {
  return strangers.find((one) => issuer.isFoundIn(one.issuer) && subject.isFoundIn(one.subject))
    ?.subject;
}

/** Workflows in a repository: of usual names and refs, and of those that the pattern of a subject spells out. */
function workflowsAt(place: string, pattern: string): Stranger[] {
  const [file, ref] = [FILE, REF].map((form) => form.exec(pattern)?.[1].replaceAll('\\', ''));
  const refs = ['refs/heads/main', 'refs/tags/v1.0.0', ...(ref ? [ref] : [])];
  const signers = (issuer: string, path: string, usual: string) =>
    [usual, ...(file ? [file] : [])].flatMap((name) =>
      refs.map((one) => ({ issuer, subject: `${path}/${name}@${one}` })),
    );
  return [
    ...signers(GITHUB_ISSUER, `https://github.com/${place}/.github/workflows`, 'release.yaml'),
    ...signers(GITLAB, `https://gitlab.com/${place}/`, '.gitlab-ci.yml'),
  ];
}
