import { SourceDocument } from '../inventory/source-file';
import { readSourceFile } from '../inventory/read-source-file';
import { prefixNames, suffixNames } from './affix-names';
import { BuildLog, Entry, Field } from './build-log';
import { objectsOf } from './file-objects';
import { operationsOf } from './json-patch';
import { Kustomization } from './kustomization';
import { REPLACEMENT } from './kustomization-shape';
import { shaped } from './shape';
import { isUrl, localPath } from './local-path';
import { applyMerge, applyOperations, applyPatch, readPatch } from './patch-objects';
import { replaceFields } from './replace-fields';
import { replaceImage } from './replace-images';
import { ResourceList } from './resource-list';
import { labelSpecs, setEntries } from './set-entries';
import { setNamespace } from './set-namespace';
import { setReplicas } from './set-replicas';
import { selected } from './target-selector';
import { TransformerConfig } from './transformer-config';
import { LeadsIntoText } from './field-path';
import { remembering } from '../vocabulary/remembering';

const inlineFile = remembering((text) => readSourceFile('', text));
const inlineInstructions = remembering((text) => readSourceFile('', text, true));

/** What a kustomization file does to objects, in the order in which kustomize does it. */
export function applyTransformers(
  log: BuildLog,
  kustomization: Kustomization,
  list: ResourceList,
  config: TransformerConfig,
): void {
  const { path, fields } = kustomization;
  const each = (name: string, apply: (value: any, field?: Field) => void, oldName?: string) => {
    for (const { value, field } of kustomization.entries(name, oldName)) {
      log.attempt(path, field, () => apply(value, field));
    }
  };
  const one = (field: string, apply: (value: any) => void) => {
    if (fields[field]) {
      log.attempt(path, `/${field}`, () => apply(fields[field]));
    }
  };

  each('patchesStrategicMerge', (text) => {
    const documents = inline(text) ?? documentsOf(log, kustomization, text);
    objectsOf(documents ?? []).forEach(({ manifest }) => applyMerge(list, manifest));
  });
  each('patches', (patch, field) => {
    const documents = patchDocuments(log, kustomization, patch);
    if (documents) {
      // A component is written for many directories, of which some have nothing for it to patch.
      const isOwn = typeof field === 'string' && kustomization.kind === 'Kustomization';
      if (isOwn && patch.target && selected(list, patch.target).length === 0) {
        log.idle.push({
          path,
          message: 'has a patch of which nothing is the target',
          pointer: field,
        });
      }
      applyPatch(list, readPatch(documents), patch);
    }
  });
  one('namespace', (namespace) => setNamespace(list, namespace, config.namespace));
  one('namePrefix', (prefix) => prefixNames(list, prefix, config.namePrefix));
  one('nameSuffix', (suffix) => suffixNames(list, suffix, config.nameSuffix));
  each('labels', (label) => setEntries(list, label.pairs ?? {}, labelSpecs(label, config)));
  one('commonLabels', (labels) => setEntries(list, labels, config.commonLabels));
  one('commonAnnotations', (all) => setEntries(list, all, config.commonAnnotations));
  each('patchesJson6902', (patch) => {
    const documents = patchDocuments(log, kustomization, patch);
    if (!patch.target?.name) {
      throw new Error('a target of patchesJson6902 must have a name');
    }
    if (documents) {
      const operations = operationsOf(documents[0]?.manifest);
      if (!operations?.length) {
        throw new Error('the patch must be a list of operations');
      }
      applyOperations(list, operations, patch.target, false);
    }
  });
  each('replicas', (replica) => setReplicas(list, replica, config.replicas));
  each('images', (image) => replaceImage(list, image, config.images), 'imageTags');
  each('replacements', (replacement) => {
    for (const found of replacementsOf(log, kustomization, replacement)) {
      replace(log, kustomization, list, found);
    }
  });
}

function replace(
  log: BuildLog,
  { path }: Kustomization,
  list: ResourceList,
  replacement: any,
): void {
  try {
    replaceFields(list, replacement);
  } catch (error) {
    if (!(error instanceof LeadsIntoText)) {
      throw error;
    }
    log.unread.push(`what a replacement of ${path} writes into a text: ${error.message}`);
  }
}

/** One replacement, or those of the file that it names. */
function replacementsOf(log: BuildLog, kustomization: Kustomization, replacement: any): any[] {
  if (!replacement.path) {
    return [replacement];
  }
  if (replacement.source || replacement.targets?.length) {
    throw new Error('a replacement must have a path or the fields, not both');
  }
  const [document] = documentsOf(log, kustomization, replacement.path) ?? [];
  const content = document?.manifest ?? [];
  return [content].flat().map(
    (one) =>
      shaped(one, REPLACEMENT, {
        isLenient: true,
        refuse: (message) => log.refuse(document.path, message),
      }) ?? {},
  );
}

/** The documents of a patch; undefined where they cannot be read. Throws where it names none. */
function patchDocuments(
  log: BuildLog,
  kustomization: Kustomization,
  { path, patch }: any,
): readonly SourceDocument[] | undefined {
  const text = (patch ?? '').trim();
  if (Boolean(path) === Boolean(text)) {
    throw new Error('a patch must have either a path or a patch');
  }
  if (path) {
    const found = documentsOf(log, kustomization, path);
    const written = (found && log.tree.file(found[0]?.path)?.text) ?? '';
    requireJson(written);
    return found && asPatch(found, written);
  }
  requireJson(text);
  const { documents, problems } = inlineFile(text);
  if (problems.length > 0) {
    throw new Error(`the patch is no YAML: ${problems[0].message}`);
  }
  return asPatch(documents, text);
}

/** Kustomize reads operations otherwise than objects. */
function asPatch(documents: readonly SourceDocument[], text: string): readonly SourceDocument[] {
  return Array.isArray(documents[0]?.manifest) ? inlineInstructions(text).documents : documents;
}

/** Kustomize reads a list in brackets as JSON alone, not as YAML. */
function requireJson(text = ''): void {
  if (text.startsWith('[')) {
    JSON.parse(text);
  }
}

/** The documents of a text that holds objects; undefined where it does not. */
function inline(text: string): readonly SourceDocument[] | undefined {
  const { documents, problems } = inlineFile(text);
  try {
    return problems.length === 0 && objectsOf(documents) ? documents : undefined;
  } catch {
    return undefined;
  }
}

/** The documents of a file; undefined where its content is not known, or it is fetched. Throws where it is not there. */
export function documentsOf(
  log: BuildLog,
  { path: from, directory }: Kustomization,
  relative: Entry<string>['value'],
): readonly SourceDocument[] | undefined {
  if (isUrl(relative)) {
    log.unread.push(`what ${from} takes from ${relative}`);
    return undefined;
  }
  const path = localPath(directory, relative);
  if (path === undefined || !log.has(path)) {
    throw new Error(`'${relative}' is not there`);
  }
  const file = log.file(path);
  if (!file) {
    log.unread.push(`what ${from} takes from ${path}`);
    return undefined;
  }
  if (file.problems.length > 0) {
    throw new Error(`${path}: ${file.problems[0].message}`);
  }
  return file.documents;
}
