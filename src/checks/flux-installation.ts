import { AppliedObject, isOpaque } from '../clusters/applied-object';
import { directoryIn } from '../clusters/cluster-roots';
import { ClusterView } from '../clusters/cluster-view';
import {
  fileOf,
  parentOf,
  SourceDocument,
  SourceFile,
  SourceRepository,
  SourceTree,
} from '../inventory/source-file';
import { Build, BuiltObject } from '../kustomize/build';
import { buildDirectory, kustomizationFileOf } from '../kustomize/build-directory';
import { remembering } from '../vocabulary/remembering';
import { CompletedTree } from './completed-tree';
import { Component, COMPONENTS, CORE_COMPONENTS } from '../vocabulary/flux-controllers';
import { COMPONENT_OF, FluxController } from './flux-controller';
import { componentsOf, instanceObjects, instanceSpecs } from './flux-instance';
import { COMPONENT_LABEL, fluxStandIns, PART_OF_FLUX, syncStandIns } from './flux-stand-ins';
import { itemsAt, mapAt, textAt, textsAt, valueAt } from './manifest-fields';
import { isOfPlatform } from './of-platform';
import { Place } from './place';

/** How Flux itself runs on a cluster. */
export interface FluxInstallation {
  /** The controllers that run, those of shards among them. */
  readonly controllers: readonly FluxController[];
  /** Whether no others run; else components may be installed that nothing of the cluster shows the use of. */
  readonly isComplete: boolean;
  /** The ClusterRole of the controllers. @default - not known */
  readonly role?: any;
  /** The Flux Kustomization that applies the cluster's directory, and with it Flux. @default - not known */
  readonly sync?: any;
  /** What to change to make it run otherwise. */
  readonly place: Place;
}

const COMPONENTS_FILE = 'gotk-components.yaml';
const SYNC_FILE = 'gotk-sync.yaml';

/**
 * How Flux runs on a cluster: as its manifests say, or as a FluxInstance or the patches beside its manifests will have it.
 * Undefined where that cannot be read, which is another thing than not being locked down.
 */
export function fluxInstallation(view: ClusterView): FluxInstallation | undefined {
  return view.once(installationOf);
}

function installationOf(view: ClusterView): FluxInstallation | undefined {
  const deployments = view
    .ofType('apps/Deployment')
    .filter((one) => componentOf(one.manifest) && isOfPlatform(one, view));
  const instances = instanceSpecs(view);
  if (!instances || instances.length > 1 || (instances.length > 0 && deployments.length > 0)) {
    return undefined; // not known, or not known which of them counts
  }
  if (instances.length === 1) {
    const [instance] = instances;
    const { document, repository, within = '' } = instance.object;
    const { path, index } = document;
    const place = { repository, path, index, pointer: within + instance.pointer };
    return ofObjects(view, instanceObjects(instance), place, componentsOf(instance) !== undefined);
  }
  return deployments.length > 0 ? installed(view, deployments) : toBeInstalled(view);
}

/** By the manifests of Flux that are in the repository. */
function installed(
  view: ClusterView,
  deployments: readonly AppliedObject[],
): FluxInstallation | undefined {
  const names = new Set(deployments.map(({ manifest }) => String(manifest.metadata.name)));
  const { repository, document } = deployments[0];
  const directory = parentOf(document.path);
  const file = kustomizationFileOf(repository.tree, directory);
  const place = file
    ? patchesIn(repository, file)
    : { repository, path: document.path, index: document.index, pointer: '' };
  const isWhole = ['source-controller', 'kustomize-controller'].every((name) => names.has(name));
  return names.size === deployments.length
    ? ofObjects(
        view,
        view.objects.filter((one) => isOfPlatform(one, view)),
        place,
        isWhole,
        directory,
      )
    : undefined; // which of two that are called the same counts is not known
}

/** By the patches beside the manifests of Flux, which `flux bootstrap` is still to write. */
function toBeInstalled(view: ClusterView): FluxInstallation | undefined {
  const { repository, path } = view;
  const { tree } = repository;
  const directories = (tree.directory(path)?.directories ?? []).filter((directory) =>
    resourcesOf(kustomizationIn(repository, directory)).includes(COMPONENTS_FILE),
  );
  const [directory] = directories;
  if (directories.length !== 1 || holds(repository, `${directory}/${COMPONENTS_FILE}`)) {
    return undefined; // with another number, or manifests that a build did not bring out
  }
  const isUnread = view.unread.some(({ carrier, isFlux }) => carrier === undefined && !isFlux);
  const above = kustomizationIn(repository, path);
  const top = above && (isUnread || changesWhatItNames(above)) ? path : directory;
  const file = kustomizationFileOf(tree, directory)!;
  const syncFile = `${directory}/${SYNC_FILE}`;
  const sync = holds(repository, syncFile)
    ? tree.file(syncFile)!
    : fileOf(syncFile, syncStandIns('GitRepository', path));
  const own = [tree.file(file)!, sync];
  const isAlone =
    top === directory &&
    namesNoFiles(kustomizationIn(repository, directory)) &&
    own.every(({ problems }) => problems.length === 0);
  const { objects, errors, unread } = isAlone
    ? builtAlone(JSON.stringify(own.map(({ path: at, documents }) => [at, objectsOf(documents)])))
    : buildDirectory(new CompletedTree(tree, [componentsIn(directory), sync]), top);
  return errors.length + unread.length > 0
    ? undefined
    : ofObjects(view, objects, patchesIn(repository, file), false, directory);
}

