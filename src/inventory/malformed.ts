/** Why `manifest` cannot be written as an object of Kubernetes; undefined when it can. */
export function whyMalformed(manifest: any): string | undefined {
  const { apiVersion, kind, metadata } = manifest ?? {};
  const { name, namespace } = metadata ?? {};
  if (!matches(apiVersion, /^[^/\s]+(?:\/[^/\s]+)?$/)) {
    return `apiVersion must be such as 'v1' or 'apps/v1', got ${shown(apiVersion)}`;
  }
  if (!matches(kind, /^[A-Za-z][A-Za-z0-9]*$/)) {
    return `kind must be letters and digits, got ${shown(kind)}`;
  }
  if (!matches(name, /./)) {
    return `metadata.name must be the name of the ${kind}, got ${shown(name)}`;
  }
  if (namespace !== undefined && !matches(namespace, /./)) {
    return `metadata.namespace of ${kind} '${name}' must be the name of a namespace, got ${shown(namespace)}`;
  }
  return undefined;
}

/** Whether `manifest` holds objects of its own, as `kind: List` does. */
export function isList({ kind, items }: any): boolean {
  return kind === 'List' || (kind.endsWith('List') && items !== undefined);
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

/** A value as an error tells it. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? 'nothing');
}
