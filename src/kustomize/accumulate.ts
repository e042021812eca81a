import { applyTransformers, documentsOf } from './apply-transformers';
import { BuildLog, Entry } from './build-log';
import { objectsOf } from './file-objects';
import { generateObjects } from './generate-objects';
import { Kustomization, readKustomization } from './kustomization';
import { CONFIGURATION } from './kustomization-shape';
import { shaped } from './shape';
import { isRemote, localPath } from './local-path';
import { isWithin } from '../vocabulary/relative-path';
import { Resource } from './resource';
import { described, ResourceList } from './resource-list';
import { DEFAULT_CONFIG, mergedConfig, TransformerConfig } from './transformer-config';

/** What has come together so far, and which fields are changed in it. */
export interface Accumulated {
  readonly list: ResourceList;
  config: TransformerConfig;
}

/** Fields of a kustomization file that bring along, or change, what cannot be known from here. */
const UNREAD = ['crds', 'generators', 'transformers', 'validators', 'vars'];

/**
 * Everything that a kustomization file builds.
 *
 * @param visited directories that led here, which must not be built again
 * @param into what a component adds to. @default - nothing; a kustomization starts anew
 */
export function accumulate(
  log: BuildLog,
  kustomization: Kustomization,
  visited: readonly string[] = [],
  into: Accumulated = { list: new ResourceList(), config: DEFAULT_CONFIG },
): Accumulated {
  const { path, directory, fields } = kustomization;
  const chain = [...visited, directory];
  const { gaps } = log;
  for (const entry of kustomization.entries('resources', 'bases')) {
    log.attempt(path, entry.field, () => addResource(log, kustomization, entry.value, chain, into));
  }
  for (const { value, field } of kustomization.entries('configurations')) {
    log.attempt(path, field, () => addConfiguration(log, kustomization, value, into));
  }
  generateObjects(log, kustomization, into.list);
  if (fields.helmCharts?.length || fields.helmChartInflationGenerator?.length) {
    const field = fields.helmCharts?.length ? 'helmCharts' : 'helmChartInflationGenerator';
    log.refuse(path, `Flux builds no Helm charts of kustomization files`, `/${field}`);
  }
  for (const { value, field } of kustomization.entries('components')) {
    log.attempt(path, field, () =>
      addDirectory(log, kustomization, value, chain, into, 'Component'),
    );
  }
  for (const field of UNREAD.filter((one) => fields[one]?.length)) {
    log.unread.push(`what ${field} of ${path} ${field === 'generators' ? 'add' : 'change'}`);
  }
  if (fields.openapi?.path) {
    log.unread.push(`how patches of ${path} merge lists by ${fields.openapi.path}`);
  }
  const idle = log.idle.length;
  applyTransformers(log, kustomization, into.list, into.config);
  if (log.gaps > gaps) {
    log.idle.length = idle; // what is missing may be what a patch is for
  }
  return into;
}

function addResource(
  log: BuildLog,
  kustomization: Kustomization,
  value: string,
  chain: readonly string[],
  into: Accumulated,
): void {
  const { path: from, directory } = kustomization;
  const path = localPath(directory, value);
  if (/^https?:/i.test(value) || path === undefined || !log.has(path)) {
    addDirectory(log, kustomization, value, chain, into, 'Kustomization');
    return;
  }
  const file = log.file(path);
  if (!file) {
    log.unread.push(`what ${from} takes from ${path}`);
    return;
  }
  // A file that nothing names belongs to a directory without a kustomization file: what is wrong is told of itself.
  file.problems.forEach(({ message }) => log.refuse(path, message));
  if (file.problems.length === 0 && file.documents.length === 0) {
    log.empty.add(path);
  }
  log.attempt(path, undefined, () => {
    for (const { manifest, origin } of objectsOf(file.documents)) {
      const resource = new Resource(manifest, origin);
      resource.hasNotes = log.isTracked;
      append(log, into.list, resource);
    }
  });
}

function append(log: BuildLog, list: ResourceList, resource: Resource): void {
  const { path, index } = resource.origin.document;
  const pointer = index === 0 ? (resource.origin.within ?? '') : undefined;
  log.attempt(path, pointer, () => list.append(resource));
}

function addDirectory(
  log: BuildLog,
  { path: from, directory }: Kustomization,
  value: Entry<string>['value'],
  chain: readonly string[],
  into: Accumulated,
  kind: string,
): void {
  if (isRemote(value)) {
    log.unread.push(`what ${from} takes from ${value}`);
    return;
  }
  const path = localPath(directory, value);
  if (path === undefined) {
    throw new Error(`'${value}' is outside of the repository`);
  }
  if (log.tree.directory(path) === undefined) {
    throw new Error(`'${value}' is not there`);
  }
  if (chain.some((one) => isWithin(one, path))) {
    throw new Error(`'${value}' is, or contains, what is being built`);
  }
  log.enter();
  const kustomization = readKustomization(log, path, false);
  if (!kustomization) {
    throw new Error(`'${value}' has no kustomization file`);
  }
  if (kustomization.kind !== kind) {
    throw new Error(`'${value}' must be a ${kind}, and is a ${kustomization.kind}`);
  }
  if (kind === 'Component') {
    accumulate(log, kustomization, chain, into);
    const [double] = into.list.doubles;
    if (double) {
      throw new Error(`'${value}' makes two of ${described(double)}`);
    }
    return;
  }
  const built = accumulate(log, kustomization, chain);
  built.list.all.forEach((resource) => append(log, into.list, resource));
  into.config = mergedConfig(into.config, built.config);
}

function addConfiguration(
  log: BuildLog,
  kustomization: Kustomization,
  value: string,
  into: Accumulated,
): void {
  for (const { path, manifest } of documentsOf(log, kustomization, value)?.slice(0, 1) ?? []) {
    const fields = shaped(manifest, CONFIGURATION, {
      isLenient: true,
      refuse: (message, pointer) => log.refuse(path, message, pointer),
    });
    const isSpec = (one: any) => typeof one?.path === 'string';
    const read = Object.fromEntries(
      Object.entries(DEFAULT_CONFIG).map(([field]) => [
        field,
        ((fields?.[field] ?? []) as any[])
          .map((one) =>
            field === 'nameReference'
              ? { ...one, fieldSpecs: (one?.fieldSpecs ?? []).filter(isSpec) }
              : one,
          )
          .filter((one) => field === 'nameReference' || isSpec(one)),
      ]),
    );
    into.config = mergedConfig(into.config, read as any);
  }
}
