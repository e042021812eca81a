import { Check } from './check';
import { admissionBindingForm } from './rules/admission-binding-form';
import { admissionBindingParams } from './rules/admission-binding-params';
import { admissionPolicyBinding } from './rules/admission-policy-binding';
import { alertProviderAddress } from './rules/alert-provider-address';
import { alertProviderForm } from './rules/alert-provider-form';
import { bindingSubjectNamespace } from './rules/binding-subject-namespace';
import { canaryAlertSeverity } from './rules/canary-alert-severity';
import { canaryAnalysis } from './rules/canary-analysis';
import { canaryCookies } from './rules/canary-cookies';
import { canaryDuration } from './rules/canary-duration';
import { canaryForeignReference } from './rules/canary-foreign-reference';
import { canaryHealthTimeout } from './rules/canary-health-timeout';
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
import { canaryWebhookHost } from './rules/canary-webhook-host';
import { defaultAccountUnbound } from './rules/default-account-unbound';
import { dependencyExists } from './rules/dependency-exists';
import { flaggerLockdown } from './rules/flagger-lockdown';
import { flaggerTenantRights } from './rules/flagger-tenant-rights';
import { flaggerTls } from './rules/flagger-tls';
import { fluxApiVersion } from './rules/flux-api-version';
import { kustomizeBuild } from './rules/kustomize-build';
import { kyvernoBareKind } from './rules/kyverno-bare-kind';
import { kyvernoExceptionInTenant } from './rules/kyverno-exception-in-tenant';
import { kyvernoExistingViolations } from './rules/kyverno-existing-violations';
import { kyvernoLegacyPolicy } from './rules/kyverno-legacy-policy';
import { kyvernoUserInBackground } from './rules/kyverno-user-in-background';
import { namespaceDefaultDeny } from './rules/namespace-default-deny';
import { namespacePodSecurity } from './rules/namespace-pod-security';
import { namespacePrivileged } from './rules/namespace-privileged';
import { namespaceQuota } from './rules/namespace-quota';
import { networkPolicyDns } from './rules/network-policy-dns';
import { networkPolicyOpen } from './rules/network-policy-open';
import { platformServiceAccount } from './rules/platform-service-account';
import { policyFailureIgnore } from './rules/policy-failure-ignore';
import { policyUrlPattern } from './rules/policy-url-pattern';
import { readableFile } from './rules/readable-file';
import { serviceAccountExists } from './rules/service-account-exists';
import { sourceAllowlistForm } from './rules/source-allowlist-form';
import { sourceAllowlistOverlap } from './rules/source-allowlist-overlap';
import { tenancyPolicyEnforced } from './rules/tenancy-policy-enforced';
import { tenantAppliesOwn } from './rules/tenant-applies-own';
import { tenantBindingExists } from './rules/tenant-binding-exists';
import { tenantClusterBinding } from './rules/tenant-cluster-binding';
import { tenantEffectiveRights } from './rules/tenant-effective-rights';
import { tenantIdentityApart } from './rules/tenant-identity-apart';
import { tenantKubeconfig } from './rules/tenant-kubeconfig';
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
import { tenantTargetNamespace } from './rules/tenant-target-namespace';
import { tenantWithoutPolicies } from './rules/tenant-without-policies';

/** All checks, by their ids. */
export const CHECKS: readonly Check[] = [
  admissionBindingForm,
  admissionBindingParams,
  admissionPolicyBinding,
  alertProviderAddress,
  alertProviderForm,
  bindingSubjectNamespace,
  canaryAlertSeverity,
  canaryAnalysis,
  canaryCookies,
  canaryDuration,
  canaryForeignReference,
  canaryHealthTimeout,
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
  canaryWebhookHost,
  defaultAccountUnbound,
  dependencyExists,
  flaggerLockdown,
  flaggerTenantRights,
  flaggerTls,
  fluxApiVersion,
  kustomizeBuild,
  kyvernoBareKind,
  kyvernoExceptionInTenant,
  kyvernoExistingViolations,
  kyvernoLegacyPolicy,
  kyvernoUserInBackground,
  namespaceDefaultDeny,
  namespacePodSecurity,
  namespacePrivileged,
  namespaceQuota,
  networkPolicyDns,
  networkPolicyOpen,
  platformServiceAccount,
  policyFailureIgnore,
  policyUrlPattern,
  readableFile,
  serviceAccountExists,
  sourceAllowlistForm,
  sourceAllowlistOverlap,
  tenancyPolicyEnforced,
  tenantAppliesOwn,
  tenantBindingExists,
  tenantClusterBinding,
  tenantEffectiveRights,
  tenantIdentityApart,
  tenantKubeconfig,
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
  tenantTargetNamespace,
  tenantWithoutPolicies,
];
