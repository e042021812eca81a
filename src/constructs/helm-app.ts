import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { HelmRelease } from '../imports/helm.toolkit.fluxcd.io';
import { requireContent } from '../vocabulary/artifact-content';
import { patchInEnvironment } from '../vocabulary/environment-patch';
import { fluxDuration, fluxInterval } from '../vocabulary/flux-duration';
import {
  CHART,
  CONSTRUCT,
  DURATION,
  Form,
  MAP,
  TEXT,
  listOf,
  madeBy,
  optional,
  requireProps,
} from '../vocabulary/form';
import { HelmRemediation } from '../vocabulary/helm-remediation';
import { HelmTests } from '../vocabulary/helm-tests';
import { HelmValuesFrom } from '../vocabulary/helm-values-from';
import { IgnoredDrift, driftDoubt, ignoredDrift } from '../vocabulary/ignored-drift';
import { requireDnsLabel } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { requirePlainValues } from '../vocabulary/plain-values';
import { IChartSource, requireOwn, tenantOf } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { requireTargetNamespace } from '../vocabulary/target-namespace';
import { recordWait } from '../vocabulary/tenant-waits';
import { warn } from '../vocabulary/warning';

/** How Helm goes about a release. */
export interface HelmLifecycle {
  /**
   * How long an installation or upgrade may take.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;
  /**
   * What becomes of a failed installation or upgrade.
   *
   * @default HelmRemediation.rollback(3)
   */
  readonly remediation?: HelmRemediation;
  /**
   * Whether the tests of the chart are run.
   *
   * @default - they are not
   */
  readonly tests?: HelmTests;
  /**
   * Fields of the release's objects that are not corrected, because something else on the cluster owns them.
   *
   * @default - all are corrected
   */
  readonly ignoredDrift?: IgnoredDrift[];
  /**
   * Namespace where Helm keeps the history of the release, with all its values; one of the tenant's. Flux installs what is installed
   * anew when this changes.
   *
   * @default - the target namespace
   */
  readonly storageNamespace?: string;
}

/** A Helm release of a tenant. */
export interface HelmAppProps {
  /** The chart: `helmSource.chart(…)`, or a `SignedOciSource` of a chart. */
  readonly chart: IChartSource;
  /**
   * Values of the chart, in which a url with a password or a private key is refused. They win over those of `valuesFrom`. Synthesis
   * fails on one that a `targetPath` of these takes, too: either may win.
   *
   * @default - the chart's own
   */
  readonly values?: any;
  /**
   * Values of the chart that lie in ConfigMaps and Secrets, later ones over earlier ones.
   *
   * @default - none
   */
  readonly valuesFrom?: HelmValuesFrom[];
  /**
   * Namespace of the release; one of the tenant's.
   *
   * @default - the home namespace
   */
  readonly targetNamespace?: string;
  /**
   * How often drift is corrected.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;
  /**
   * Releases of the same tenant that must be ready first.
   *
   * @default - none
   */
  readonly dependencies?: HelmApp[];
  /**
   * How Helm goes about it.
   *
   * @default - five minutes for each attempt, three of them, with a rollback between
   */
  readonly lifecycle?: HelmLifecycle;
}

const RELEASE: Form = {
  words: 'a HelmApp, not its name',
  fits: (value) => CONSTRUCT.fits(value) && value.release !== undefined,
};
const VALUES_FROM = madeBy(HelmValuesFrom, "secret(SecretRef.named('redis-auth'))");

/** How a release differs in one environment. */
export interface HelmAppOverrides {
  /** All values of the chart there; they replace the ones in the base. */
  readonly values: any;
}

