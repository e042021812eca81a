import { Construct, IConstruct } from 'constructs';
import { quoted } from './quoted';
import { bareDirectory, isWithin } from './relative-path';

/** What an artifact of a registry holds. */
export type ArtifactContent = 'manifests' | 'helm-chart';

const CONTENT = Symbol.for('cdk8s-flux-tenants.artifact-content');

/** Declares what the artifacts of `source` hold. */
export function holds(source: Construct, content: ArtifactContent): void {
  Object.defineProperty(source, CONTENT, { value: content });
}

/** Throws when `source` is known to hold something else than `content`; most sources cannot tell. */
export function requireContent(what: string, source: IConstruct, content: ArtifactContent): void {
  const held: ArtifactContent = (source as any)[CONTENT] ?? content;
  if (held !== content) {
    throw new Error(
      `${what} must have a source with content '${content}', but that of '${source.node.path}' is '${held}'`,
    );
  }
}

const DIRECTORIES = Symbol.for('cdk8s-flux-tenants.artifact-directories');

/** Declares that `source` fetches no more of its repository than some directories. */
export function holdsOnly(source: Construct, directories: readonly string[]): void {
  Object.defineProperty(source, DIRECTORIES, { value: directories });
}

/** Throws when nothing of `path` is among what `source` fetches; most sources fetch all. */
export function requireFetched(what: string, source: IConstruct, path: string): void {
  const directories: readonly string[] | undefined = (source as any)[DIRECTORIES];
  const bare = bareDirectory(path);
  const isFetched = directories?.some((one) => isWithin(bare, one) || isWithin(one, bare)) ?? true;
  if (!isFetched) {
    throw new Error(
      `${what} must have a path of which source '${source.node.path}' checks something out ` +
        `(${directories!.join(', ')}), got ${quoted(path)}`,
    );
  }
}
