import type { KustomizationSpecHealthCheckExprs } from '../imports/kustomize.toolkit.fluxcd.io';
import { requireCelExpression } from './cel-expression';
import { apiGroupOf } from './cluster-scoped-kinds';
import { TEXT, optional, requireForm, requireProps } from './form';
import { requireKind } from './kind-reference';
import { quoted } from './quoted';

/**
 * When objects of a kind count as healthy. Each expression is CEL over the object: `metadata`, `spec`, `status` and its other
 * fields. They are evaluated in the order `inProgress`, `failed`, `current`, and the first that is true decides; an object that
 * none is true of is in progress. An expression that fails, as on a field that is not there, is asked again until the
 * timeout: guard such a field with `has(…)`.
 */
export interface HealthExpressionProps {
  /** Group and version, such as `cert-manager.io/v1`. Flux heeds the group alone. */
  readonly apiVersion: string;
  readonly kind: string;
  /** True of an object that is healthy. */
  readonly current: string;
  /**
   * True of an object that is still to become healthy, whatever the others say.
   *
   * @default - an object that neither of the others is true of
   */
  readonly inProgress?: string;
  /**
   * True of an object that will not become healthy: the sync fails at once.
   *
   * @default - none: it fails at the timeout
   */
  readonly failed?: string;
}

const CONDITION_TYPE = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Of a condition `e`: it was not written before the last change of the object, where it tells. */
const IS_RECENT = '(!has(e.observedGeneration) || e.observedGeneration == metadata.generation)';

/**
 * When custom resources count as healthy whose status says so in words of its own. Flux takes an object that has neither a
 * condition `Ready` nor `Stalled` for healthy as soon as it exists.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions
 */
export class HealthExpression {
  /**
   * Expressions of your own. Throws when one is certainly no CEL.
   *
   * @see https://fluxcd.io/flux/cheatsheets/cel-healthchecks/
   */
  public static of(props: HealthExpressionProps): HealthExpression {
    const what = `health expression of '${props?.kind}'`;
    requireProps(what, props, {
      apiVersion: TEXT,
      kind: TEXT,
      current: TEXT,
      inProgress: optional(TEXT),
      failed: optional(TEXT),
    });
    const { apiVersion, kind, current, inProgress, failed } = props;
    requireKind('a health expression', apiVersion, kind);
    for (const [name, expression] of Object.entries({ current, inProgress, failed })) {
      if (expression !== undefined) {
        requireCelExpression(`'${name}' of ${what}`, expression);
      }
    }
    return new HealthExpression({ apiVersion, kind, current, inProgress, failed });
  }

  /**
   * Objects are healthy once the condition `type` is true, and was written for their last change. Also of use for kinds with
   * a condition `Ready`, which Flux takes for healthy until that is there for the first time.
   *
   * @param type such as `Ready`, `Available` or `Synced`
   */
  public static condition(apiVersion: string, kind: string, type: string): HealthExpression {
    requireForm('type of a condition', type, TEXT);
    if (!CONDITION_TYPE.test(type)) {
      throw new Error(
        `type of a condition must be a word, such as 'Available', got ${quoted(type)}`,
      );
    }
    const current = `has(status.conditions) && status.conditions.exists(e, ${isTrue(type)})`;
    return HealthExpression.of({ apiVersion, kind, current });
  }

  /**
   * Flagger's Canary, healthy once its version is promoted. Every sync that waits for canaries has it, unless it is given
   * another for that kind.
   *
   * @see https://docs.flagger.app/usage/how-it-works#canary-status
   */
  public static canary(): HealthExpression {
    return HealthExpression.of({
      apiVersion: 'flagger.app/v1beta1',
      kind: 'Canary',
      current: "status.conditions.exists(e, e.type == 'Promoted' && e.status == 'True')",
      failed: "status.conditions.exists(e, e.type == 'Promoted' && e.status == 'False')",
      inProgress:
        "!has(status.conditions) || status.conditions.exists(e, e.type == 'Promoted' && e.status == 'Unknown')",
    });
  }

  /**
   * A SealedSecret, healthy once its Secret is decrypted, failed where it cannot be.
   *
   * @see https://github.com/bitnami-labs/sealed-secrets
   */
  public static sealedSecret(): HealthExpression {
    const synced = (status: string) =>
      `has(status.conditions) && status.conditions.exists(e, e.type == 'Synced' && e.status == '${status}')`;
    return HealthExpression.of({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      current: synced('True'),
      failed: synced('False'),
    });
  }

  /**
   * A Gateway of the Gateway API, healthy once it is programmed into what moves its traffic.
   *
   * @see https://gateway-api.sigs.k8s.io/geps/gep-1364/
   */
  public static gateway(): HealthExpression {
    return HealthExpression.condition('gateway.networking.k8s.io/v1', 'Gateway', 'Programmed');
  }

  /**
   * An HTTPRoute of the Gateway API, healthy once every Gateway that it names has accepted it and found its services.
   *
   * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
   */
  public static httpRoute(): HealthExpression {
    const has = (type: string) => `p.conditions.exists(e, ${isTrue(type)})`;
    const parents = `${has('Accepted')} && ${has('ResolvedRefs')}`;
    return HealthExpression.of({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      current:
        `has(status.parents) && status.parents.all(p, ${parents}) && ` +
        '(!has(spec.parentRefs) || spec.parentRefs.all(r, status.parents.exists(p, ' +
        `p.parentRef.name == r.name && ${namespaceOf('p.parentRef')} == ${namespaceOf('r')})))`,
    });
  }

  private constructor(
    /** @internal */
    readonly _spec: KustomizationSpecHealthCheckExprs,
  ) {}

  /** What Flux tells kinds apart by: it stalls at two expressions of one. @internal */
  public get _groupAndKind(): string {
    return `${apiGroupOf(this._spec.apiVersion)}/${this._spec.kind}`;
  }
}

/** Without one, a Gateway is in the namespace of the route. */
function namespaceOf(parent: string): string {
  return `(has(${parent}.namespace) ? ${parent}.namespace : metadata.namespace)`;
}

function isTrue(type: string): string {
  return `e.type == '${type}' && e.status == 'True' && ${IS_RECENT}`;
}
