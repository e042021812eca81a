import { Construct } from 'constructs';
import {
  GitTarget,
  PullRequestTargetOptions,
  ImageAutomationPipeline,
  ImageAutomationPipelineProps,
  RegistryAccess,
  SecretRef,
  TagPolicy,
} from '../src';

/** What a test does not care about of a target. */
export const TARGET: PullRequestTargetOptions = {
  repository: 'https://github.com/acme/team-a',
  path: './apps/team-a',
  credentials: SecretRef.named('git-push'),
  author: { email: 'bot@acme.example' },
};

/** A pipeline of a tenant, with what a test does not care about filled in. */
export function addPipeline(
  scope: Construct,
  props: Partial<ImageAutomationPipelineProps> = {},
  id: string = 'podinfo',
): ImageAutomationPipeline {
  return new ImageAutomationPipeline(scope, id, {
    image: 'ghcr.io/acme/podinfo',
    tags: TagPolicy.semver('>=1.0.0 <2.0.0'),
    registryAccess: RegistryAccess.pullSecret(SecretRef.named('pull')),
    commitTo: GitTarget.pullRequestBranch(TARGET),
    ...props,
  });
}