/**
 * What a kustomization file makes of Flux, by the paths and contents of it and of the sync beside it: most are alike, and
 * tests run many programs.
 */
const builtAlone = remembering((key): Build => {
  const files: SourceFile[] = JSON.parse(key).map(([path, objects]: any) => fileOf(path, objects));
  const directory = parentOf(files[0].path);
  return buildDirectory(new SourceTree([...files, componentsIn(directory)]), directory);
}, 20);

/** The file of Flux's manifests, as far as patches show in them. */
function componentsIn(directory: string): SourceFile {
  return fileOf(`${directory}/${COMPONENTS_FILE}`, fluxStandIns(COMPONENTS));
}

function objectsOf(documents: readonly SourceDocument[]): any[] {
  return documents.map(({ manifest }) => manifest);
}

function resourcesOf(kustomization: unknown): string[] {
  return textsAt(kustomization, 'resources').map((one) => one.replace(/^\.\//, ''));
}

/** Whether a kustomization file says itself all that it does to the manifests of Flux. */
function namesNoFiles(kustomization: unknown): boolean {
  return (
    Object.keys(mapAt(kustomization)).every((field) =>
      ['apiVersion', 'kind', 'resources', 'patches'].includes(field),
    ) &&
    resourcesOf(kustomization).every((one) => [COMPONENTS_FILE, SYNC_FILE].includes(one)) &&
    itemsAt(kustomization, 'patches').every(({ value }) => textAt(value, 'path') === undefined)
  );
}

/**
 * @param objects what is applied, Flux itself among it; undefined where that is not known
 * @param isComplete whether these are all components; else those count that every installation has, or whose use shows
 * @param directory of Flux's own manifests
 */
function ofObjects(
  view: ClusterView,
  objects: readonly BuiltObject[] | undefined,
  place: Place,
  isComplete: boolean,
  directory?: string,
): FluxInstallation | undefined {
  const used = new Set([...COMPONENT_OF].flatMap(([type, of]) => (view.ofType(type)[0] ? of : [])));
  const controllers: FluxController[] = [];
  let role: any;
  let sync: any;
  for (const { manifest, document } of objects ?? []) {
    const component = manifest.kind === 'Deployment' ? componentOf(manifest) : undefined;
    if (component && (isComplete || CORE_COMPONENTS.includes(component) || used.has(component))) {
      const args = argumentsOf(manifest);
      if (!args) {
        return undefined;
      }
      controllers.push(new FluxController(component, String(manifest.metadata.name), args));
    } else if (manifest.kind === 'ClusterRole' && isOfFlux(manifest)) {
      role = /^crd-controller/.test(manifest.metadata.name) ? manifest : role;
    } else if (manifest.kind === 'Kustomization' && valueAt(manifest, 'spec', 'sourceRef')) {
      const isRoot =
        directory === undefined ||
        (parentOf(document.path) === directory &&
          directoryIn(textAt(manifest, 'spec', 'path')) === view.path);
      sync = isRoot ? manifest : sync;
    }
  }
  return controllers.length > 0 ? { controllers, isComplete, role, sync, place } : undefined;
}

function componentOf(manifest: unknown): Component | undefined {
  const label = textAt(manifest, 'metadata', 'labels', COMPONENT_LABEL);
  const name = textAt(manifest, 'metadata', 'name') ?? '';
  return isOfFlux(manifest)
    ? COMPONENTS.find((one) => one === label || name === one || name.startsWith(`${one}-`))
    : undefined;
}

function isOfFlux(manifest: unknown): boolean {
  const labels = mapAt(manifest, 'metadata', 'labels');
  return Object.entries(PART_OF_FLUX).every(([key, value]) => labels[key] === value);
}

/** The arguments of a controller; undefined where they are not known. */
function argumentsOf(deployment: unknown): string[] | undefined {
  const containers = itemsAt(deployment, 'spec', 'template', 'spec', 'containers');
  const manager = containers.find(({ value }) => textAt(value, 'name') === 'manager');
  const args = textsAt((manager ?? containers[0])?.value, 'args');
  return args.length === 0 || args.some(isOpaque) ? undefined : args;
}

/** Whether a kustomization file does more than name what lies elsewhere. */
function changesWhatItNames(kustomization: unknown): boolean {
  const fields = Object.keys(mapAt(kustomization));
  return fields.some((field) => !['apiVersion', 'kind', 'resources'].includes(field));
}

function kustomizationIn(repository: SourceRepository, directory: string): unknown {
  const path = kustomizationFileOf(repository.tree, directory);
  return path === undefined ? undefined : repository.tree.file(path)?.documents[0]?.manifest;
}

function holds({ tree }: SourceRepository, path: string): boolean {
  return (
    (tree.file(path)?.documents.length ?? 0) > 0 || (tree.file(path)?.problems.length ?? 0) > 0
  );
}

function patchesIn(repository: SourceRepository, path: string): Place {
  const { manifest, index = 0 } = repository.tree.file(path)?.documents[0] ?? {};
  const pointer = valueAt(manifest, 'patches') === undefined ? '' : '/patches';
  return { repository, path, index, pointer };
}
