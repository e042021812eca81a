import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { HelmChart, HelmRepository } from '../imports/source.toolkit.fluxcd.io';
import { allowSource } from '../vocabulary/allowed-sources';
import { fluxInterval } from '../vocabulary/flux-duration';
import { DURATION, SECRET_REF, TEXT, optional, requireProps } from '../vocabulary/form';
import { requireObjectName } from '../vocabulary/names';
import { requireSemverRange } from '../vocabulary/oci-version';
import { place } from '../vocabulary/placement';
import { IChartSource, tenantOf } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { SecretRef } from '../vocabulary/secret-ref';
import { requireHttpsUrl } from '../vocabulary/url';

/** Where charts come from. */
export interface HelmSourceProps {
  /** URL of the chart repository, `https://…`. Charts in a registry come from a `SignedOciSource`. */
  readonly url: string;
  /**
   * Secret with `username` and `password` to read the repository with, the only way that Flux has; it is never passed on to another
   * host. A registry that knows identities of a cloud is read by a `SignedOciSource`.
   *
   * @default - none: the repository is public
   */
  readonly credentials?: SecretRef;
  /**
   * How often the repository is asked for new charts.
   *
   * @default Duration.hours(1)
   */
  readonly interval?: Duration;
}

/**
 * A HelmRepository of a tenant.
 *
 * Throws when the url is not an `https` one.
 *
 * @see https://fluxcd.io/flux/components/source/helmrepositories/
 */
export class HelmSource extends Construct {
  /** The object itself, for what the props do not reach. */
  public readonly repository: HelmRepository;
  private readonly interval: string;

  public constructor(scope: Construct, id: string, props: HelmSourceProps) {
    super(scope, id);
    requireProps(`source '${id}'`, props, {
      url: TEXT,
      credentials: optional(SECRET_REF),
      interval: optional(DURATION),
    });
    this.interval = fluxInterval('interval', props.interval ?? Duration.hours(1));

    const tenant = tenantOf(this);
    const namespace = tenant.homeNamespace;
    if (props.url.startsWith('oci://')) {
      throw new Error(
        `url must be 'https://<host>/<path>', got ${quoted(props.url)}; fetch a chart in a registry by a SignedOciSource with OciContent.HELM_CHART`,
      );
    }
    const url = requireHttpsUrl('url', props.url);
    allowSource(tenant, 'helm', url);
    place(this, { file: 'sources' });
    this.repository = new HelmRepository(this, 'repository', {
      metadata: {
        name: requireObjectName('source', id),
        namespace,
      },
      spec: {
        interval: this.interval,
        ...(props.credentials && { secretRef: props.credentials._from(namespace) }),
        url,
      },
    });
    this.node.defaultChild = this.repository;
  }

  /**
   * One chart of the repository, for a `HelmApp`.
   *
   * @param chart name of the chart; throws when it is none, or longer than 62 characters with the name of this source
   * @param versions the version, or a range such as `>=6.0.0 <7.0.0` of which the highest is taken
   */
  public chart(chart: string, versions: string): IChartSource {
    return new RepositoryChart(this, chart, this.repository.name, this.interval, versions);
  }
}

/** Flux puts the name of a HelmChart into a label. */
const LONGEST_CHART = 63;

class RepositoryChart extends Construct implements IChartSource {
  public readonly chartKind = 'HelmChart';
  public readonly chartName: string;
  public readonly chartNamespace: string;

  constructor(
    scope: Construct,
    chart: string,
    repository: string,
    interval: string,
    versions: string,
  ) {
    super(scope, requireObjectName('chart', chart));
    this.chartName = `${repository}-${chart}`;
    if (this.chartName.length > LONGEST_CHART) {
      throw new Error(
        `names of source and chart must together be at most ${LONGEST_CHART - 1} characters, got ${quoted(this.chartName)}`,
      );
    }
    this.chartNamespace = tenantOf(this).homeNamespace;
    this.node.defaultChild = new HelmChart(this, 'chart', {
      metadata: { name: this.chartName, namespace: this.chartNamespace },
      spec: {
        chart,
        interval,
        sourceRef: { kind: 'HelmRepository', name: repository },
        version: requireSemverRange(versions),
      },
    });
  }
}
