import { KUSTOMIZATION_FILES, SourceDocument, SourceTree } from '../inventory/source-file';
import { BuildAdditions } from './build';
import { BuildLog, Entry } from './build-log';
import { ADDITIONS, KUSTOMIZATION } from './kustomization-shape';
import { shaped } from './shape';
import { isRemote, localPath } from './local-path';

const API_VERSIONS: { readonly [kind: string]: string } = {
  Kustomization: 'kustomize.config.k8s.io/v1beta1',
  Component: 'kustomize.config.k8s.io/v1alpha1',
};

/** A kustomization file, or what stands for one. */
export class Kustomization {
  constructor(
    /** Where it is, or would be. */
    public readonly path: string,
    public readonly directory: string,
    /** Fields of kustomize's names and types. */
    public readonly fields: any,
    public readonly document?: SourceDocument,
    /** What Flux adds to lists of it. */
    private readonly added: { readonly [field: string]: readonly any[] | undefined } = {},
  ) {}

  public get kind(): string {
    return this.fields.kind || 'Kustomization';
  }

  /** The items of a list, those of its old name behind them, and what is added. */
  public entries(field: string, oldField?: string): Entry[] {
    const written = [field, ...(oldField ? [oldField] : [])].flatMap((name) =>
      ((this.fields[name] ?? []) as any[]).map((value, i) => ({
        value,
        field: this.document ? `/${name}/${i}` : undefined,
      })),
    );
    const added = (this.added[field] ?? []).map((value, i) => ({
      value,
      field: { added: `/spec/${field}/${i}` },
    }));
    return [...written, ...added].filter(({ value }) => value !== undefined && value !== null);
  }

  /** As Flux builds it: with what its Kustomization says besides. */
  public with(additions: BuildAdditions, log: BuildLog): Kustomization {
    const { targetNamespace, namePrefix, nameSuffix, images, patches } = additions;
    const fields = {
      ...this.fields,
      ...(targetNamespace !== undefined && { namespace: targetNamespace }),
      ...(namePrefix !== undefined && { namePrefix }),
      ...(nameSuffix !== undefined && { nameSuffix }),
      ...(images && { images: mergedImages(this.fields.images ?? [], images.filter(Boolean)) }),
    };
    const components = additions.components?.map((one, i) => {
      if (!one) {
        return undefined;
      }
      const isLocal = !isRemote(one) && !one.startsWith('/');
      if (!isLocal) {
        log.refuse(this.path, `component '${one}' must be a path that is local and relative`, {
          added: `/spec/components/${i}`,
        });
      }
      const path = localPath(this.directory, one);
      const isThere = path !== undefined && log.tree.directory(path) !== undefined;
      return isLocal && (isThere || !additions.ignoreMissingComponents) ? one : undefined;
    });
    return new Kustomization(this.path, this.directory, fields, this.document, {
      patches: patches?.map((one) => one && { patch: one.patch, target: one.target }),
      components,
    });
  }
}

/** What is sound of that: somebody wrote it into an object. */
export function soundAdditions(additions: any, path: string, log: BuildLog): BuildAdditions {
  const refuse = (message: string, added: string) => log.refuse(path, message, { added });
  // It has many more fields than those that are read here.
  return shaped(additions, ADDITIONS, { isLenient: true, refuse }, '/spec') ?? {};
}

/** The kustomization file of a directory; undefined where it has none. */
export function kustomizationFileOf(tree: SourceTree, directory: string): string | undefined {
  return kustomizationFiles(tree, directory)[0];
}

function kustomizationFiles(tree: SourceTree, directory: string): string[] {
  return KUSTOMIZATION_FILES.map((name) => (directory ? `${directory}/${name}` : name)).filter(
    (path) => tree.has(path),
  );
}

/**
 * Reads the kustomization file of a directory; undefined where it has none.
 *
 * @param isRoot whether Flux reads it, which is less strict than kustomize
 */
export function readKustomization(
  log: BuildLog,
  directory: string,
  isRoot: boolean,
): Kustomization | undefined {
  const paths = kustomizationFiles(log.tree, directory);
  if (paths.length === 0) {
    return undefined;
  }
  const [path] = paths;
  if (paths.length > 1) {
    log.refuse(
      path,
      `there must be one kustomization file in a directory, not ${paths.join(', ')}`,
    );
  }
  const file = log.file(path);
  file?.problems.forEach(({ message }) => log.refuse(path, message));
  const document = file?.documents[0];
  const fields =
    shaped(document?.manifest, KUSTOMIZATION, {
      isLenient: isRoot,
      refuse: (message, pointer) => log.refuse(path, message, pointer),
    }) ?? {};
  const kustomization = new Kustomization(path, directory, fields, document);
  const { kind } = kustomization;
  if (!Object.hasOwn(API_VERSIONS, kind)) {
    log.refuse(path, `kind must be Kustomization or Component, got '${kind}'`, '/kind');
  } else if (fields.apiVersion && fields.apiVersion !== API_VERSIONS[kind]) {
    log.refuse(
      path,
      `apiVersion of a ${kind} must be ${API_VERSIONS[kind]}, got '${fields.apiVersion}'`,
      '/apiVersion',
    );
  }
  if (!isRoot && isEmpty(fields)) {
    log.refuse(path, 'kustomization file is empty');
  }
  return kustomization;
}

function isEmpty({ kind: _, apiVersion: __, ...others }: any): boolean {
  return Object.values(others).every((value) => value === '' || value === undefined);
}

/** As Flux merges them: what is not set stays, but a tag and a digest replace each other. */
function mergedImages(images: readonly any[], additions: readonly any[]): any[] {
  const merged = images.map((image) => ({ ...image }));
  for (const { name, newName, newTag, digest } of additions) {
    const known = merged.find((image) => (image.name ?? '') === (name ?? ''));
    if (!known) {
      merged.push({ name, newName, newTag, digest });
      continue;
    }
    known.newName = newName || known.newName;
    if (newTag || digest) {
      Object.assign(known, { newTag, digest });
    }
  }
  return merged;
}
