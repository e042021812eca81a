import { Check } from './check';
import { bindingSubjectNamespace } from './rules/binding-subject-namespace';
import { defaultAccountUnbound } from './rules/default-account-unbound';
import { dependencyExists } from './rules/dependency-exists';
import { fluxApiVersion } from './rules/flux-api-version';
import { namespaceDefaultDeny } from './rules/namespace-default-deny';
import { namespacePodSecurity } from './rules/namespace-pod-security';
import { namespacePrivileged } from './rules/namespace-privileged';
import { namespaceQuota } from './rules/namespace-quota';
import { networkPolicyDns } from './rules/network-policy-dns';
import { networkPolicyOpen } from './rules/network-policy-open';
import { platformServiceAccount } from './rules/platform-service-account';
import { readableFile } from './rules/readable-file';
import { serviceAccountExists } from './rules/service-account-exists';
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

/** All checks, by their ids. */
export const CHECKS: readonly Check[] = [
  bindingSubjectNamespace,
  defaultAccountUnbound,
  dependencyExists,
  fluxApiVersion,
  namespaceDefaultDeny,
  namespacePodSecurity,
  namespacePrivileged,
  namespaceQuota,
  networkPolicyDns,
  networkPolicyOpen,
  platformServiceAccount,
  readableFile,
  serviceAccountExists,
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
];
