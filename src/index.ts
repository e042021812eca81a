export {
  Admission,
  AdmissionMode,
  AdmissionOptions,
  KyvernoAdmissionOptions,
} from './vocabulary/admission';
export { AlertDestination } from './vocabulary/alert-destination';
export { AllowedSources } from './vocabulary/allowed-sources';
export { BucketAccess } from './vocabulary/bucket-access';
export * from './vocabulary/canary-alert-channel';
export { CanaryHook, CanaryHookKind, CanaryHookOptions } from './vocabulary/canary-hook';
export { RequestMatch } from './vocabulary/canary-match';
export * from './vocabulary/canary-provider';
export { CanaryChecks, CanaryRollout } from './vocabulary/canary-rollout';
export { LinearRolloutOptions, StepWeightsRolloutOptions } from './vocabulary/canary-steps';
export * from './vocabulary/canary-strategies';
export { CommitAuthor, CommitSigning } from './vocabulary/commit-author';
export { CommitStatusRepository } from './vocabulary/commit-status-repository';
export { ConfigMapRef } from './vocabulary/config-map-ref';
export * from './vocabulary/container-image';
export { Decryption } from './vocabulary/decryption';
export * from './vocabulary/digest-reflection';
export { JsonPatchOperation } from './vocabulary/environment-patch';
export * from './vocabulary/fleet-source';
export { IFleetRepo, IPlatformComponent } from './vocabulary/fleet-ports';
export { FluxEgress } from './vocabulary/flux-egress';
export * from './vocabulary/flux-installation';
export { GitAccess } from './vocabulary/git-access';
export * from './vocabulary/git-host';
export * from './vocabulary/git-revision';
export * from './vocabulary/git-target';
export { GitVerification } from './vocabulary/git-verification';
export * from './vocabulary/health';
export { Health } from './vocabulary/health';
export * from './vocabulary/health-expression';
export * from './vocabulary/health-target';
export { HelmRemediation, HelmRollbackOptions } from './vocabulary/helm-remediation';
export { HelmTests } from './vocabulary/helm-tests';
export { HelmValuesFrom, HelmValuesFromOptions } from './vocabulary/helm-values-from';
export { IgnoredDrift } from './vocabulary/ignored-drift';
export { LoadTestOptions } from './vocabulary/load-test';
export * from './vocabulary/metric-check';
export * from './vocabulary/metric-source';
export { OciVersion, SemverOptions } from './vocabulary/oci-version';
export * from './vocabulary/pod-security';
export { PublishOptions, RegistryLogin } from './vocabulary/publish-options';
export * from './vocabulary/publish-workflow';
export * from './vocabulary/pull-request-workflow';
export { IChartSource, ICluster, ISource, ITenant } from './vocabulary/ports';
export { ReceiverKind } from './vocabulary/receiver-kind';
export { RegistryAccess } from './vocabulary/registry-access';
export { Repository } from './vocabulary/repository';
export * from './vocabulary/repository-plan';
export * from './vocabulary/secret-ref';
export { SessionCookie } from './vocabulary/session-cookie';
export { Signature } from './vocabulary/signature';
export * from './vocabulary/slack-credentials';
export { ExtractedTags } from './vocabulary/tag-filter';
export { AuditVerdict } from './vocabulary/audit-verdict';
export { CheckProfile, Checks, SuppressionProps } from './vocabulary/suppression';
export * from './vocabulary/tag-policy';
export { TenantLists } from './vocabulary/tenant-lists';
export * from './vocabulary/tenant-rules';
export { WorkflowRef } from './vocabulary/workflow-ref';
export {
  GithubActionsSigner,
  GitlabCiSigner,
  KeylessSigner,
  KeylessTrust,
} from './vocabulary/workflow-signer';

export * from './constructs/alerting';
export * from './constructs/app-repo';
export * from './constructs/bucket-source';
export * from './constructs/canary-alerting';
export * from './constructs/canary-app';
export * from './constructs/canary-metric';
export * from './constructs/canary-scaling';
export { CanaryWorkload } from './constructs/canary-workload';
export * from './constructs/cluster';
export * from './constructs/commit-status';
export * from './constructs/fleet-repo';
export * from './constructs/git-source';
export * from './constructs/helm-app';
export { CanaryContainer } from './constructs/hardened-pod';
export * from './constructs/helm-source';
export * from './constructs/image-automation-pipeline';
export * from './constructs/load-tester';
export * from './constructs/platform-component';
export * from './constructs/receiver';
export * from './constructs/signed-oci-source';
export * from './constructs/slack-alerting';
export * from './constructs/sync';
export * from './constructs/tenant';
export * from './constructs/tenant-access';
export { TenantNetwork } from './constructs/tenant-network';
export { TenantQuota } from './constructs/tenant-quota';

export { AccessAction } from './access/access-action';
export * from './access/access-answer';
export * from './access/access-review';
export * from './access/access-subject';
export { AccessRule } from './access/policy-rule';

export * from './policies/validating-admission-policy';

export { AuditReport } from './report/audit-report';

export * from './synth/fleet';
export { JudgedFleet } from './synth/judged-fleet';
export { TenantPreview } from './synth/tenant-preview';

export * as flagger from './imports/flagger.app';
export * as helm from './imports/helm.toolkit.fluxcd.io';
export * as image from './imports/image.toolkit.fluxcd.io';
export * as kustomize from './imports/kustomize.toolkit.fluxcd.io';
export * as kyverno from './imports/policies.kyverno.io';
export * as notification from './imports/notification.toolkit.fluxcd.io';
export * as source from './imports/source.toolkit.fluxcd.io';
export * as sourceextensions from './imports/source.extensions.fluxcd.io';
