import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { HelmRelease } from '../imports/helm.toolkit.fluxcd.io';
import { requireContent } from '../vocabulary/artifact-content';
import { patchInEnvironment } from '../vocabulary/environment-patch';
import { fluxDuration, fluxInterval } from '../vocabulary/flux-duration';
import { CONSTRUCT, DURATION, MAP, TEXT, optional, requireProps } from '../vocabulary/form';
import { requireDnsLabel } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { IChartSource, tenantOf } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { requireTargetNamespace } from '../vocabulary/target-namespace';
import { recordWait } from '../vocabulary/tenant-waits';

/** A Helm release of a tenant. */
export interface HelmAppProps {
  /** The chart: `helmSource.chart(…)`, or a `SignedOciSource` of a chart. */
  readonly chart: IChartSource;
  /**
   * Values of the chart.
   *
   * @default - the chart's own
   */
  readonly values?: any;
  /**
   * Namespace of the release; one of the tenant's.
   *
   * @default - the home namespace
   */
  readonly targetNamespace?: string;
  /**
   * How long an installation or upgrade may take.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;
  /**
   * How often drift is corrected.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;
}

/** How a release differs in one environment. */
export interface HelmAppOverrides {
  /** All values of the chart there; they replace the ones in the base. */
  readonly values: any;
}

/**
 * A HelmRelease that Flux installs as the tenant. Drift is corrected. A failed upgrade is rolled back and tried again, up
 * to three times. A chart's CustomResourceDefinitions are left out: they are the platform's, in a `PlatformComponent`.
 *
 * The id is the release's name. Throws when it is longer than Helm's 53 characters, when the chart or the
 * namespace is another tenant's, or when the source of the chart holds manifests.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export class HelmApp extends Construct {
  /** The object itself, for what the props do not reach. */
  public readonly release: HelmRelease;
  private readonly hasValues: boolean;

  public constructor(scope: Construct, id: string, props: HelmAppProps) {
    super(scope, id);
    requireProps(`release '${id}'`, props, {
      chart: CONSTRUCT,
      values: optional(MAP),
      targetNamespace: optional(TEXT),
      timeout: optional(DURATION),
      interval: optional(DURATION),
    });
    const tenant = tenantOf(this);
    const namespace = tenant.homeNamespace;
    if (requireDnsLabel('release', id).length > 53) {
      throw new Error(`release name must be at most 53 characters, got ${quoted(id)}`);
    }
    const targetNamespace = requireTargetNamespace(tenant, props.targetNamespace ?? namespace);
    if (tenantOf(props.chart) !== tenant) {
      throw new Error(
        `release '${id}' of tenant '${tenant.tenantName}' must not use '${props.chart.node.path}', which is another tenant's`,
      );
    }
    requireContent(`release '${id}'`, props.chart, 'helm-chart');
    const timeout = props.timeout ?? Duration.minutes(5);
    recordWait(tenant, timeout);
    this.hasValues = props.values !== undefined;

    place(this, { file: 'helm-releases' });
    this.release = new HelmRelease(this, 'release', {
      metadata: { name: id, namespace },
      spec: {
        chartRef: { kind: props.chart.chartKind as any, name: props.chart.chartName },
        driftDetection: { mode: 'enabled' },
        // A tenant may not write them, and without this Helm would try.
        install: { crds: 'Skip', remediation: { retries: 3 } },
        interval: fluxInterval('interval', props.interval ?? Duration.minutes(10)),
        releaseName: id,
        serviceAccountName: tenant.serviceAccountName,
        storageNamespace: targetNamespace,
        targetNamespace,
        timeout: fluxDuration('timeout', timeout),
        upgrade: { crds: 'Skip', remediation: { retries: 3, strategy: 'rollback' } },
        ...(this.hasValues && { values: props.values }),
      },
    });
    this.node.defaultChild = this.release;
  }

  /** Uses other values in one environment. Throws when the tenant has no cluster in it. */
  public inEnvironment(environment: string, overrides: HelmAppOverrides): void {
    const op = this.hasValues ? 'replace' : 'add';
    patchInEnvironment(this.release, environment, [
      { op, path: '/spec/values', value: overrides.values },
    ]);
  }
}
