import { apiGroupOf } from '../vocabulary/cluster-scoped-kinds';
import { Severity } from './check';

/** What a check found. */
export interface Finding {
  /** Id of the check. */
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  /** Name of the repository. */
  readonly repository: string;
  /** Path within the repository. */
  readonly path: string;
  /** From 1. @default - it is about the whole file, or the line is not known */
  readonly line?: number;
  /** The object in words: `Kustomization team-a/apps`. @default - it is about the file */
  readonly object?: string;
  /** The object as entries of `.flux-checks` name it; no report has it. @default - it is about the file */
  readonly identity?: string;
  /** JSON pointer within the object. @default - it is about the whole object */
  readonly field?: string;
  /** Path of the construct that made the object. @default - none; it was read from a directory */
  readonly construct?: string;
  /** Names of the clusters that get it, sorted. @default - none is known to */
  readonly clusters: readonly string[];
  readonly remedy: string;
  /** @default - it is not suppressed */
  readonly suppression?: SuppressedBy;
}

/** Why a finding is accepted. */
export interface SuppressedBy {
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** Where it is suppressed: a construct path, or a file. */
  readonly where: string;
  /** What says so: an annotation of the object, an entry of `.flux-checks`, or the program that wrote it. */
  readonly by: 'annotation' | 'entry' | 'program';
}

/** Findings by repository, file and line. */
export function inOrder(a: Finding, b: Finding): number {
  return (
    compare(a.repository, b.repository) ||
    compare(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    compare(a.check, b.check) ||
    compare(a.message, b.message)
  );
}

/** Where a finding is, as editors take it: the path of the file, and the line where that is known. */
export function placeOf({ path, line }: Finding): string {
  return line === undefined ? path : `${path}:${line}`;
}

/** What a finding says beside its place: of a file, without the path again. */
export function messageBeside({ path, message }: Finding): string {
  return message.startsWith(`${path} `) ? message.slice(path.length + 1) : message;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** An object as findings call it. */
export function titleOf({ kind, metadata }: any): string {
  const { namespace, name } = metadata;
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** An object as entries of `.flux-checks` name it: `group/Kind namespace/name`, without a group where that is the core's. */
export function exactTitleOf(manifest: any): string {
  const group = apiGroupOf(String(manifest.apiVersion));
  return group === '' ? titleOf(manifest) : `${group}/${titleOf(manifest)}`;
}
