import { Component, Project, TextFile } from 'projen';
import { GitTarget } from '../vocabulary/git-target';
import { PullRequestWorkflow } from '../vocabulary/pull-request-workflow';

/** Options of an ImageUpdatesWorkflow. */
export interface ImageUpdatesWorkflowOptions {
  /** What the pipelines of the repository commit to. Throws for one without review. */
  readonly target: GitTarget;
  /**
   * Name of the file in `.github/workflows/`.
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
    const file = new TextFile(
      project,
      `.github/workflows/${options.fileName ?? 'image-updates.yml'}`,
    );
    file.addLine(`# ${file.marker}`);
    PullRequestWorkflow.github(options.target)
      .trimEnd()
      .split('\n')
      .forEach((line) => file.addLine(line));
  }
}
