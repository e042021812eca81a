import { Check } from './check';
import { admissionBindingForm } from './rules/admission-binding-form';
import { admissionBindingParams } from './rules/admission-binding-params';
import { admissionPolicyBinding } from './rules/admission-policy-binding';
import { alertProviderAddress } from './rules/alert-provider-address';
import { alertProviderForm } from './rules/alert-provider-form';
import { alertSilent } from './rules/alert-silent';
import { artifactSigner } from './rules/artifact-signer';
import { artifactSingleSigner } from './rules/artifact-single-signer';
import { automationCommit } from './rules/automation-commit';
import { automationCredentials } from './rules/automation-credentials';
import { automationOfFleet } from './rules/automation-of-fleet';
import { automationOverlap } from './rules/automation-overlap';
import { automationPush } from './rules/automation-push';
import { automationReview } from './rules/automation-review';
import { bindingSubjectNamespace } from './rules/binding-subject-namespace';
import { boundNotApplied } from './rules/bound-not-applied';
import { buildSize } from './rules/build-size';
import { canaryAlertSeverity } from './rules/canary-alert-severity';
import { canaryAnalysis } from './rules/canary-analysis';
import { canaryCookies } from './rules/canary-cookies';
import { canaryDuration } from './rules/canary-duration';
import { canaryForeignReference } from './rules/canary-foreign-reference';
import { canaryHealthTimeout } from './rules/canary-health-timeout';
import { canaryHostShared } from './rules/canary-host-shared';
import { canaryInterval } from './rules/canary-interval';
import { canaryMetric } from './rules/canary-metric';
import { canaryOwnedObjects } from './rules/canary-owned-objects';
import { canaryProvider } from './rules/canary-provider';
import { canaryQuota } from './rules/canary-quota';
import { canaryReferenceExists } from './rules/canary-reference-exists';
import { canaryReferenceKind } from './rules/canary-reference-kind';
import { canarySelectorLabel } from './rules/canary-selector-label';
import { canaryServicePort } from './rules/canary-service-port';
import { canaryStrategyProvider } from './rules/canary-strategy-provider';
import { canaryTargetIfNotPresent } from './rules/canary-target-if-not-present';
import { canaryTargetReplicas } from './rules/canary-target-replicas';
import { canaryTargetShared } from './rules/canary-target-shared';
import { canaryTraffic } from './rules/canary-traffic';
import { canaryWebhookHost } from './rules/canary-webhook-host';
import { clearCredentials } from './rules/clear-credentials';
import { clearPassword } from './rules/clear-password';
import { clearSecret } from './rules/clear-secret';
import { commitStatusType } from './rules/commit-status-type';
import { componentMissing } from './rules/component-missing';
import { controllerFlag } from './rules/controller-flag';
import { crossNamespaceReference } from './rules/cross-namespace-reference';
import { defaultAccountUnbound } from './rules/default-account-unbound';
import { dependencyCycle } from './rules/dependency-cycle';
import { dependencyExists } from './rules/dependency-exists';
import { dependencyWithoutHealth } from './rules/dependency-without-health';
import { durationForm } from './rules/duration-form';
import { eventSourceForm } from './rules/event-source-form';
import { fieldValue } from './rules/field-value';
import { flaggerLockdown } from './rules/flagger-lockdown';
import { flaggerTenantRights } from './rules/flagger-tenant-rights';
import { flaggerTls } from './rules/flagger-tls';
import { fluxApiVersion } from './rules/flux-api-version';
import { fluxSystemPruned } from './rules/flux-system-pruned';
import { gitReference } from './rules/git-reference';
import { gotkGenerated } from './rules/gotk-generated';
import { healthExpressions } from './rules/health-expressions';
import { healthOfCustomResource } from './rules/health-of-custom-resource';
import { helmDriftDetection } from './rules/helm-drift-detection';
import { helmOciRepository } from './rules/helm-oci-repository';
import { helmReleaseChart } from './rules/helm-release-chart';
import { helmRemediation } from './rules/helm-remediation';
import { helmStorageNamespace } from './rules/helm-storage-namespace';
import { helmValuesKey } from './rules/helm-values-key';
import { helmValuesTarget } from './rules/helm-values-target';
import { ignoredHealthChecks } from './rules/ignored-health-checks';
import { imagePolicyChoice } from './rules/image-policy-choice';
import { imagePolicyFilter } from './rules/image-policy-filter';
import { imageRepositoryExclusion } from './rules/image-repository-exclusion';
import { intervalTimeout } from './rules/interval-timeout';
import { knownField } from './rules/known-field';
import { knownKind } from './rules/known-kind';
import { kustomizeBuild } from './rules/kustomize-build';
import { kyvernoBareKind } from './rules/kyverno-bare-kind';
import { kyvernoExceptionInTenant } from './rules/kyverno-exception-in-tenant';
import { kyvernoExistingViolations } from './rules/kyverno-existing-violations';
import { kyvernoLegacyPolicy } from './rules/kyverno-legacy-policy';
import { kyvernoUserInBackground } from './rules/kyverno-user-in-background';
import { lockdownCloudIdentity } from './rules/lockdown-cloud-identity';
import { lockdownCrossNamespace } from './rules/lockdown-cross-namespace';
import { lockdownDefaultAccount } from './rules/lockdown-default-account';
import { lockdownKnown } from './rules/lockdown-known';
import { lockdownRemoteBases } from './rules/lockdown-remote-bases';
import { lockdownRootIdentity } from './rules/lockdown-root-identity';
import { lockdownTokenRule } from './rules/lockdown-token-rule';
import { lockdownWorkloadIdentity } from './rules/lockdown-workload-identity';
import { markerDigest } from './rules/marker-digest';
import { markerForm } from './rules/marker-form';
import { markerImage } from './rules/marker-image';
import { markerPolicy } from './rules/marker-policy';
import { metricQuery } from './rules/metric-query';
import { metricQueryNamespace } from './rules/metric-query-namespace';
import { namespaceDefaultDeny } from './rules/namespace-default-deny';
import { namespacePodSecurity } from './rules/namespace-pod-security';
import { namespacePrivileged } from './rules/namespace-privileged';
import { namespacePrune } from './rules/namespace-prune';
import { namespaceQuota } from './rules/namespace-quota';
import { networkPolicyDns } from './rules/network-policy-dns';
import { networkPolicyOpen } from './rules/network-policy-open';
import { notificationDeprecated } from './rules/notification-deprecated';
import { objectAppliedTwice } from './rules/object-applied-twice';
import { objectIdentityGate } from './rules/object-identity-gate';
import { objectName } from './rules/object-name';
import { objectNamespace } from './rules/object-namespace';
import { ociLatest } from './rules/oci-latest';
import { ociReference } from './rules/oci-reference';
import { overlappingSyncs } from './rules/overlapping-syncs';
import { platformServiceAccount } from './rules/platform-service-account';
import { policyFailureIgnore } from './rules/policy-failure-ignore';
import { policyUrlPattern } from './rules/policy-url-pattern';
import { policyWithoutMarker } from './rules/policy-without-marker';
import { readableFile } from './rules/readable-file';
import { receiverCause } from './rules/receiver-cause';
import { receiverForm } from './rules/receiver-form';
import { receiverUnproven } from './rules/receiver-unproven';
import { registryHost } from './rules/registry-host';
import { registryProvider } from './rules/registry-provider';
import { releaseName } from './rules/release-name';
import { remoteBase } from './rules/remote-base';
import { remoteFile } from './rules/remote-file';
import { requiredField } from './rules/required-field';
import { secretKeys } from './rules/secret-keys';
import { serviceAccountExists } from './rules/service-account-exists';
import { sharedDecryptionKey } from './rules/shared-decryption-key';
import { signerPatternExact } from './rules/signer-pattern-exact';
import { signerPatternStranger } from './rules/signer-pattern-stranger';
import { slackAddress } from './rules/slack-address';
import { slackChannel } from './rules/slack-channel';
import { sourceAllowlistForm } from './rules/source-allowlist-form';
import { sourceAllowlistMissed } from './rules/source-allowlist-missed';
import { sourceAllowlistOverlap } from './rules/source-allowlist-overlap';
import { sourceExists } from './rules/source-exists';
import { sourceUrl } from './rules/source-url';
import { substitutionVariable } from './rules/substitution-variable';
import { substitutionWatchLabel } from './rules/substitution-watch-label';
import { syncPathExists } from './rules/sync-path-exists';
import { tagAnchors } from './rules/tag-anchors';
import { tagPattern } from './rules/tag-pattern';
import { tenancyPolicyAltered } from './rules/tenancy-policy-altered';
import { tenancyPolicyEnforced } from './rules/tenancy-policy-enforced';
import { tenancyPolicyExists } from './rules/tenancy-policy-exists';
import { tenantAccountToken } from './rules/tenant-account-token';
import { tenantAfterPolicies } from './rules/tenant-after-policies';
import { tenantAppliesOwn } from './rules/tenant-applies-own';
import { tenantBindingExists } from './rules/tenant-binding-exists';
import { tenantClusterBinding } from './rules/tenant-cluster-binding';
import { tenantEffectiveRights } from './rules/tenant-effective-rights';
import { tenantIdentityApart } from './rules/tenant-identity-apart';
import { tenantKubeconfig } from './rules/tenant-kubeconfig';
import { tenantNamespaceLabelled } from './rules/tenant-namespace-labelled';
import { tenantNamespaceReserved } from './rules/tenant-namespace-reserved';
import { tenantRoleAdmin } from './rules/tenant-role-admin';
import { tenantRoleAggregated } from './rules/tenant-role-aggregated';
import { tenantRoleBuiltin } from './rules/tenant-role-builtin';
import { tenantRoleEscalation } from './rules/tenant-role-escalation';
import { tenantRoleExec } from './rules/tenant-role-exec';
import { tenantRoleFluxStatus } from './rules/tenant-role-flux-status';
import { tenantRoleGuardrails } from './rules/tenant-role-guardrails';
import { tenantRolePolicies } from './rules/tenant-role-policies';
import { tenantRoleWildcard } from './rules/tenant-role-wildcard';
import { tenantServiceAccount } from './rules/tenant-service-account';
import { tenantSourceDetour } from './rules/tenant-source-detour';
import { tenantSourceInsecure } from './rules/tenant-source-insecure';
import { tenantSourceSignature } from './rules/tenant-source-signature';
import { tenantSystemPriority } from './rules/tenant-system-priority';
import { tenantTargetNamespace } from './rules/tenant-target-namespace';
import { tenantWithoutPolicies } from './rules/tenant-without-policies';
import { textValue } from './rules/text-value';
import { unbuiltFileReadable } from './rules/unbuilt-file-readable';
import { withoutEffect } from './rules/without-effect';

