import { isMap } from './is-map';

/**
 * Throws when values of a chart hold anything but data: a construct, or a reference to what is elsewhere. cdk8s would say
 * of most, too, but not where, and writes out the insides of others.
 */
export function requirePlainValues(what: string, values: unknown): void {
  const [found] = odditiesIn(values, []);
  if (found) {
    throw new Error(
      `${what} must be texts, numbers, true or false, and lists and maps of them, got ${found.kind}` +
        (found.at.length > 0 ? ` at '${found.at.join('.')}'` : '') +
        "; what lies in a ConfigMap or Secret belongs in 'valuesFrom'",
    );
  }
}

interface Oddity {
  readonly kind: string;
  readonly at: readonly string[];
}

function* odditiesIn(value: any, at: readonly string[]): Generator<Oddity> {
  if (Array.isArray(value) || (isMap(value) && isPlain(value))) {
    for (const [key, inner] of Object.entries(value)) {
      yield* odditiesIn(inner, [...at, key]);
    }
  } else if (isMap(value) && !isResolved(value)) {
    yield { kind: `an object (${value.constructor?.name ?? 'of no class'})`, at };
  } else if (!isMap(value) && ['bigint', 'function', 'symbol'].includes(typeof value)) {
    yield { kind: `a ${typeof value}`, at };
  }
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value)?.constructor?.name === 'Object';
}

/** Whether cdk8s puts in its place what is known later. */
function isResolved({ resolve, produce }: Record<string, unknown>): boolean {
  return typeof resolve === 'function' || typeof produce === 'function';
}
