import { Check } from './check';
import { crossNamespaceReference } from './rules/cross-namespace-reference';
import { dependencyCycle } from './rules/dependency-cycle';
import { dependencyExists } from './rules/dependency-exists';
import { dependencyWithoutHealth } from './rules/dependency-without-health';
import { durationForm } from './rules/duration-form';
import { fluxApiVersion } from './rules/flux-api-version';
import { gitReference } from './rules/git-reference';
import { healthExpressions } from './rules/health-expressions';
import { healthOfCustomResource } from './rules/health-of-custom-resource';
import { ignoredHealthChecks } from './rules/ignored-health-checks';
import { intervalTimeout } from './rules/interval-timeout';
import { kustomizeBuild } from './rules/kustomize-build';
import { objectAppliedTwice } from './rules/object-applied-twice';
import { objectName } from './rules/object-name';
import { overlappingSyncs } from './rules/overlapping-syncs';
import { readableFile } from './rules/readable-file';
import { releaseName } from './rules/release-name';
import { requiredField } from './rules/required-field';
import { sourceExists } from './rules/source-exists';
import { sourceUrl } from './rules/source-url';
import { substitutionVariable } from './rules/substitution-variable';
import { substitutionWatchLabel } from './rules/substitution-watch-label';
import { syncPathExists } from './rules/sync-path-exists';
import { textValue } from './rules/text-value';

/** All checks, by their ids. */
export const CHECKS: readonly Check[] = [
  crossNamespaceReference,
  dependencyCycle,
  dependencyExists,
  dependencyWithoutHealth,
  durationForm,
  fluxApiVersion,
  gitReference,
  healthExpressions,
  healthOfCustomResource,
  ignoredHealthChecks,
  intervalTimeout,
  kustomizeBuild,
  objectAppliedTwice,
  objectName,
  overlappingSyncs,
  readableFile,
  releaseName,
  requiredField,
  sourceExists,
  sourceUrl,
  substitutionVariable,
  substitutionWatchLabel,
  syncPathExists,
  textValue,
];
