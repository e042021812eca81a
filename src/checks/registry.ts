import { Check } from './check';
import { dependencyExists } from './rules/dependency-exists';
import { fluxApiVersion } from './rules/flux-api-version';
import { kustomizeBuild } from './rules/kustomize-build';
import { readableFile } from './rules/readable-file';

/** All checks, by their ids. */
export const CHECKS: readonly Check[] = [
  dependencyExists,
  fluxApiVersion,
  kustomizeBuild,
  readableFile,
];
