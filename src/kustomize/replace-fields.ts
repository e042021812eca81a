import { copierWithin, copyOf } from './copy-of';
import { goRegex } from '../vocabulary/go-regex';
import { NotOneObject } from './build-log';
import { fieldPathParts, Place, placesAt, valueAt } from './field-path';
import { Resource } from './resource';
import { Gvk, isOf } from './resource-id';
import { ResourceList } from './resource-list';
import { selectorText } from './selector-text';
import { fieldOf, textOf, textsOf } from './values';
import { isMap } from '../vocabulary/is-map';

interface Id extends Required<Gvk> {
  readonly name: string;
  readonly namespace: string;
}

/** Copies a value from one object to others, as one of `replacements` says. Throws where kustomize would. */
export function replaceFields(list: ResourceList, { source, sourceValue, targets }: any): void {
  if ((!source && sourceValue === undefined) || !targets || (source && sourceValue !== undefined)) {
    throw new Error('a replacement must have a source or a sourceValue, and targets');
  }
  const from = source ? sourceOf(list, source) : undefined;
  let value = from ? valueOf(from, source) : sourceValue;
  for (const target of targets.filter(Boolean)) {
    if (!target.select) {
      throw new Error('a target of a replacement must select something');
    }
    const isChosen = chooses(target);
    for (const resource of list.all.filter(isChosen)) {
      resource.manifest = withValue(resource.manifest, value, target);
      if (resource === from && !source.options?.delimiter) {
        value = valueOf(from, source); // those that follow get what the source has become
      }
    }
  }
  list.forget();
}

/** The one object that a value comes from. */
function sourceOf(list: ResourceList, source: any): Resource {
  const found = list.all.filter((resource) =>
    idsOf(resource).some(
      (id) =>
        (!source.name || source.name === id.name) &&
        (!source.namespace || source.namespace === (id.namespace || 'default')) &&
        isOf(source, id),
    ),
  );
  if (found.length !== 1) {
    const message = `the source of a replacement must be one object, but ${found.length} are like it`;
    throw new NotOneObject(message);
  }
  return found[0];
}

function valueOf({ manifest }: Resource, source: any): any {
  const path = source.fieldPath || 'metadata.name';
  const value = valueAt(manifest, fieldPathParts(path));
  if (value === undefined || value === null || value === '' || isEmpty(value)) {
    throw new Error(`the source of a replacement has no ${path}`);
  }
  const { delimiter, index = 0 } = source.options ?? {};
  if (!delimiter) {
    return value;
  }
  const part = requireScalar(value).split(delimiter)[index];
  if (part === undefined) {
    throw new Error(`'${value}' has no part ${index}`);
  }
  return part;
}

function chooses({ select, reject }: any): (resource: Resource) => boolean {
  const rejects = ((reject ?? []) as any[]).filter(Boolean);
  const isSelected = matcher(select);
  const hasTexts = textMatcher(select);
  const rejected = rejects
    .filter((one) => one.group || one.version || one.kind || one.name || one.namespace)
    .map(matcher);
  const rejectedTexts = rejects
    .filter((one) => one.labelSelector || one.annotationSelector)
    .map(textMatcher);
  return (resource) => {
    const ids = idsOf(resource);
    return (
      hasTexts(resource) &&
      !rejectedTexts.some((matches) => matches(resource)) &&
      !rejected.some((matches) => ids.some(matches)) &&
      ids.some(isSelected)
    );
  };
}

function withValue(manifest: any, value: any, { fieldPaths, options }: any): any {
  const changed = copyOf(manifest);
  const copied = copierWithin(manifest);
  const made = options?.create ? value : undefined;
  const paths = fieldPaths?.length ? fieldPaths : ['metadata.name'];
  for (const path of paths.filter(Boolean)) {
    const places = placesAt(changed, fieldPathParts(path), made);
    if (places.length === 0) {
      throw new Error(`there is no field '${path}' to replace`);
    }
    places.forEach((place) => put(place, copied(value), options));
  }
  return changed;
}

function put(place: Place, value: any, options: any): void {
  const { delimiter, index = 0 } = options ?? {};
  let replacement = value;
  if (delimiter) {
    const parts = requireScalar(place.value).split(delimiter);
    if (index < 0) {
      parts.unshift(textOf(value));
    } else {
      parts[Math.min(index, parts.length)] = textOf(value);
    }
    replacement = parts.join(delimiter);
  }
  const before = place.value;
  const isKept = before !== null && typeof before !== 'object' && typeof replacement !== 'object';
  place.set(isKept ? asKind(replacement, before) : replacement);
}

/** A scalar keeps its kind: what replaces a number must be one, and a text in quotes stays a text. */
function asKind(value: any, before: any): any {
  if (typeof before === 'string') {
    return textOf(value);
  }
  const text = textOf(value);
  const isLike =
    typeof before === 'number' ? /^-?\d+(?:\.\d+)?$/.test(text) : ['true', 'false'].includes(text);
  if (!isLike) {
    throw new Error(`'${text}' cannot replace the ${typeof before} ${before}`);
  }
  return JSON.parse(text);
}

/** What an object is, and what it was. */
function idsOf({ gvk, kind, name, namespace, previous }: Resource): Id[] {
  return [{ kind, name, namespace }, ...previous].map((id) => ({ ...gvk, ...id }));
}

function matcher(selector: any): (id: Id) => boolean {
  const tests = ['group', 'version', 'kind', 'name', 'namespace'].flatMap((field) => {
    const pattern = selector[field];
    return pattern ? [{ field, regex: goRegex(`${field} of a target`, `^(?:${pattern})$`) }] : [];
  });
  return (id) => tests.every(({ field, regex }) => regex.matcher(id[field as keyof Id]).find());
}

function textMatcher({ labelSelector, annotationSelector }: any): (resource: Resource) => boolean {
  const labels = selectorText(labelSelector ?? '');
  const annotations = selectorText(annotationSelector ?? '');
  return ({ manifest }) =>
    labels(textsOf(fieldOf(manifest.metadata, 'labels'))) &&
    annotations(textsOf(fieldOf(manifest.metadata, 'annotations')));
}

function requireScalar(value: any): string {
  if (value === null || typeof value === 'object') {
    throw new Error(`a delimiter can only part a text, got ${JSON.stringify(value)}`);
  }
  return textOf(value);
}

function isEmpty(value: any): boolean {
  return (isMap(value) || Array.isArray(value)) && Object.keys(value).length === 0;
}
