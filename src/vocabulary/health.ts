import { Duration } from 'cdk8s';
import type {
  KustomizationSpecHealthCheckExprs,
  KustomizationSpecHealthChecks,
} from '../imports/kustomize.toolkit.fluxcd.io';
import { fluxDuration } from './flux-duration';
import { DURATION, listOf, madeBy, optional, requireForm } from './form';
import { HealthExpression } from './health-expression';
import { HealthTarget } from './health-target';
import { ITenant } from './ports';

const CANARY = HealthExpression.canary();

/** The fields of a Flux Kustomization that say when it is done. */
export interface HealthSpec {
  readonly wait: boolean;
  readonly healthChecks?: KustomizationSpecHealthChecks[];
  readonly healthCheckExprs?: KustomizationSpecHealthCheckExprs[];
}

/**
 * When a sync counts as done.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#wait
 */
export class Health {
  /**
   * When every object that it applied is healthy, a canary only once its analysis has ended.
   *
   * @param timeout how long that may take; must exceed the longest canary analysis. Default: 5 minutes, or a minute more than
   * the longest rollout of the tenant's canaries
   */
  public static waitForAll(timeout?: Duration): Health {
    return new Health(true, [], [], timeout);
  }

  /**
   * When each of these objects is healthy, whatever becomes of the others that it applied. Throws when there is none.
   *
   * @param timeout how long that may take. Default: 5 minutes, or a minute more than the longest rollout of the tenant's
   * canaries where one of them is waited for
   */
  public static of(targets: HealthTarget[], timeout?: Duration): Health {
    const form = madeBy(HealthTarget, "of('apps/v1', 'Deployment', 'shop')");
    requireForm('targets of health', targets, listOf(form));
    if (targets.length === 0) {
      throw new Error(
        'targets of health must name an object; Health.unchecked() waits for none, Health.waitForAll() for all',
      );
    }
    return new Health(false, [...targets], [], timeout);
  }

  /** As soon as the API server has accepted the objects, whatever becomes of them. */
  public static unchecked(): Health {
    return new Health(false, [], []);
  }

  private constructor(
    private readonly waits: boolean,
    private readonly targets: readonly HealthTarget[],
    private readonly expressions: readonly HealthExpression[],
    /** @internal */
    readonly _timeout?: Duration,
  ) {
    requireForm('timeout', _timeout, optional(DURATION));
    if (_timeout) {
      fluxDuration('timeout', _timeout);
    }
  }

  /**
   * The same, with expressions that say of custom resources when they are healthy.
   *
   * Throws at two expressions for one kind, which Flux stalls at, and at one that nothing is judged by.
   */
  public withExpressions(expressions: HealthExpression[]): Health {
    requireForm('health expressions', expressions, listOf(madeBy(HealthExpression, 'canary()')));
    const all = [...this.expressions, ...expressions];
    const seen = new Set<string>();
    for (const { _groupAndKind: kind, _spec } of all) {
      if (seen.has(kind)) {
        throw new Error(
          `there must be one health expression for kind '${_spec.kind}' of '${_spec.apiVersion}', whatever the version; join them with && or ||`,
        );
      }
      seen.add(kind);
      if (!this.waits && !this.targets.some((target) => target._groupAndKind === kind)) {
        throw new Error(
          `health expression for kind '${_spec.kind}' of '${_spec.apiVersion}' has no effect: ` +
            (this.targets.length > 0
              ? 'no target is of that kind'
              : 'nothing is waited for; use Health.waitForAll()'),
        );
      }
    }
    return new Health(this.waits, this.targets, all, this._timeout);
  }

  /** @internal */
  public get _waitsForCanaries(): boolean {
    return (
      this.waits || this.targets.some((target) => target._groupAndKind === CANARY._groupAndKind)
    );
  }

  /** The fields of a sync of `tenant`. Throws when a target is not the tenant's. @internal */
  public _in(tenant: ITenant, targetNamespace: string): HealthSpec {
    const own = this.expressions.map((expression) => expression._groupAndKind);
    const needsCanary = this._waitsForCanaries && !own.includes(CANARY._groupAndKind);
    const expressions = [...(needsCanary ? [CANARY] : []), ...this.expressions];
    return {
      wait: this.waits,
      ...(this.targets.length > 0 && {
        healthChecks: this.targets.map((target) => target._check(tenant, targetNamespace)),
      }),
      ...(expressions.length > 0 && { healthCheckExprs: expressions.map(({ _spec }) => _spec) }),
    };
  }
}
