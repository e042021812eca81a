import { parseAllDocuments } from 'yaml';
import { identityOf } from '../inventory/identity';
import { MARKER_KEY } from '../inventory/setter-comment';
import { WrittenMarker, writtenMarkers } from '../inventory/written-markers';

/** An object of a file of the repository, as far as image automation goes. */
export interface CommittedObject {
  readonly identity: string;
  readonly manifest: any;
  readonly fields: readonly WrittenMarker[];
}

/** Whether an object is a kustomization file, which has no name: only its place tells it from others. */
export function isKustomizationFile({ kind, metadata }: any): boolean {
  return kind === 'Kustomization' && !metadata?.name;
}

/** Whether Flux would look into a file. */
export function mayBeMarked(bytes: Buffer): boolean {
  return bytes.includes(MARKER_KEY);
}

/** The objects in a text. Throws when it is not YAML. */
export function committedObjects(text: string): CommittedObject[] {
  const isMarked = text.includes(MARKER_KEY);
  return parseAllDocuments(text, { version: '1.1', logLevel: 'silent' }).map((document) => {
    const [error] = document.errors;
    if (error) {
      throw new Error(error.message.split('\n')[0]);
    }
    const fields = isMarked ? writtenMarkers(text, document) : [];
    const manifest = document.toJS() ?? {};
    return { identity: identityOf(manifest), manifest, fields };
  });
}
