import { Check } from './check';
import { crossNamespaceReference } from './rules/cross-namespace-reference';
import { dependencyCycle } from './rules/dependency-cycle';
import { dependencyExists } from './rules/dependency-exists';
import { dependencyWithoutHealth } from './rules/dependency-without-health';
import { fluxApiVersion } from './rules/flux-api-version';
import { kustomizeBuild } from './rules/kustomize-build';
import { readableFile } from './rules/readable-file';
import { sourceExists } from './rules/source-exists';

/** All checks, by their ids. */
export const CHECKS: readonly Check[] = [
  crossNamespaceReference,
  dependencyCycle,
  dependencyExists,
  dependencyWithoutHealth,
  fluxApiVersion,
  kustomizeBuild,
  readableFile,
  sourceExists,
];