/**
 * A HelmRelease that Flux installs as the tenant. Drift is corrected. A failed upgrade is rolled back and tried again, up
 * to three times, unless `lifecycle` says otherwise. A chart's CustomResourceDefinitions are left out: they are the platform's, in a `PlatformComponent`.
 *
 * The id is the release's name. Throws when it is longer than Helm's 53 characters, when the chart, a dependency or a
 * namespace is another tenant's, or when the source of the chart holds manifests. Synthesis warns where a failed upgrade is removed
 * with what it holds, and where the whole of an object may drift.
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
      chart: CHART,
      values: optional(MAP),
      valuesFrom: optional(listOf(VALUES_FROM)),
      targetNamespace: optional(TEXT),
      interval: optional(DURATION),
      dependencies: optional(listOf(RELEASE)),
      lifecycle: optional(MAP),
    });
    requirePlainValues(`'values' of release '${id}'`, props.values);
    const { dependencies = [], lifecycle = {}, valuesFrom = [] } = props;
    requireProps(`lifecycle of release '${id}'`, lifecycle, {
      timeout: optional(DURATION),
      remediation: optional(madeBy(HelmRemediation, 'rollback(3)')),
      tests: optional(madeBy(HelmTests, 'required()')),
      ignoredDrift: optional(listOf(MAP)),
      storageNamespace: optional(TEXT),
    });
    const tenant = tenantOf(this);
    const namespace = tenant.homeNamespace;
    if (requireDnsLabel('release', id).length > 53) {
      throw new Error(`release name must be at most 53 characters, got ${quoted(id)}`);
    }
    const targetNamespace = requireTargetNamespace(tenant, props.targetNamespace ?? namespace);
    const storageNamespace = requireTargetNamespace(
      tenant,
      lifecycle.storageNamespace ?? targetNamespace,
      'storage namespace',
    );
    requireOwn(tenant, `release '${id}' of tenant '${tenant.tenantName}' must not use`, [
      props.chart,
      ...dependencies,
    ]);
    requireContent(`release '${id}'`, props.chart, 'helm-chart');
    const timeout = lifecycle.timeout ?? Duration.minutes(5);
    recordWait(tenant, timeout);
    const { _fields: remediation, _doubt: doubt } =
      lifecycle.remediation ?? HelmRemediation.rollback();
    const ignored = lifecycle.ignoredDrift ?? [];
    const ignore = ignoredDrift(ignored);
    for (const warning of [doubt, driftDoubt(ignored)]) {
      if (warning !== undefined) {
        warn(this, warning);
      }
    }
    this.hasValues = props.values !== undefined;

    place(this, { file: 'helm-releases' });
    this.release = new HelmRelease(this, 'release', {
      metadata: { name: id, namespace },
      spec: {
        chartRef: { kind: props.chart.chartKind as any, name: props.chart.chartName },
        ...(dependencies.length > 0 && {
          dependsOn: dependencies.map((other) => ({ name: other.release.name })),
        }),
        driftDetection: { ...(ignore.length > 0 && { ignore }), mode: 'enabled' },
        // A tenant may not write them, and without this Helm would try.
        install: { crds: 'Skip', ...remediation.install },
        interval: fluxInterval('interval', props.interval ?? Duration.minutes(10)),
        releaseName: id,
        ...(remediation.rollback && { rollback: remediation.rollback }),
        serviceAccountName: tenant.serviceAccountName,
        storageNamespace,
        targetNamespace,
        ...(lifecycle.tests && { test: lifecycle.tests._fields }),
        timeout: fluxDuration('timeout', timeout),
        upgrade: { crds: 'Skip', ...remediation.upgrade },
        ...(this.hasValues && { values: props.values }),
        ...(valuesFrom.length > 0 && {
          valuesFrom: valuesFrom.map((one) => one._from(namespace)),
        }),
      },
    });
    this.node.defaultChild = this.release;
  }

  /** Uses other values in one environment. Throws when the tenant has no cluster in it. */
  public inEnvironment(environment: string, overrides: HelmAppOverrides): void {
    requireProps(`override of release '${this.node.id}'`, overrides, { values: MAP });
    requirePlainValues(`'values' of override of release '${this.node.id}'`, overrides.values);
    const op = this.hasValues ? 'replace' : 'add';
    patchInEnvironment(this.release, environment, [
      { op, path: '/spec/values', value: overrides.values },
    ]);
  }
}
