import { nearestWord } from './nearest-word';
import { quoted } from './quoted';

/** What a value must be. TypeScript says so, too, but not to programs in JavaScript. */
export interface Form {
  /** In words, with an example where there is one. */
  readonly words: string;
  readonly fits: (value: any) => boolean;
  readonly isOptional?: boolean;
}

export const TEXT: Form = { words: 'a text', fits: (value) => typeof value === 'string' };
export const NUMBER: Form = { words: 'a number', fits: (value) => typeof value === 'number' };
export const BOOLEAN: Form = {
  words: 'true or false',
  fits: (value) => typeof value === 'boolean',
};
export const MAP: Form = {
  words: 'an object of names and values',
  fits: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
};
export const CONSTRUCT: Form = {
  words: 'a construct, not its name',
  fits: (value) => typeof value?.node?.path === 'string',
};
export const SOURCE: Form = {
  words: 'a source of manifests, such as a SignedOciSource, not its name',
  fits: (value) => CONSTRUCT.fits(value) && typeof value.sourceKind === 'string',
};
export const CHART: Form = {
  words: "a chart, such as helmSource.chart('redis', '1.x') or a SignedOciSource, not its name",
  fits: (value) => CONSTRUCT.fits(value) && typeof value.chartKind === 'string',
};
export const DURATION: Form = {
  words: 'a Duration of cdk8s, such as Duration.minutes(10)',
  fits: (value) => typeof value?.toMilliseconds === 'function',
};
export const SECRET_REF: Form = {
  words: "a SecretRef, such as SecretRef.named('ghcr-auth')",
  fits: (value) => typeof value?._from === 'function' && typeof value.name === 'string',
};

/** An object of one of our classes, which have no constructors that users call. */
export function madeBy(type: { readonly name: string }, example: string): Form {
  return instanceOf(type, `${type.name}.${example}`);
}

/** An object of one of our classes, however it is made. */
export function instanceOf(type: { readonly name: string }, example: string): Form {
  return {
    words: `${/^[AEIOU]/.test(type.name) ? 'an' : 'a'} ${type.name}, such as ${example}`,
    fits: (value) => value instanceof (type as any),
  };
}

export function oneOf(values: Record<string, string>): Form {
  const all = Object.values(values);
  return { words: `one of ${all.join(', ')}`, fits: (value) => all.includes(value) };
}

export function listOf(form: Form): Form {
  return {
    words: `a list, each item ${form.words}`,
    fits: (value) => Array.isArray(value) && value.every((item) => form.fits(item)),
  };
}

export function optional(form: Form): Form {
  return { words: form.words, fits: form.fits, isOptional: true };
}

/** Throws when `value` is not what it must be. */
export function requireForm(what: string, value: unknown, form: Form): void {
  if (value === undefined || value === null) {
    if (!form.isOptional) {
      throw new Error(`${what} is missing: it must be ${form.words}`);
    }
  } else if (!form.fits(value)) {
    throw new Error(`${what} must be ${form.words}, got ${shown(value)}`);
  }
}

/**
 * Throws when a prop is missing, of another form, or unknown: one that is passed over could be what a program relies on, such as
 * who must have signed. One that is undefined or null is not there.
 *
 * @param forms one for each prop
 */
export function requireProps<T extends object>(
  owner: string,
  props: T,
  forms: { readonly [K in keyof Required<T>]: Form },
): void {
  const names = Object.keys(forms);
  if (!MAP.fits(props)) {
    throw new Error(`${owner} must have props (${names.join(', ')}), got ${shown(props)}`);
  }
  for (const [key, value] of Object.entries(props)) {
    if (value !== undefined && value !== null && !names.includes(key)) {
      const meant = nearestWord(
        key,
        names.filter((name) => !(name in props)),
      );
      throw new Error(
        `${owner} has no '${key}'; ` +
          (meant === undefined ? `it has ${names.join(', ')}` : `did you mean '${meant}'?`),
      );
    }
  }
  for (const [name, form] of Object.entries<Form>(forms)) {
    requireForm(`'${name}' of ${owner}`, (props as any)[name], form);
  }
}

function shown(value: unknown): string {
  if (value === null || value === undefined) {
    return 'nothing';
  }
  if (typeof value === 'string') {
    return quoted(value);
  }
  if (Array.isArray(value)) {
    return `a list of ${value.length === 0 ? 'nothing' : shown(value[0])}`;
  }
  return typeof value === 'object'
    ? `an object (${value.constructor?.name ?? 'of no class'})`
    : String(value);
}
