import { SourceDocument, SourceRepository } from '../inventory/source-file';
import { apiGroupOf } from '../vocabulary/cluster-scoped-kinds';
import { isMap } from '../vocabulary/is-map';
import { SubstitutionFault } from './envsubst';

/** An object as a cluster gets it. */
export interface AppliedObject {
  /** The object after kustomize and variable substitution; the same reference wherever nothing changed it. */
  readonly manifest: any;
  readonly document: SourceDocument;
  /** JSON pointer to it within the document. @default - the document is the object; else it is an item of a list */
  readonly within?: string;
  readonly repository: SourceRepository;
  /** Whether it holds what files say that cannot be read: of these, values are empty, or not there. @default false */
  readonly isPartial?: boolean;
  /**
   * The Flux Kustomization that applies it, other than that of the cluster's root: it is nobody's tenant, and waits for nothing.
   *
   * @default - none; the cluster's root does, or it is not known who
   */
  readonly sync?: AppliedObject;
  /** Why Flux does not apply it, so that it bounds nobody; it is judged all the same. @default - Flux does */
  readonly held?: Hold;
  /** Why Flux cannot substitute the variables in it, and so applies nothing of the sync. @default - it can */
  readonly unsubstituted?: readonly Unsubstituted[];
}

/** Why Flux does not apply an object, though a build brings it out. */
export interface Hold {
  /** The object that says so. @default - the held object itself */
  readonly by?: AppliedObject;
  /** JSON pointer to what says so. */
  readonly pointer: string;
  /** In words that follow the title of the object that says so. */
  readonly why: string;
}

/** An expression in an object that Flux cannot substitute. */
export interface Unsubstituted extends SubstitutionFault {
  /** JSON pointer to it within the object. */
  readonly pointer: string;
}

/** `group/Kind`, by which checks name what they look at; `/Kind` for the core group. */
export function typeOf({ apiVersion, kind }: any): string {
  return `${apiGroupOf(String(apiVersion))}/${kind}`;
}

/** Whether a text holds a variable that Flux substitutes and nobody here knows the value of. */
export function isOpaque(value: unknown): boolean {
  return typeof value === 'string' && value.includes('${');
}

/** The same of a value of an object: where its sync substitutes nothing, what looks like a variable is text, and stays it. */
export function isOpaqueIn({ sync }: AppliedObject, value: unknown): boolean {
  return isOpaque(value) && (sync === undefined || isMap(sync.manifest.spec?.postBuild));
}

/** Whether `manifest` is one that the API server would take for an object. */
export function isObject(manifest: any): boolean {
  const { apiVersion, kind, metadata } = manifest ?? {};
  return (
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    typeof metadata === 'object' &&
    metadata !== null &&
    !Array.isArray(metadata) &&
    typeof metadata.name === 'string' &&
    typeof (metadata.namespace ?? '') !== 'object' &&
    !apiVersion.startsWith('kustomize.config.k8s.io/')
  );
}

/** Whether a sync comes of one of the same document, which variables rename each time: without end, it may be. */
export function isOfItself({ document, within, sync }: AppliedObject): boolean {
  for (let above = sync; above !== undefined; above = above.sync) {
    if (above.document === document && above.within === within) {
      return true;
    }
  }
  return false;
}
