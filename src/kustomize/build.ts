import { SourceDocument } from '../inventory/source-file';

/** An object that a build brings out. */
export interface BuiltObject {
  /** The object after everything that kustomize does to it; the document's own manifest where that is nothing. */
  readonly manifest: any;
  /** Where it is written. */
  readonly document: SourceDocument;
  /**
   * JSON pointer within the document: to an item of a list, or to the generator of a kustomization file that makes it.
   *
   * @default - the document is the object
   */
  readonly within?: string;
  /** Whether it holds what files say that cannot be read: of these, values are empty, or not there. @default false */
  readonly isPartial?: boolean;
}

/** What a Flux Kustomization adds to the kustomization file of its directory. */
export interface BuildAdditions {
  readonly targetNamespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly patches?: readonly any[];
  readonly images?: readonly any[];
  readonly components?: readonly string[];
  /** Whether components that are not there are left out. */
  readonly ignoreMissingComponents?: boolean;
  readonly commonMetadata?: any;
}

/** Why kustomize would refuse to build. */
export interface BuildError {
  /** Path of the file that is wrong. */
  readonly path: string;
  readonly message: string;
  /** JSON pointer to the field of the file's first document that says so. */
  readonly pointer?: string;
  /** JSON pointer within the Flux Kustomization, where what it adds is wrong. @default - the file is */
  readonly added?: string;
  /** Whether what is to be changed is nowhere: what a component is added to may bring it along. @default false */
  readonly isUnmet?: boolean;
}

/** What kustomize makes of a directory. */
export interface Build {
  readonly objects: readonly BuiltObject[];
  readonly errors: readonly BuildError[];
  /** What the build brings along that cannot be known from the repository, in words: remote bases, charts, generators. */
  readonly unread: readonly string[];
  /** What is written and has no effect: a patch of nothing, an object that Flux passes over. */
  readonly idle: readonly BuildError[];
  /** Paths of the files that it read, in any role. */
  readonly used: ReadonlySet<string>;
}
