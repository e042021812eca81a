import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ImagePolicy, ImageRepository } from '../imports/image.toolkit.fluxcd.io';
import { ContainerImage } from '../vocabulary/container-image';
import { fluxInterval } from '../vocabulary/flux-duration';
import { GitTarget } from '../vocabulary/git-target';
import { AUTOMATION_LABEL } from '../vocabulary/labels';
import { requireDnsLabel } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { tenantOf } from '../vocabulary/ports';
import { SecretRef } from '../vocabulary/secret-ref';
import { TagPolicy } from '../vocabulary/tag-policy';
import { requireOciRepository } from '../vocabulary/url';
import { automationFor } from './image-automation';

/** How new tags of an image reach Git. */
export interface ImageAutomationPipelineProps {
  /** Image without tag: `<host>/<path>`. */
  readonly image: string;
  /** Which tag is the current one. */
  readonly tags: TagPolicy;
  /** Where new tags are committed. Pipelines of a tenant with the same target share one commit. */
  readonly commitTo: GitTarget;
  /**
   * Secret of type `kubernetes.io/dockerconfigjson` to list the tags with. Registries limit who asks without one.
   *
   * @default - none: the image is public
   */
  readonly pullSecret?: SecretRef;
  /**
   * How often the registry is asked for tags.
   *
   * @default Duration.minutes(5)
   */
  readonly scanInterval?: Duration;
  /**
   * Regular expressions (RE2) of tags that are left out when the registry is scanned.
   *
   * @default - those that end in `.sig`, which are signatures
   */
  readonly excludedTags?: string[];
  /**
   * Whether the digest of a tag is committed with it, so that what runs is what was chosen even if the tag is pushed again.
   *
   * @default false
   */
  readonly reflectDigests?: boolean;
}

/**
 * Scans a registry for new tags of one image, chooses one, and commits it to Git: ImageRepository and ImagePolicy, and,
 * shared by all pipelines with the same target, an ImageUpdateAutomation and a GitRepository with credentials to write.
 * The fields to rewrite are marked with the image that `image` returns.
 *
 * Throws when the tenant is in several environments and the target names none, or has several clusters in the one it
 * names.
 *
 * @see https://fluxcd.io/flux/guides/image-update/
 */
export class ImageAutomationPipeline extends Construct {
  private readonly props: ImageAutomationPipelineProps;

  public constructor(scope: Construct, id: string, props: ImageAutomationPipelineProps) {
    super(scope, id);
    const tenant = tenantOf(this);
    const name = requireDnsLabel('pipeline', id);
    const metadata = { name, namespace: tenant.homeNamespace };
    const automation = automationFor(tenant, props.commitTo);
    this.props = props;

    place(this, automation.placement);
    new ImageRepository(this, 'repository', {
      metadata,
      spec: {
        // Setting the list replaces Flux's own, which leaves signatures out.
        ...(props.excludedTags && { exclusionList: ['^.*\\.sig$', ...props.excludedTags] }),
        image: requireOciRepository('image', props.image),
        interval: fluxInterval('scanInterval', props.scanInterval ?? Duration.minutes(5)),
        ...(props.pullSecret && { secretRef: props.pullSecret._from(metadata.namespace) }),
      },
    });
    new ImagePolicy(this, 'policy', {
      metadata: { ...metadata, labels: { [AUTOMATION_LABEL]: props.commitTo._name } },
      spec: {
        ...props.tags._spec,
        ...(props.reflectDigests && { digestReflectionPolicy: 'IfNotPresent' as const }),
        imageRepositoryRef: { name },
      },
    });
  }

  /**
   * The image at a tag to start with; Flux rewrites the tag wherever the image is used.
   *
   * @param initialTag throws when the policy could never choose it
   * @param initialDigest of that tag, `sha256:…`; a field for the digest alone needs one
   */
  public image(initialTag: string, initialDigest?: string): ContainerImage {
    const { image, tags, commitTo, reflectDigests = false } = this.props;
    if (tags.choose([initialTag]) === undefined) {
      throw new Error(
        `initial tag of '${this.node.path}' must be one that its tag policy could choose, got '${initialTag}'`,
      );
    }
    const digest = initialDigest === undefined ? '' : `@${initialDigest}`;
    return ContainerImage._chosenBy(`${image}:${initialTag}${digest}`, {
      tenant: tenantOf(this),
      policyName: this.node.id,
      reflectsDigests: reflectDigests,
      updatePath: commitTo._options.path.replace(/^\.\/|\/$|^\.$/g, ''),
    });
  }
}
