import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ImagePolicy, ImageRepository } from '../imports/image.toolkit.fluxcd.io';
import { allowSource } from '../vocabulary/allowed-sources';
import { ContainerImage } from '../vocabulary/container-image';
import { DigestReflection } from '../vocabulary/digest-reflection';
import { environmentsOf } from '../vocabulary/environment-patch';
import { ExcludedTags } from '../vocabulary/excluded-tags';
import { fluxInterval } from '../vocabulary/flux-duration';
import {
  DURATION,
  TEXT,
  listOf,
  madeBy,
  optional,
  requireForm,
  requireProps,
} from '../vocabulary/form';
import { GitTarget } from '../vocabulary/git-target';
import { AUTOMATION_LABEL } from '../vocabulary/labels';
import { requireDnsLabel } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { tenantOf } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { RegistryAccess } from '../vocabulary/registry-access';
import { TagPolicy } from '../vocabulary/tag-policy';
import { requireOciRepository } from '../vocabulary/url';
import { warn } from '../vocabulary/warning';
import { automationFor } from './image-automation';

/** How new tags of an image reach Git. */
export interface ImageAutomationPipelineProps {
  /** Image without tag: `<host>/<path>`. */
  readonly image: string;
  /** Which tag is the current one. */
  readonly tags: TagPolicy;
  /** Where new tags are committed. Pipelines of a tenant with the same target share one commit. */
  readonly commitTo: GitTarget;
  /** Who Flux is to the registry when it lists the tags. */
  readonly registryAccess: RegistryAccess;
  /**
   * How often the registry is asked for tags; at least a minute, because registries limit who asks more often.
   *
   * @default Duration.minutes(5)
   */
  readonly scanInterval?: Duration;
  /**
   * Regular expressions (RE2) of tags that are left out when the registry is scanned, besides signatures (`.sig`).
   *
   * @default - none
   */
  readonly excludedTags?: string[];
  /**
   * Whether the digest of a tag is committed with it.
   *
   * @default DigestReflection.whenChosen()
   */
  readonly digests?: DigestReflection;
}

/**
 * Scans a registry for new tags of one image, chooses one, and commits it to Git: ImageRepository and ImagePolicy, and,
 * shared by all pipelines with the same target, an ImageUpdateAutomation and a GitRepository with credentials to write.
 * The fields to rewrite are marked with the image that `image` returns.
 *
 * Throws when the tenant is in several environments and the target names none, or has several clusters in the one it
 * names. Synthesis fails when the image is handed out and no field is marked with it, and warns of a target without
 * review, of versions without upper bound, and of a registry that wants to know who asks.
 *
 * @see https://fluxcd.io/flux/guides/image-update/
 */
export class ImageAutomationPipeline extends Construct {
  private readonly props: ImageAutomationPipelineProps;
  private readonly excluded: ExcludedTags;
  private isHandedOut = false;
  private isMarked = false;

  public constructor(scope: Construct, id: string, props: ImageAutomationPipelineProps) {
    super(scope, id);
    requireProps(`pipeline '${id}'`, props, {
      image: TEXT,
      tags: madeBy(TagPolicy, "semver('>=1.0.0 <2.0.0')"),
      commitTo: madeBy(GitTarget, 'pullRequestBranch({ … })'),
      registryAccess: madeBy(RegistryAccess, "pullSecret(SecretRef.named('ghcr-auth'))"),
      scanInterval: optional(DURATION),
      excludedTags: optional(listOf(TEXT)),
      digests: optional(madeBy(DigestReflection, 'never()')),
    });
    const tenant = tenantOf(this);
    const name = requireDnsLabel('pipeline', id);
    const namespace = tenant.homeNamespace;
    const automation = automationFor(tenant, props.commitTo);
    const image = requireOciRepository('image', props.image);
    this.props = props;
    this.excluded = new ExcludedTags(props.excludedTags ?? []);

    allowSource(tenant, 'images', image);
    place(this, automation.placement);
    new ImageRepository(this, 'repository', {
      metadata: { name, namespace },
      spec: {
        ...(props.excludedTags && { exclusionList: this.excluded.list }),
        image,
        interval: fluxInterval('scanInterval', props.scanInterval ?? Duration.minutes(5), 60),
        ...props.registryAccess._from(namespace),
      },
    });
    new ImagePolicy(this, 'policy', {
      metadata: { name, namespace, labels: { [AUTOMATION_LABEL]: props.commitTo._name } },
      spec: {
        ...props.tags._spec,
        ...this.digests._spec,
        imageRepositoryRef: { name },
      },
    });
    this.warn();
    this.node.addValidation({ validate: () => this.validateMarked() });
  }

  /**
   * The image at a tag to start with; Flux rewrites the tag wherever the image is used.
   *
   * @param initialTag throws when the policy could never choose it
   * @param initialDigest of that tag, `sha256:…`; a field for the digest alone needs one. Throws where digests are not
   * followed.
   */
  public image(initialTag: string, initialDigest?: string): ContainerImage {
    requireForm(`initial tag of pipeline '${this.node.id}'`, initialTag, TEXT);
    const { image, commitTo } = this.props;
    if (!this.couldChoose(initialTag)) {
      throw new Error(
        `initial tag of '${this.node.path}' must be one that its tag policy could choose, got ${quoted(initialTag)}`,
      );
    }
    const digest = initialDigest === undefined ? '' : `@${initialDigest}`;
    this.isHandedOut = true;
    return ContainerImage._chosenBy(`${image}:${initialTag}${digest}`, {
      tenant: tenantOf(this),
      policyName: this.node.id,
      followsDigests: this.digests._follows,
      neverChooses: (tag) => this.neverChooses(tag),
      repository: commitTo._options.repository,
      updatePath: commitTo._path,
      onMark: () => (this.isMarked = true),
    });
  }

  /** Throws where Flux would give up on the tag. */
  private couldChoose(tag: string): boolean {
    return !this.excluded.has(tag) && this.props.tags.choose([tag]) !== undefined;
  }

  private neverChooses(tag: string): boolean {
    try {
      return !this.couldChoose(tag);
    } catch {
      return false; // numbers that only Flux can compare
    }
  }

  private get digests(): DigestReflection {
    return this.props.digests ?? DigestReflection.whenChosen();
  }

  private warn(): void {
    const { commitTo, image, registryAccess, tags } = this.props;
    const ofRegistry = registryAccess._doubt(image);
    if (ofRegistry) {
      warn(this, ofRegistry);
    }
    const ofTags = tags._doubt;
    if (ofTags) {
      warn(this, `tag policy ${ofTags}`);
    }
    if (!commitTo._isReviewed) {
      warn(
        this,
        `new tags get to '${commitTo._branch}' without review: whoever can push the image changes what runs in ` +
          environmentsOf(tenantOf(this)).join(' and '),
      );
    }
  }

  private validateMarked(): string[] {
    return this.isHandedOut && !this.isMarked
      ? [
          `no field is marked with the image of pipeline '${this.node.id}', so that Flux rewrites none; ` +
            'mark the fields that hold it (image.markIn), or use ContainerImage.of',
        ]
      : [];
  }
}
