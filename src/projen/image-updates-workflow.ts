import { Component, Project } from 'projen';
import { TEXT, madeBy, optional, requireProps } from '../vocabulary/form';
import { GitTarget } from '../vocabulary/git-target';
import { PullRequestWorkflow } from '../vocabulary/pull-request-workflow';
import { keepFile } from './kept-file';

/** Options of an ImageUpdatesWorkflow. */
export interface ImageUpdatesWorkflowOptions {
  /** What the pipelines of the repository commit to. Throws for one without review. */
  readonly target: GitTarget;
  /**
   * Name of the file in `.github/workflows/`; throws when it is none of a YAML file.
   *
   * @default 'image-updates.yml'
   */
  readonly fileName?: string;
}

/**
 * Has projen keep the GitHub workflow of `PullRequestWorkflow.github` in the repository of a tenant.
 *
 * @see https://projen.io/docs/concepts/components/
 */
export class ImageUpdatesWorkflow extends Component {
  public constructor(project: Project, options: ImageUpdatesWorkflowOptions) {
    super(project);
    requireProps('image updates workflow', options, {
      target: madeBy(GitTarget, 'pullRequestBranch({ … })'),
      fileName: optional(TEXT),
    });
    const name = options.fileName ?? 'image-updates.yml';
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*\.ya?ml$/.test(name)) {
      throw new Error(`file name must be that of a YAML file, without directory, got '${name}'`);
    }
    keepFile(project, `.github/workflows/${name}`, PullRequestWorkflow.github(options.target));
  }
}
