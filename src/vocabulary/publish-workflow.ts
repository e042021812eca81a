import { MAP, requireForm } from './form';
import { githubWorkflow } from './publish-on-github';
import { gitlabJobs, requireImage } from './publish-on-gitlab';
import { PublishOptions, publishing } from './publish-options';
import { Signature } from './signature';

/** What a pipeline of GitLab needs besides. */
export interface GitlabPublishOptions extends PublishOptions {
  /**
   * Image of the jobs, by its digest: `<host>/<path>@sha256:…`. It holds bash, git, jq, Node.js, cosign 3 and flux.
   * Whoever makes it signs as the pipeline.
   */
  readonly image: string;
}

/**
 * What publishes the manifests of a tenant, signed: the other end of a SignedOciSource. It is written of the Signature that the
 * source verifies, so that both name the same repository, file, branch or tags.
 */
export class PublishWorkflow {
  /**
   * The text of a GitHub Actions workflow, for the file that the signature names. Two jobs: one
   * runs the program, compares what it writes with what is committed, and audits it; the other, which alone may push
   * and sign, runs no code of the repository or of packages. It pushes the directory as it was committed, signs it by
   * its digest, verifies that as Flux will, and then gives it its version.
   *
   * Actions are pinned by commit; the token can do nothing but read the repository, write packages and say who it is.
   *
   * Throws when the signature is not of `Signature.githubActions`, or an option is no url, directory, version or name.
   *
   * @see https://fluxcd.io/flux/cheatsheets/oci-artifacts/
   */
  public static github(signature: Signature, options: PublishOptions): string {
    return githubWorkflow(publishing('github', signature, options));
  }

  /**
   * The jobs of a GitLab pipeline, for the file that the signature names; as `github`. Protect the branch or the tags: other
   * refs publish nothing.
   *
   * Throws as `github` does, and when the image has no digest.
   *
   * @see https://docs.gitlab.com/ci/yaml/signing_examples/
   */
  public static gitlab(signature: Signature, options: GitlabPublishOptions): string {
    requireForm('options of a publish workflow', options, MAP);
    const { image, ...publish } = options;
    return gitlabJobs(publishing('gitlab', signature, publish), requireImage(image));
  }

  private constructor() {}
}
