import { Component, Project } from 'projen';
import { madeBy, requireForm } from '../vocabulary/form';
import { PublishOptions } from '../vocabulary/publish-options';
import { PublishWorkflow } from '../vocabulary/publish-workflow';
import { Signature } from '../vocabulary/signature';
import { keepFile } from './kept-file';

/** Options of a SignedManifestsWorkflow. */
export interface SignedManifestsWorkflowOptions extends PublishOptions {
  /** Who signs: what the SignedOciSource verifies, made by `Signature.githubActions`. It names the file of the workflow. */
  readonly signature: Signature;
}

/**
 * Has projen keep the GitHub workflow of `PublishWorkflow.github` in the repository of a tenant, in the file that the
 * signature names. Throws what that does.
 *
 * @see https://projen.io/docs/concepts/components/
 */
export class SignedManifestsWorkflow extends Component {
  public constructor(project: Project, options: SignedManifestsWorkflowOptions) {
    super(project);
    const { signature, ...publish } = options;
    requireForm('signature', signature, madeBy(Signature, 'githubActions({ … })'));
    const text = PublishWorkflow.github(signature, publish);
    keepFile(project, signature._identity!.workflow!.file, text);
  }
}
