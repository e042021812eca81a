import { readSourceFile } from '../inventory/read-source-file';
import { pointerTo } from '../vocabulary/json-pointer';
import { AppliedObject, isOpaque, Unsubstituted } from './applied-object';
import { expanded, Lookup, UNKNOWN } from './envsubst';
import { isMap } from '../vocabulary/is-map';

/** Flux's annotation, or label, that keeps variables of one object as they are. */
const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

/** Flux's annotation of how it applies an object. */
const SSA = 'kustomize.toolkit.fluxcd.io/ssa';

/** Objects that Flux leaves as they are once they are there. */
const UNTOUCHED = /^(?:ignore|ifnotpresent)$/i;

/** What is a boolean to what reads after substitution, though not to kustomize before. */
const BOOLEAN = /^(?:(y|Y|yes|Yes|YES|on|On|ON)|n|N|no|No|NO|off|Off|OFF)$/;

/** What SOPS leaves of a value. */
const ENCRYPTED = /^ENC\[/;

/** The variables of a Flux Kustomization. */
export interface Variables {
  /** By name; a Secret's value that is encrypted is unknown, its name is not. */
  readonly known: ReadonlyMap<string, string | typeof UNKNOWN>;
  /** Whether there may be more, in a ConfigMap or Secret that is not in the repository. */
  readonly mayBeMore: boolean;
}

/** A ConfigMap or Secret that gives variables. */
type Values = Pick<AppliedObject, 'manifest' | 'isPartial'>;

export type FindValues = (type: string, namespace: unknown, name: unknown) => Values | undefined;

/** What substitution makes of an object. */
interface Substitution {
  readonly manifest: any;
  readonly unsubstituted: readonly Unsubstituted[];
}

/** The variables that a Flux Kustomization substitutes; undefined when it substitutes none. */
export function variablesOf(
  sync: Pick<AppliedObject, 'manifest'>,
  find: FindValues,
): Variables | undefined {
  const postBuild = sync.manifest.spec?.postBuild;
  if (!isMap(postBuild)) {
    return undefined;
  }
  const { substitute, substituteFrom, substituteStrategy } = postBuild;
  const known = new Map<string, string | typeof UNKNOWN>();
  let mayBeMore = false;
  for (const from of Array.isArray(substituteFrom) ? substituteFrom : []) {
    const found = find(`/${from?.kind}`, sync.manifest.metadata.namespace, from?.name);
    const values = found ? variableValues(found) : new Map();
    values.forEach((value, name) => known.set(name, value));
    // What is empty here is there for somebody else to fill.
    mayBeMore ||= !found || values.size === 0 || isWrittenByOthers(found);
  }
  enter(known, substitute, (value) => value);
  const isAny = known.size > 0 || mayBeMore || substituteStrategy === 'Always';
  return isAny ? { known, mayBeMore } : undefined;
}

/** What a ConfigMap or Secret gives to substitute, by name. */
function variableValues({
  manifest: { kind, metadata, data, stringData },
  isPartial,
}: Values): Map<string, string | typeof UNKNOWN> {
  const values = new Map<string, string | typeof UNKNOWN>();
  const isSecret = kind === 'Secret';
  const isLeft = UNTOUCHED.test(String(metadata.annotations?.[SSA]));
  const valueOf = (text: string) => (isLeft || (isPartial && text === '') ? UNKNOWN : text);
  enter(values, data, (text) =>
    valueOf(isSecret ? Buffer.from(text, 'base64').toString('utf8') : text),
  );
  if (isSecret) {
    enter(values, stringData, valueOf);
  }
  return values;
}

/** Whether there may be more in an object than Flux puts there. */
function isWrittenByOthers({ manifest, isPartial }: Values): boolean {
  const ssa = String(manifest.metadata.annotations?.[SSA]);
  return isPartial === true || UNTOUCHED.test(ssa) || /^merge$/i.test(ssa);
}

/** `manifest` with the variables substituted that are known; the same reference when there are none. */
export function substituted(manifest: any, { known, mayBeMore }: Variables): Substitution {
  const { annotations, labels } = manifest?.metadata ?? {};
  if (annotations?.[SUBSTITUTE] === 'disabled' || labels?.[SUBSTITUTE] === 'disabled') {
    return { manifest, unsubstituted: [] };
  }
  const unsubstituted: Unsubstituted[] = [];
  const lookup: Lookup = (name) => known.get(name) ?? (mayBeMore ? UNKNOWN : undefined);
  const changed = mapped(manifest, '', (text, pointer) => {
    if (!text.includes('$')) {
      return text;
    }
    const { text: result, faults } = expanded(text, lookup);
    unsubstituted.push(...faults.map((fault) => ({ ...fault, pointer })));
    return result;
  });
  return { manifest: changed, unsubstituted };
}

/** `value` with every text changed, keys included: Flux substitutes the YAML of an object, not its fields. */
function mapped(
  value: any,
  pointer: string,
  change: (text: string, pointer: string) => string,
): any {
  if (typeof value === 'string') {
    const text = change(value, pointer);
    return text === value ? value : readAgain(value, text);
  }
  if (Array.isArray(value)) {
    const copy = value.map((item, i) => mapped(item, `${pointer}/${i}`, change));
    return copy.every((item, i) => item === value[i]) ? value : copy;
  }
  if (!isMap(value)) {
    return value;
  }
  let isSame = true;
  const copy: [string, any][] = Object.keys(value).map((key) => {
    const at = pointerTo(pointer, key);
    const name = change(key, at);
    const item = mapped(value[key], at, change);
    isSame &&= name === key && item === value[key];
    return [name, item];
  });
  return isSame ? value : Object.fromEntries(copy);
}

/**
 * What `after` is when it stands where `before` stood. Flux writes an object as YAML, with quotes only where YAML wants them, and
 * reads it again after substitution: `"${replicas}"` becomes a number.
 */
function readAgain(before: string, after: string): unknown {
  if (!isPlain(before) || isOpaque(after)) {
    return after;
  }
  const boolean = BOOLEAN.exec(after);
  if (boolean) {
    return boolean[1] !== undefined;
  }
  const [document] = readSourceFile('', `value: ${after}\n`).documents;
  return isMap(document?.manifest) && Object.keys(document.manifest).length === 1
    ? document.manifest.value
    : after;
}

/** Whether YAML writes a text without quotes. */
function isPlain(text: string): boolean {
  return (
    !/[\p{Cc}\u2028\u2029]/u.test(text) &&
    !/^[\s#,[\]{}&*!|>'"%@`]|^[-?:](?:\s|$)|^(?:---|\.\.\.)|\s$/.test(text) &&
    !/:(?:\s|$)|\s#/.test(text)
  );
}

/** Flux takes line breaks from values. */
function enter(
  known: Map<string, string | typeof UNKNOWN>,
  values: unknown,
  decoded: (text: string) => string | typeof UNKNOWN,
): void {
  if (isMap(values)) {
    for (const [name, value] of Object.entries(values)) {
      const isHidden = isOpaque(value) || ENCRYPTED.test(String(value));
      const text = isHidden ? UNKNOWN : decoded(String(value));
      known.set(name, text === UNKNOWN ? UNKNOWN : text.replace(/\n/g, ''));
    }
  }
}
