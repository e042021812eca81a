import { AppliedObject } from './applied-object';

/** Flux's annotation, or label, that keeps variables of one object as they are. */
const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

/** `${name}`, with a default behind ':=', ':-', '=' or '-' or without one. */
const VARIABLE = /\$?\$\{([_A-Za-z][_A-Za-z0-9]*)(?::?[-=]([^{}$]*))?\}/g;

/** The variables of a Flux Kustomization. */
export interface Variables {
  readonly known: ReadonlyMap<string, string>;
  /** Whether there may be more, in a ConfigMap or Secret that is not in the repository. */
  readonly mayBeMore: boolean;
}

/** The variables that a Flux Kustomization substitutes; undefined when it substitutes none. */
export function variablesOf(
  sync: AppliedObject,
  find: (type: string, namespace: unknown, name: unknown) => any,
): Variables | undefined {
  const { substitute, substituteFrom } = sync.manifest.spec?.postBuild ?? {};
  if (!isMap(substitute) && !Array.isArray(substituteFrom)) {
    return undefined;
  }
  const known = new Map<string, string>();
  let mayBeMore = false;
  for (const from of Array.isArray(substituteFrom) ? substituteFrom : []) {
    const found = find(`/${from?.kind}`, sync.manifest.metadata.namespace, from?.name);
    // What is in a Secret here is encrypted, or should be.
    if (from?.kind === 'ConfigMap' && isMap(found?.data)) {
      enter(known, found.data);
    } else {
      mayBeMore = true;
    }
  }
  enter(known, substitute);
  return { known, mayBeMore };
}

/** `manifest` with the variables substituted that are known; the same reference when there are none. */
export function substituted(manifest: any, { known }: Variables): any {
  const { annotations, labels } = manifest.metadata ?? {};
  if (annotations?.[SUBSTITUTE] === 'disabled' || labels?.[SUBSTITUTE] === 'disabled') {
    return manifest;
  }
  return mapped(manifest, (text) => (text.includes('${') ? replaced(text, known) : text));
}

function replaced(text: string, known: ReadonlyMap<string, string>): string {
  return text.replace(VARIABLE, (whole, name: string, fallback: string | undefined) => {
    if (whole.startsWith('$$')) {
      return whole.slice(1);
    }
    return known.get(name) ?? fallback ?? whole;
  });
}

function mapped(value: any, change: (text: string) => string): any {
  if (typeof value === 'string') {
    return change(value);
  }
  if (Array.isArray(value)) {
    let copy: any[] | undefined;
    for (let i = 0; i < value.length; i++) {
      const item = mapped(value[i], change);
      if (item !== value[i]) {
        copy = copy ?? [...value];
        copy[i] = item;
      }
    }
    return copy ?? value;
  }
  if (!isMap(value)) {
    return value;
  }
  let copy: Record<string, any> | undefined;
  for (const key of Object.keys(value)) {
    const item = mapped(value[key], change);
    if (item !== value[key]) {
      copy = copy ?? { ...value };
      copy[key] = item;
    }
  }
  return copy ?? value;
}

function enter(known: Map<string, string>, values: unknown): void {
  if (isMap(values)) {
    for (const [name, value] of Object.entries(values)) {
      known.set(name, String(value));
    }
  }
}

function isMap(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
