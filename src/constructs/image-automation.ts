import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ImageUpdateAutomation } from '../imports/image.toolkit.fluxcd.io';
import { GitRepository } from '../imports/source.toolkit.fluxcd.io';
import { allowSource } from '../vocabulary/allowed-sources';
import { environmentsOf, requireEnvironment } from '../vocabulary/environment-patch';
import { fluxDuration } from '../vocabulary/flux-duration';
import { GitTarget } from '../vocabulary/git-target';
import { AUTOMATION_LABEL } from '../vocabulary/labels';
import { place, Placement } from '../vocabulary/placement';
import { ICluster, ITenant } from '../vocabulary/ports';
import { gitPlace } from '../vocabulary/url';

const MESSAGE = `Automated image update

{{ range .Changed.Changes -}}
- {{ .OldValue }} -> {{ .NewValue }}
{{ end -}}
`;

const AUTOMATIONS = new WeakMap<ITenant, Map<string, ImageAutomation>>();

/**
 * What commits to one Git target of a tenant: one for all its images, so that fifty new tags make one commit rather
 * than fifty that race. The first pipeline to name a target makes it.
 */
export function automationFor(tenant: ITenant, target: GitTarget): ImageAutomation {
  const ofTenant = AUTOMATIONS.get(tenant) ?? new Map<string, ImageAutomation>();
  AUTOMATIONS.set(tenant, ofTenant);
  const known = ofTenant.get(target._name);
  if (!known) {
    const automation = new ImageAutomation(tenant, target);
    ofTenant.set(target._name, automation);
    return automation;
  }
  if (known.target !== target && fingerprint(known.target) !== fingerprint(target)) {
    throw new Error(
      `tenant '${tenant.tenantName}' has two different targets named '${target._name}'; ` +
        'give both pipelines the same GitTarget, or one of the targets another name',
    );
  }
  return known;
}

export class ImageAutomation extends Construct {
  /** Where the objects of its pipelines go, too: Flux applies only policies beside the automation. */
  public readonly placement: Placement;

  constructor(
    tenant: ITenant,
    public readonly target: GitTarget,
  ) {
    super(tenant as unknown as Construct, `ImageAutomation-${target._name}`);
    const { _branch: branch, _name: name, _options: options, _push: push } = target;
    const environment = chooseEnvironment(tenant, options.environment);
    const namespace = tenant.homeNamespace;

    this.placement = {
      shelf: { kind: 'overlay', tenant: tenant.tenantName, environment },
      clusters: [onlyCluster(tenant, environment).clusterName],
      file: 'image-automation',
    };
    allowSource(tenant, 'git', options.repository);
    place(this, this.placement);
    new GitRepository(this, 'git', {
      metadata: { name, namespace },
      spec: {
        interval: '5m',
        ref: { branch },
        secretRef: options.credentials._from(namespace),
        url: options.repository,
      },
    });
    new ImageUpdateAutomation(this, 'automation', {
      metadata: { name, namespace },
      spec: {
        git: {
          checkout: { ref: { branch } },
          commit: {
            author: { email: options.author.email, name: options.author.name ?? 'fluxcdbot' },
            messageTemplate: MESSAGE,
            ...(options.signing && {
              signingKey: {
                type: options.signing._type,
                secretRef: options.signing._key._from(namespace),
              },
            }),
          },
          push,
        },
        interval: fluxDuration('interval', options.interval ?? Duration.minutes(30)),
        policySelector: { matchLabels: { [AUTOMATION_LABEL]: name } },
        sourceRef: { kind: 'GitRepository', name },
        update: { path: options.path, strategy: 'Setters' },
      },
    });
  }
}

/** What a target comes to, however it is said. */
function fingerprint({ _branch, _options, _path, _push }: GitTarget): string {
  const { author, credentials, environment, interval, repository, signing } = _options;
  return JSON.stringify([
    gitPlace(repository),
    [_branch, _path, environment, interval?.toMilliseconds()],
    [_push.branch, _push.refspec, Object.entries(_push.options ?? {}).sort()],
    [author.email, author.name],
    [credentials.name, signing?._type, signing?._key.name],
  ]);
}

function chooseEnvironment(tenant: ITenant, environment: string | undefined): string {
  if (environment !== undefined) {
    return requireEnvironment(tenant, environment);
  }
  const environments = environmentsOf(tenant);
  if (environments.length > 1) {
    throw new Error(
      `the Git target of tenant '${tenant.tenantName}' must name one environment to commit from, of ${environments.join(', ')}`,
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
