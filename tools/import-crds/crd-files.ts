import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { parseCrdYaml } from './crd-yaml';
import type { ImportedModule } from './kinds';
import { byCodeUnit, type CustomResource, type Schema } from './schema';

interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly deprecated?: boolean;
  readonly schema: { readonly openAPIV3Schema: Schema };
}

interface Crd {
  readonly kind: 'CustomResourceDefinition';
  readonly spec: {
    readonly group: string;
    readonly scope: 'Namespaced' | 'Cluster';
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly CrdVersion[];
  };
}

/** The wanted kinds of a directory tree of CRDs, sorted by group and kind. */
export function readCustomResources(
  directory: string,
  wanted: readonly ImportedModule[],
): CustomResource[] {
  const found = indexByGroupKind(directory);
  const names = wanted.flatMap((module) => module.kinds.map((kind) => `${module.group}/${kind}`));
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0) {
    throw new Error(`no CRD in ${directory} for ${missing.join(', ')}`);
  }
  return names.sort(byCodeUnit).map((name) => newestStable(found.get(name)!.crd));
}

function indexByGroupKind(directory: string): Map<string, { crd: Crd; file: string }> {
  const found = new Map<string, { crd: Crd; file: string }>();
  for (const file of yamlFiles(directory)) {
    for (const crd of parseCrdYaml(readFileSync(file, 'utf8'), file).filter(isCrd)) {
      const name = `${crd.spec.group}/${crd.spec.names.kind}`;
      const other = found.get(name);
      if (other !== undefined) {
        throw new Error(`${name} is defined in both ${other.file} and ${file}`);
      }
      found.set(name, { crd, file });
    }
  }
  return found;
}

function yamlFiles(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  const files = entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      return yamlFiles(path);
    }
    return /\.ya?ml$/.test(entry.name) ? [path] : [];
  });
  return files.sort(byCodeUnit);
}

function isCrd(document: unknown): document is Crd {
  return (document as Crd | null)?.kind === 'CustomResourceDefinition';
}

function newestStable(crd: Crd): CustomResource {
  const { group, names, scope, versions } = crd.spec;
  const candidates = versions.filter((version) => version.served && version.deprecated !== true);
  if (candidates.length === 0) {
    throw new Error(`${group}/${names.kind} has no served version that is not deprecated`);
  }
  const version = candidates.reduce((best, next) =>
    compareRanks(rank(next.name), rank(best.name)) > 0 ? next : best,
  );
  return {
    group,
    version: version.name,
    kind: names.kind,
    plural: names.plural,
    scope,
    schema: version.schema.openAPIV3Schema,
  };
}

/** Stability, major, minor: `v1` ranks above `v2beta1`, as in Kubernetes' own version order. */
function rank(version: string): number[] {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (match === null) {
    throw new Error(`not a Kubernetes API version: ${version}`);
  }
  const stability = match[2] === undefined ? 2 : match[2] === 'beta' ? 1 : 0;
  return [stability, Number(match[1]), Number(match[3] ?? 0)];
}

function compareRanks(a: number[], b: number[]): number {
  const index = a.findIndex((part, position) => part !== b[position]);
  return index < 0 ? 0 : a[index] - b[index];
}
