import { BuildLog, NotOneObject } from './build-log';
import { Kustomization } from './kustomization';
import { isUrl, localPath } from './local-path';
import { Resource } from './resource';
import { idOf } from './resource-id';
import { described, ResourceList } from './resource-list';
import { fieldOf, textsOf, withField, withMetadata } from './values';
import { isMap } from '../vocabulary/is-map';

const LINE = 70;

/** What SOPS adds to a file of variables, and Flux takes out. */
const SOPS = /^sops_version=/m;

/** What a generator puts into an object, and the files that cannot be read. */
interface Content {
  readonly data: Map<string, string>;
  readonly unknown: string[];
}

/** Adds the ConfigMaps and Secrets that a kustomization file generates. */
export function generateObjects(
  log: BuildLog,
  kustomization: Kustomization,
  list: ResourceList,
): void {
  for (const [name, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ]) {
    for (const { value, field } of kustomization.entries(name)) {
      log.attempt(kustomization.path, field, () => {
        const pointer = field as string; // nobody but a file generates
        const resource = generated(log, kustomization, kind, value, pointer);
        absorb(list, resource, value.behavior);
      });
    }
  }
}

function generated(
  log: BuildLog,
  { path, directory, fields, document }: Kustomization,
  kind: string,
  args: any,
  pointer: string,
): Resource {
  if (!args.name) {
    throw new Error(`a generated ${kind} must have a name`);
  }
  const { data, unknown } = contentOf(log, directory, args);
  const options = mergedOptions(args.options ?? {}, fields.generatorOptions ?? {});
  const values = [...data].sort(([a], [b]) => (a < b ? -1 : 1));
  const metadata = {
    name: args.name,
    ...(args.namespace && { namespace: args.namespace }),
    ...(options.labels && { labels: options.labels }),
    ...(options.annotations && { annotations: options.annotations }),
  };
  const isSecret = kind === 'Secret';
  const written = Object.fromEntries(
    values.map(([key, value]) => [key, isSecret ? base64(value) : value]),
  );
  const resource = new Resource(
    {
      apiVersion: 'v1',
      kind,
      metadata,
      ...(isSecret && { type: args.type || 'Opaque' }),
      ...((isSecret || values.length > 0) && { data: written }),
      ...(options.immutable && { immutable: true }),
    },
    { document: document!, within: pointer },
  );
  resource.needsHash = !options.disableNameSuffixHash;
  resource.hasNotes = true;
  resource.unknown = unknown;
  if (unknown.length > 0) {
    log.unread.push(
      `what ${kind} '${args.name}' of ${path} takes from ${unknown.join(', ')}` +
        (resource.needsHash ? ', and the hash of it that ends its name' : ''),
    );
  }
  return resource;
}

function contentOf(log: BuildLog, directory: string, args: any): Content {
  const data = new Map<string, string>();
  const unknown: string[] = [];
  for (const env of [...(args.envs ?? []), args.env].filter(Boolean)) {
    const text = textOfFile(env) ?? '';
    const isEncrypted = SOPS.test(text);
    for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
      const pair = line.trimStart();
      if (pair !== '' && !pair.startsWith('#') && !(isEncrypted && pair.startsWith('sops_'))) {
        const [key, ...value] = pair.split('=');
        enter(key, value.join('='));
      }
    }
  }
  for (const literal of (args.literals ?? []).filter(Boolean)) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(literal) ?? [];
    if (key === undefined) {
      throw new Error(`a literal must be such as key=value, got '${literal}'`);
    }
    enter(key, value.replace(/^(["'])(.*)\1$/s, '$2'));
  }
  for (const source of (args.files ?? []).filter(Boolean)) {
    const [, key, path] = /^(?:([^=]+)=)?([^=]+)$/s.exec(source) ?? [];
    if (path === undefined) {
      throw new Error(`a file must be such as key=path, got '${source}'`);
    }
    enter(key ?? path.slice(path.lastIndexOf('/') + 1), textOfFile(path) ?? '');
  }
  return { data, unknown };

  function enter(key: string, value: string): void {
    if (data.has(key)) {
      throw new Error(`key '${key}' is there twice`);
    }
    data.set(key, value);
  }

  function textOfFile(relative: string): string | undefined {
    if (isUrl(relative)) {
      unknown.push(relative);
      return undefined;
    }
    const path = localPath(directory, relative);
    if (path === undefined || !log.has(path)) {
      throw new Error(`'${relative}' is not there`);
    }
    const file = log.file(path);
    if (!file || file.isUnreadable) {
      unknown.push(path);
    }
    return file?.text;
  }
}

function mergedOptions(own: any, global: any): any {
  const both = (field: string) =>
    own[field] || global[field] ? { ...global[field], ...own[field] } : undefined;
  return {
    labels: both('labels'),
    annotations: both('annotations'),
    disableNameSuffixHash: own.disableNameSuffixHash || global.disableNameSuffixHash,
    immutable: own.immutable || global.immutable,
  };
}

/** Adds a generated object, or lets it take the place of the one that it is to be merged into. */
function absorb(list: ResourceList, resource: Resource, behavior: string | undefined): void {
  const id = idOf(resource.manifest);
  const found = list.ofName(resource.name).filter((one) => one.wasEver(id));
  const isMerge = behavior === 'merge';
  if (!isMerge && behavior !== 'replace') {
    if (found.length > 0) {
      throw new Error(
        `there is a ${described(resource)} already: behavior must be merge or replace`,
      );
    }
    list.append(resource);
    return;
  }
  if (found.length !== 1) {
    throw new NotOneObject(`there is no ${described(resource)} to ${behavior}`);
  }
  const [old] = found;
  for (const field of ['labels', 'annotations']) {
    const texts = {
      ...textsOf(old.manifest.metadata[field]),
      ...textsOf(resource.manifest.metadata[field]),
    };
    const hasAny = Object.keys(texts).length > 0;
    resource.manifest = withMetadata(resource.manifest, field, hasAny ? texts : undefined);
  }
  resource.manifest = withMetadata(resource.manifest, 'name', old.name);
  resource.manifest = withMetadata(resource.manifest, 'namespace', old.namespace || undefined);
  if (isMerge) {
    for (const field of ['data', 'binaryData']) {
      const texts = {
        ...textsOf(fieldOf(old.manifest, field)),
        ...textsOf(fieldOf(resource.manifest, field)),
      };
      const hasAny = isMap(texts) && Object.keys(texts).length > 0;
      resource.manifest = withField(resource.manifest, field, hasAny ? texts : undefined);
    }
    resource.unknown = [...old.unknown, ...resource.unknown];
  }
  resource.needsHash &&= old.needsHash;
  resource.previous.push(...old.previous);
  resource.prefixes.push(...old.prefixes);
  resource.suffixes.push(...old.suffixes);
  list.replace(old, resource);
}

/** Base64 as kustomize writes it: in lines, each with its end, where it is longer than one. */
function base64(text: string): string {
  const encoded = Buffer.from(text).toString('base64');
  return encoded.length < LINE ? encoded : encoded.replace(/.{1,70}/g, '$&\n');
}
