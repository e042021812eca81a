import { Construct, IConstruct } from 'constructs';

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
