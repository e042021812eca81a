import { IConstruct } from 'constructs';
import { placementOf } from '../vocabulary/placement';

/** An error for every repository that is said to be published as an artifact that another one is. */
export function findSharedArtifacts(repositories: readonly IConstruct[]): string[] {
  const errors: string[] = [];
  const publishers = new Map<string, string>();
  for (const repository of repositories) {
    const artifact = placementOf(repository)?.artifact;
    const other = artifact !== undefined && publishers.get(artifact);
    const { path } = repository.node;
    if (other) {
      errors.push(
        `[${path}] artifact '${artifact}' is that of '${other}', too; one AppRepo is published as an artifact`,
      );
    } else if (artifact !== undefined) {
      publishers.set(artifact, path);
    }
  }
  return errors;
}
