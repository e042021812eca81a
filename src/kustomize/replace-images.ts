import { goRegex } from '../vocabulary/go-regex';
import { changedAt, changedItems, FieldSpec } from './field-spec';
import { ResourceList } from './resource-list';
import { textOf } from './values';
import { isMap } from '../vocabulary/is-map';

type Change = (image: any) => any;

const LISTS = new Set(['containers', 'initContainers']);

/** Replaces an image wherever containers have it, in objects of any kind but definitions of kinds. Throws where the name is no regex. */
export function replaceImage(list: ResourceList, image: any, specs: readonly FieldSpec[]): void {
  const name = goRegex(
    'name of an image',
    `^${image.name ?? ''}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`,
  );
  const change: Change = (value) => {
    if (value === null || value === undefined) {
      return value;
    }
    if (typeof value === 'object') {
      throw new Error(`${JSON.stringify(value)} is where the name of an image must be`);
    }
    const text = textOf(value);
    return name.matcher(text).find() ? replaced(text, image) : value;
  };
  for (const resource of list.all) {
    if (resource.kind !== 'CustomResourceDefinition') {
      // Kustomize goes twice over what both find.
      const found = inContainers(resource.manifest, change);
      resource.manifest = specs.reduce(
        (one, spec) => changedAt(one, spec, undefined, change),
        found,
      );
    }
  }
}

/** The value with the images of every list of containers changed, however deep it lies. */
function inContainers(value: any, change: Change): any {
  if (Array.isArray(value)) {
    return changedItems(value, (item) => inContainers(item, change));
  }
  if (!isMap(value)) {
    return value;
  }
  const changes = Object.entries(value).flatMap(([key, before]): [string, any][] => {
    const within = inContainers(before, change);
    const after =
      LISTS.has(key) && Array.isArray(within)
        ? changedItems(within, (container) => withImage(container, change))
        : within;
    return after === before ? [] : [[key, after]];
  });
  return changes.length > 0 ? { ...value, ...Object.fromEntries(changes) } : value;
}

function withImage(container: any, change: Change): any {
  if (container === null) {
    return container;
  }
  if (!isMap(container)) {
    throw new Error(`${JSON.stringify(container)} is where a container must be`);
  }
  const image = change(container.image);
  return image === container.image ? container : { ...container, image };
}

function replaced(text: string, { newName, newTag, digest, tagSuffix }: any): string {
  const before = partsOf(text);
  let { tag, digest: pinned } = before;
  if (newTag || digest) {
    [tag, pinned] = [newTag || '', digest || ''];
  } else if (tagSuffix) {
    [tag, pinned] = [tag + tagSuffix, ''];
  }
  return (newName || before.name) + (tag && `:${tag}`) + (pinned && `@${pinned}`);
}

/** Name, tag and digest of an image; a ':' before the first '/' is that of a port. */
function partsOf(image: string): { name: string; tag: string; digest: string } {
  const start = Math.max(image.indexOf('/'), 0);
  const at = image.indexOf('@', start);
  const colon = image.indexOf(':', start);
  const end = at < 0 ? image.length : at;
  const hasTag = colon >= 0 && colon < end;
  return {
    name: image.slice(0, hasTag ? colon : end),
    tag: hasTag ? image.slice(colon + 1, end) : '',
    digest: image.slice(end + 1),
  };
}
