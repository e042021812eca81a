import { BuildError } from '../kustomize/build';
import { AppliedObject } from './applied-object';

/** What a build says of a file, or of the Flux Kustomization in it that asks for the build. */
export interface BuildRemark extends BuildError {
  /** What asks for the build, where that is wrong. @default - the file is */
  readonly asked?: {
    /** `Kustomization <namespace>/<name>`. */
    readonly by: string;
    /** Which document of the file it is in. */
    readonly index: number;
    readonly cluster: string;
    /** The directory to build. */
    readonly directory: string;
  };
}

/** What a build says of the sync that asks for it: there, and not in the files, is what is to be changed. */
export function remarkOfSync(
  { message, added = '/spec/path' }: BuildError,
  { manifest: { metadata }, document: { path, index }, within = '' }: AppliedObject,
  directory: string,
  cluster: string,
): BuildRemark {
  const by = `Kustomization ${metadata.namespace}/${metadata.name}`;
  return { path, message, pointer: within + added, asked: { by, index, cluster, directory } };
}
