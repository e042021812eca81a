import { IConstruct } from 'constructs';

/** A metric, and what it must be for a new version to go on. `CanaryMetric` makes them. */
export class MetricCheck {
  /** @internal */
  public static _of(
    metric: IConstruct,
    template: { readonly name: string; readonly namespace: string },
    thresholds: { readonly min?: number; readonly max?: number },
  ): MetricCheck {
    return new MetricCheck(metric, template, thresholds);
  }

  private constructor(
    /** The construct of the metric. @internal */
    readonly _metric: IConstruct,
    private readonly template: { readonly name: string; readonly namespace: string },
    private readonly thresholds: { readonly min?: number; readonly max?: number },
  ) {
    const { min, max } = thresholds;
    for (const bound of Object.values(thresholds)) {
      if (!Number.isFinite(bound)) {
        throw new Error(`bound of metric '${template.name}' must be a number, got ${bound}`);
      }
    }
    if (min !== undefined && max !== undefined && min > max) {
      throw new Error(
        `metric '${template.name}' must be between ${max} and ${min}, the lower one first`,
      );
    }
  }

  /** An item of `spec.analysis.metrics`. Throws when the template lies in another namespace. @internal */
  public _spec(namespace: string): any {
    const { name } = this.template;
    if (this.template.namespace !== namespace) {
      throw new Error(
        `metric '${name}' must be in namespace '${namespace}', as the canary, got '${this.template.namespace}'`,
      );
    }
    return { name, templateRef: { name }, thresholdRange: { ...this.thresholds } };
  }
}
