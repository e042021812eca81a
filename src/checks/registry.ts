import { Check } from './check';
import { componentMissing } from './rules/component-missing';
import { controllerFlag } from './rules/controller-flag';
import { dependencyExists } from './rules/dependency-exists';
import { fluxApiVersion } from './rules/flux-api-version';
import { fluxSystemPruned } from './rules/flux-system-pruned';
import { gotkGenerated } from './rules/gotk-generated';
import { kustomizeBuild } from './rules/kustomize-build';
import { lockdownCloudIdentity } from './rules/lockdown-cloud-identity';
import { lockdownCrossNamespace } from './rules/lockdown-cross-namespace';
import { lockdownDefaultAccount } from './rules/lockdown-default-account';
import { lockdownRemoteBases } from './rules/lockdown-remote-bases';
import { lockdownRootIdentity } from './rules/lockdown-root-identity';
import { lockdownTokenRule } from './rules/lockdown-token-rule';
import { lockdownWorkloadIdentity } from './rules/lockdown-workload-identity';
import { namespacePrune } from './rules/namespace-prune';
import { objectIdentityGate } from './rules/object-identity-gate';
import { readableFile } from './rules/readable-file';
import { remoteBase } from './rules/remote-base';
import { remoteFile } from './rules/remote-file';
import { sharedDecryptionKey } from './rules/shared-decryption-key';

/** All checks, by their ids. */
export const CHECKS: readonly Check[] = [
  componentMissing,
  controllerFlag,
  dependencyExists,
  fluxApiVersion,
  fluxSystemPruned,
  gotkGenerated,
  kustomizeBuild,
  lockdownCloudIdentity,
  lockdownCrossNamespace,
  lockdownDefaultAccount,
  lockdownRemoteBases,
  lockdownRootIdentity,
  lockdownTokenRule,
  lockdownWorkloadIdentity,
  namespacePrune,
  objectIdentityGate,
  readableFile,
  remoteBase,
  remoteFile,
  sharedDecryptionKey,
];
