import { KustomizationRequest, Location, ManifestObject } from '../inventory/manifest-object';
import { JsonPatchOperation } from '../vocabulary/environment-patch';
import { directoryOf, isWhollyOurs } from '../vocabulary/placement';
import {
  addRequest,
  KustomizationContent,
  kustomizationManifest,
  overlayPatch,
} from './kustomization-manifest';
import { fileNameOf, inOrder } from './object-files';
import { filesAbove, PathClaims } from './path-claims';
import { RepoDocument, RepoFile } from './repo-file';
import { requireBelow } from './update-path';
import { documents, yamlDocument } from './yaml-text';

/** The files of one repository, and what is wrong with them. */
export interface Layout {
  readonly files: RepoFile[];
  readonly errors: string[];
}

interface Directory {
  readonly path: string;
  readonly owner: string;
  readonly files: Map<string, ManifestObject[]>;
  readonly children: Set<string>;
  readonly wholly: boolean;
  readonly content: KustomizationContent;
  requested: boolean;
}

const KUSTOMIZATION = 'kustomization.yaml';

/** Arranges what belongs to one repository into files. Reads and writes no disk. */
export function layOut(
  objects: readonly ManifestObject[],
  kustomizations: readonly KustomizationRequest[],
): Layout {
  const directories = new Directories();
  for (const { file, location } of kustomizations) {
    const directory = directories.at(location);
    directory.requested = true;
    file.props.directories?.forEach((child) => directory.children.add(child));
    addRequest(directory.content, directory.path, file);
  }
  for (const object of objects) {
    directories.add(object);
  }
  const files = [...directories.render()];
  const collisions = filesAbove(new Set(files.map(({ path }) => path)));
  return { files, errors: [...directories.errors, ...collisions] };
}

class Directories {
  public readonly errors: string[] = [];
  private readonly byPath = new Map<string, Directory>();
  private readonly claims = new PathClaims(this.errors);

  public at(location: Location): Directory {
    const shelf = directoryOf(location.shelf);
    const directory = this.obtain(shelf, location);
    if (location.subdirectory === undefined) {
      return directory;
    }
    if (!directory.children.has(location.subdirectory)) {
      directory.children.add(location.subdirectory);
      const path = `${location.owner}/${location.subdirectory}`;
      this.claims.requireDirectory(location.subdirectory, path);
    }
    return this.obtain(`${shelf}/${location.subdirectory}`, location);
  }

  public add(object: ManifestObject): void {
    const { location, manifest } = object;
    const directory = this.at(location);
    const file = `${location.file ?? fileNameOf(manifest.kind)}.yaml`;
    const inFile = directory.files.get(file);
    if (inFile) {
      inFile.push(object);
    } else {
      directory.files.set(file, [object]);
    }
    for (const { environment, operations } of object.patches) {
      this.patch(object, environment, operations);
    }
  }

  public *render(): Generator<RepoFile> {
    for (const directory of this.byPath.values()) {
      for (const [file, objects] of directory.files) {
        const path = `${directory.path}/${file}`;
        this.claims.claim(path, objects[0].constructPath);
        const sorted = inOrder(objects);
        const texts = sorted.map((object) => this.document(object, path));
        yield { path, text: documents(texts), documents: sorted };
      }
      if (directory.wholly || directory.requested) {
        yield this.kustomization(directory);
      }
    }
  }

  private kustomization(directory: Directory): RepoFile {
    const { manifest, markers } = kustomizationManifest(
      directory.content,
      [...directory.files.keys()].sort(),
      [...directory.children].sort(),
    );
    const document = { manifest, markers, constructPath: directory.owner };
    const path = `${directory.path}/${KUSTOMIZATION}`;
    this.claims.claim(path, directory.owner);
    return {
      path,
      text: this.document(document, path),
      foreign: directory.content.foreign.map((file) => this.foreign(directory, file)),
      documents: [document],
    };
  }

  private foreign(directory: Directory, file: string): string {
    if (directory.files.has(file)) {
      this.errors.push(
        `[${directory.owner}] '${file}' cannot be included from elsewhere: the program writes it`,
      );
    }
    const path = `${directory.path}/${file}`;
    this.claims.claim(path, directory.owner);
    return path;
  }

  private document({ manifest, markers, constructPath }: RepoDocument, path: string): string {
    try {
      markers.forEach(({ updatePath, policyName }) => requireBelow(updatePath, path, policyName));
      return yamlDocument(manifest, markers);
    } catch (error) {
      this.errors.push(`[${constructPath}] ${(error as Error).message}`);
      return '';
    }
  }

  private obtain(path: string, location: Location): Directory {
    const known = this.byPath.get(path);
    if (!known) {
      const directory: Directory = {
        path,
        owner: location.owner,
        files: new Map(),
        children: new Set(),
        wholly: isWhollyOurs(location.shelf),
        content: { bases: [], foreign: [], patches: [], overlays: [], images: [] },
        requested: false,
      };
      this.byPath.set(path, directory);
      return directory;
    }
    if (known.owner !== location.owner) {
      const error = `[${location.owner}] both '${known.owner}' and '${location.owner}' write ${path}/; rename one of them`;
      if (!this.errors.includes(error)) {
        this.errors.push(error);
      }
    }
    return known;
  }

  private patch(
    object: ManifestObject,
    environment: string,
    operations: JsonPatchOperation[],
  ): void {
    const { constructPath, location } = object;
    const { shelf } = location;
    if (shelf.kind !== 'tenant') {
      this.errors.push(
        `[${constructPath}] only what a tenant has in every environment can differ in '${environment}'`,
      );
      return;
    }
    const overlay = {
      ...location,
      shelf: { kind: 'overlay' as const, tenant: shelf.tenant, environment },
    };
    try {
      this.at(overlay).content.overlays.push(overlayPatch(object, operations));
    } catch (error) {
      this.errors.push(
        `[${constructPath}] patch for environment '${environment}': ${(error as Error).message}`,
      );
    }
  }
}
