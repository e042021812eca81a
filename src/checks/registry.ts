import { Check } from './check';
import { admissionBindingForm } from './rules/admission-binding-form';
import { admissionBindingParams } from './rules/admission-binding-params';
import { admissionPolicyBinding } from './rules/admission-policy-binding';
import { alertProviderAddress } from './rules/alert-provider-address';
import { alertProviderForm } from './rules/alert-provider-form';
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
import { policyFailureIgnore } from './rules/policy-failure-ignore';
import { policyUrlPattern } from './rules/policy-url-pattern';
import { readableFile } from './rules/readable-file';
import { sourceAllowlistForm } from './rules/source-allowlist-form';
import { sourceAllowlistOverlap } from './rules/source-allowlist-overlap';
import { tenancyPolicyEnforced } from './rules/tenancy-policy-enforced';
import { tenantWithoutPolicies } from './rules/tenant-without-policies';

/** All checks, by their ids. */
export const CHECKS: readonly Check[] = [
  admissionBindingForm,
  admissionBindingParams,
  admissionPolicyBinding,
  alertProviderAddress,
  alertProviderForm,
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
  policyFailureIgnore,
  policyUrlPattern,
  readableFile,
  sourceAllowlistForm,
  sourceAllowlistOverlap,
  tenancyPolicyEnforced,
  tenantWithoutPolicies,
];
