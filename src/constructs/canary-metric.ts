import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { MetricTemplate } from '../imports/flagger.app';
import { allowSource } from '../vocabulary/allowed-sources';
import { BUILT_IN_METRICS } from '../vocabulary/canary-rollout';
import { TEXT, madeBy, requireProps } from '../vocabulary/form';
import { MetricCheck } from '../vocabulary/metric-check';
import { metricQueryFault } from '../vocabulary/metric-query';
import { MetricSource } from '../vocabulary/metric-source';
import { requireDnsLabel } from '../vocabulary/names';
import { tenantOf } from '../vocabulary/ports';

/** A metric beside those that a provider has. */
export interface CanaryMetricProps {
  /** Whom Flagger asks. The tenant's namespaces list its address, so that admission lets it in. */
  readonly source: MetricSource;
  /**
   * What it asks: a query with one number for an answer. Flagger fills in `{{ namespace }}`, `{{ target }}` (the workload, of which the
   * pods of the new version have the name), `{{ service }}`, `{{ ingress }}` and `{{ interval }}`.
   * Where the source knows of other namespaces, too, select `{{ namespace }}`: the strict profile tells of Prometheus without.
   */
  readonly query: string;
}

/**
 * A metric of the tenant's own: a MetricTemplate beside the canaries that use it, whose `atLeast`, `atMost` and `between` go into
 * the metrics of a `CanaryApp`.
 *
 * Throws when the query is empty or no template that Flagger can fill in, or the id that of a metric which Flagger has a query of
 * its own for.
 *
 * @see https://docs.flagger.app/usage/metrics#custom-metrics
 */
export class CanaryMetric extends Construct {
  /** The object itself, for what the props do not reach. */
  public readonly template: MetricTemplate;
  private readonly metadata: { readonly name: string; readonly namespace: string };

  public constructor(scope: Construct, id: string, props: CanaryMetricProps) {
    super(scope, id);
    requireProps(`metric '${id}'`, props, {
      source: madeBy(MetricSource, "prometheus('http://prometheus.monitoring.svc:9090')"),
      query: TEXT,
    });
    if (props.query.trim() === '') {
      throw new Error(`query of metric '${this.node.path}' must not be empty`);
    }
    const fault = metricQueryFault(props.query);
    if (fault !== undefined) {
      throw new Error(
        `query of metric '${this.node.path}' must be a template that Flagger can fill in, got ${fault}`,
      );
    }
    if (BUILT_IN_METRICS.some((name) => name === id)) {
      throw new Error(
        `metric must not be called '${id}': Flagger would ask a query of its own, too, and compare that with the same bounds`,
      );
    }
    const namespace = Chart.of(this).namespace ?? tenantOf(this).homeNamespace;
    this.metadata = { name: requireDnsLabel('metric', id), namespace };
    if (props.source._address !== undefined) {
      allowSource(tenantOf(this), 'endpoints', props.source._address);
    }
    this.template = new MetricTemplate(this, 'template', {
      metadata: this.metadata,
      spec: { provider: props.source._spec(namespace), query: props.query },
    });
    this.node.defaultChild = this.template;
  }

  /** Fails a look when the metric is less. */
  public atLeast(min: number): MetricCheck {
    return MetricCheck._of(this, this.metadata, { min });
  }

  /** Fails a look when the metric is more. */
  public atMost(max: number): MetricCheck {
    return MetricCheck._of(this, this.metadata, { max });
  }

  /** Fails a look when the metric is less than the one or more than the other. */
  public between(min: number, max: number): MetricCheck {
    return MetricCheck._of(this, this.metadata, { min, max });
  }
}
