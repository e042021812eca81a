import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  ImagePolicy,
  ImageRepository,
  ImageUpdateAutomation,
} from '../imports/image.toolkit.fluxcd.io';
import { GitRepository } from '../imports/source.toolkit.fluxcd.io';
import { ContainerImage } from '../vocabulary/container-image';
import { environmentsOf, requireEnvironment } from '../vocabulary/environment-patch';
import { fluxDuration } from '../vocabulary/flux-duration';
import { GitTarget } from '../vocabulary/git-target';
import { PIPELINE_LABEL } from '../vocabulary/labels';
import { requireDnsLabel } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { ICluster, ITenant, tenantOf } from '../vocabulary/ports';
import { SecretRef } from '../vocabulary/secret-ref';
import { TagPolicy } from '../vocabulary/tag-policy';
import { requireOciRepository } from '../vocabulary/url';

/** How new tags of an image reach Git. */
export interface ImageAutomationPipelineProps {
  /** Image without tag: `<host>/<path>`. */
  readonly image: string;
  /** Which tag is the current one. */
  readonly tags: TagPolicy;
  /** Where new tags are committed. */
  readonly commitTo: GitTarget;
  /**
   * Secret of type `kubernetes.io/dockerconfigjson` to list the tags with. Registries limit who asks without one.
   *
   * @default - none: the image is public
   */
  readonly pullSecret?: SecretRef;
  /**
   * The environment whose cluster scans and commits. Two clusters that commit to one branch undo each other, and
   * each holds credentials to write: one is enough.
   *
   * @default - the tenant's only environment
   */
  readonly environment?: string;
  /**
   * How often the registry is asked for tags.
   *
   * @default Duration.minutes(5)
   */
  readonly scanInterval?: Duration;
  /**
   * How often new tags are committed.
   *
   * @default Duration.minutes(30)
   */
  readonly commitInterval?: Duration;
}

const MESSAGE = `Automated image update

{{ range .Changed.Changes -}}
- {{ .OldValue }} -> {{ .NewValue }}
{{ end -}}
`;

/**
 * Scans a registry for new tags of one image, chooses one, and commits it to Git: ImageRepository, ImagePolicy,
 * ImageUpdateAutomation, and a GitRepository of its own with credentials to write. The fields to rewrite are marked with
 * the image that `image` returns.
 *
 * Throws when the tenant is in several environments and none is named, or has several clusters in the one that is.
 *
 * @see https://fluxcd.io/flux/guides/image-update/
 */
export class ImageAutomationPipeline extends Construct {
  private readonly props: ImageAutomationPipelineProps;

  public constructor(scope: Construct, id: string, props: ImageAutomationPipelineProps) {
    super(scope, id);
    const tenant = tenantOf(this);
    const namespace = tenant.homeNamespace;
    const gitName = `${requireDnsLabel('pipeline', id)}-automation`;
    const environment = chooseEnvironment(this, tenant, props.environment);
    const cluster = onlyCluster(tenant, environment);
    const target = props.commitTo._options;
    const branch = target.branch ?? 'main';
    this.props = props;

    place(this, {
      shelf: { kind: 'overlay', tenant: tenant.tenantName, environment },
      clusters: [cluster.clusterName],
      file: 'image-automation',
    });
    new ImageRepository(this, 'repository', {
      metadata: { name: id, namespace },
      spec: {
        image: requireOciRepository('image', props.image),
        interval: fluxDuration('scanInterval', props.scanInterval ?? Duration.minutes(5)),
        ...(props.pullSecret && { secretRef: { name: props.pullSecret.name } }),
      },
    });
    new ImagePolicy(this, 'policy', {
      metadata: { name: id, namespace, labels: { [PIPELINE_LABEL]: id } },
      spec: { ...props.tags._spec, imageRepositoryRef: { name: id } },
    });
    new GitRepository(this, 'git', {
      metadata: { name: gitName, namespace },
      spec: {
        interval: '5m',
        ref: { branch },
        secretRef: { name: target.credentials.name },
        url: target.repository,
      },
    });
    new ImageUpdateAutomation(this, 'automation', {
      metadata: { name: id, namespace },
      spec: {
        git: {
          checkout: { ref: { branch } },
          commit: {
            author: { email: target.author.email, name: target.author.name ?? 'fluxcdbot' },
            messageTemplate: MESSAGE,
          },
          push: {
            branch: props.commitTo._pushBranch(id),
            ...(target.pushOptions && { options: target.pushOptions }),
          },
        },
        interval: fluxDuration('commitInterval', props.commitInterval ?? Duration.minutes(30)),
        policySelector: { matchLabels: { [PIPELINE_LABEL]: id } },
        sourceRef: { kind: 'GitRepository', name: gitName },
        update: { path: target.path, strategy: 'Setters' },
      },
    });
  }

  /**
   * The image at a tag to start with; Flux rewrites the tag wherever the image is used.
   *
   * @param initialTag throws when the policy could never choose it
   */
  public image(initialTag: string): ContainerImage {
    if (this.props.tags.choose([initialTag]) === undefined) {
      throw new Error(
        `initial tag of '${this.node.path}' must be one that its tag policy could choose, got '${initialTag}'`,
      );
    }
    return ContainerImage._chosenBy(
      `${this.props.image}:${initialTag}`,
      tenantOf(this),
      this.node.id,
    );
  }
}

function chooseEnvironment(
  pipeline: Construct,
  tenant: ITenant,
  environment: string | undefined,
): string {
  const environments = environmentsOf(tenant);
  if (environment !== undefined) {
    return requireEnvironment(pipeline, environment);
  }
  if (environments.length > 1) {
    throw new Error(
      `pipeline '${pipeline.node.path}' must name one environment to commit from, of ${environments.join(', ')}`,
    );
  }
  return environments[0];
}

function onlyCluster(tenant: ITenant, environment: string): ICluster {
  const clusters = tenant.clusters.filter((cluster) => cluster.environment === environment);
  if (clusters.length > 1) {
    throw new Error(
      `only one cluster may commit for tenant '${tenant.tenantName}', but ` +
        `${clusters.map((cluster) => cluster.clusterName).join(' and ')} share environment '${environment}'; ` +
        'name an environment in which the tenant has one cluster',
    );
  }
  return clusters[0];
}