/** All checks, by their ids. */
export const CHECKS: readonly Check[] = [
  admissionBindingForm,
  admissionBindingParams,
  admissionPolicyBinding,
  alertProviderAddress,
  alertProviderForm,
  alertSilent,
  artifactSigner,
  artifactSingleSigner,
  automationCommit,
  automationCredentials,
  automationOfFleet,
  automationOverlap,
  automationPush,
  automationReview,
  bindingSubjectNamespace,
  boundNotApplied,
  buildSize,
  canaryAlertSeverity,
  canaryAnalysis,
  canaryCookies,
  canaryDuration,
  canaryForeignReference,
  canaryHealthTimeout,
  canaryHostShared,
  canaryInterval,
  canaryMetric,
  canaryOwnedObjects,
  canaryProvider,
  canaryQuota,
  canaryReferenceExists,
  canaryReferenceKind,
  canarySelectorLabel,
  canaryServicePort,
  canaryStrategyProvider,
  canaryTargetIfNotPresent,
  canaryTargetReplicas,
  canaryTargetShared,
  canaryTraffic,
  canaryWebhookHost,
  clearCredentials,
  clearPassword,
  clearSecret,
  commitStatusType,
  componentMissing,
  controllerFlag,
  crossNamespaceReference,
  defaultAccountUnbound,
  dependencyCycle,
  dependencyExists,
  dependencyWithoutHealth,
  durationForm,
  eventSourceForm,
  fieldValue,
  flaggerLockdown,
  flaggerTenantRights,
  flaggerTls,
  fluxApiVersion,
  fluxSystemPruned,
  gitReference,
  gotkGenerated,
  healthExpressions,
  healthOfCustomResource,
  helmDriftDetection,
  helmOciRepository,
  helmReleaseChart,
  helmRemediation,
  helmStorageNamespace,
  helmValuesKey,
  helmValuesTarget,
  ignoredHealthChecks,
  imagePolicyChoice,
  imagePolicyFilter,
  imageRepositoryExclusion,
  intervalTimeout,
  knownField,
  knownKind,
  kustomizeBuild,
  kyvernoBareKind,
  kyvernoExceptionInTenant,
  kyvernoExistingViolations,
  kyvernoLegacyPolicy,
  kyvernoUserInBackground,
  lockdownCloudIdentity,
  lockdownCrossNamespace,
  lockdownDefaultAccount,
  lockdownKnown,
  lockdownRemoteBases,
  lockdownRootIdentity,
  lockdownTokenRule,
  lockdownWorkloadIdentity,
  markerDigest,
  markerForm,
  markerImage,
  markerPolicy,
  metricQuery,
  metricQueryNamespace,
  namespaceDefaultDeny,
  namespacePodSecurity,
  namespacePrivileged,
  namespacePrune,
  namespaceQuota,
  networkPolicyDns,
  networkPolicyOpen,
  notificationDeprecated,
  objectAppliedTwice,
  objectIdentityGate,
  objectName,
  objectNamespace,
  ociLatest,
  ociReference,
  overlappingSyncs,
  platformServiceAccount,
  policyFailureIgnore,
  policyUrlPattern,
  policyWithoutMarker,
  readableFile,
  receiverCause,
  receiverForm,
  receiverUnproven,
  registryHost,
  registryProvider,
  releaseName,
  remoteBase,
  remoteFile,
  requiredField,
  secretKeys,
  serviceAccountExists,
  sharedDecryptionKey,
  signerPatternExact,
  signerPatternStranger,
  slackAddress,
  slackChannel,
  sourceAllowlistForm,
  sourceAllowlistMissed,
  sourceAllowlistOverlap,
  sourceExists,
  sourceUrl,
  substitutionVariable,
  substitutionWatchLabel,
  syncPathExists,
  tagAnchors,
  tagPattern,
  tenancyPolicyAltered,
  tenancyPolicyEnforced,
  tenancyPolicyExists,
  tenantAccountToken,
  tenantAfterPolicies,
  tenantAppliesOwn,
  tenantBindingExists,
  tenantClusterBinding,
  tenantEffectiveRights,
  tenantIdentityApart,
  tenantKubeconfig,
  tenantNamespaceLabelled,
  tenantNamespaceReserved,
  tenantRoleAdmin,
  tenantRoleAggregated,
  tenantRoleBuiltin,
  tenantRoleEscalation,
  tenantRoleExec,
  tenantRoleFluxStatus,
  tenantRoleGuardrails,
  tenantRolePolicies,
  tenantRoleWildcard,
  tenantServiceAccount,
  tenantSourceDetour,
  tenantSourceInsecure,
  tenantSourceSignature,
  tenantSystemPriority,
  tenantTargetNamespace,
  tenantWithoutPolicies,
  textValue,
  unbuiltFileReadable,
  withoutEffect,
];
