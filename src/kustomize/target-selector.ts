import { goRegex } from '../vocabulary/go-regex';
import { Resource } from './resource';
import { ResourceList } from './resource-list';
import { selectorText, Selects } from './selector-text';
import { fieldOf, textsOf } from './values';

/** A text that is its own regular expression. */
const PLAIN = /^[A-Za-z0-9_-]+$/;

type Test = (text: string) => boolean;

/** The objects that a target of a patch chooses, by what they are and what they first were. Throws where it is wrong. */
export function selected(list: ResourceList, target: any): Resource[] {
  const group = testOf('group', target.group);
  const version = testOf('version', target.version);
  const kind = testOf('kind', target.kind);
  const name = testOf('name', target.name);
  const namespace = testOf('namespace', target.namespace);
  const labels = selectorOf(target.labelSelector);
  const annotations = selectorOf(target.annotationSelector);
  return candidates(list, target).filter((resource) => {
    const { gvk, original, manifest } = resource;
    return (
      (namespace(original.namespace) || namespace(resource.effectiveNamespace)) &&
      (name(original.name) || name(resource.name)) &&
      group(gvk.group) &&
      version(gvk.version) &&
      kind(gvk.kind) &&
      labels(textsOf(fieldOf(fieldOf(manifest, 'metadata'), 'labels'))) &&
      annotations(textsOf(fieldOf(fieldOf(manifest, 'metadata'), 'annotations')))
    );
  });
}

/** Those that may be meant: of one name or kind where the target says which. */
function candidates(list: ResourceList, { name, kind }: any): readonly Resource[] {
  if (name && PLAIN.test(name)) {
    return list.ofName(name);
  }
  return kind && PLAIN.test(kind) ? list.ofKind(kind) : list.all;
}

function testOf(field: string, pattern: string | undefined): Test {
  if (!pattern) {
    return () => true;
  }
  const choices = pattern.replace(/^\(([^]*)\)$/, '$1').split('|');
  if (choices.every((one) => PLAIN.test(one))) {
    return (text) => choices.includes(text);
  }
  const regex = goRegex(`${field} of a target`, `^(?:${pattern})$`);
  return (text) => regex.matcher(text).find();
}

function selectorOf(selector: string | undefined): Selects {
  return selector ? selectorText(selector) : () => true;
}
