import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { CONSTRUCT, MAP, NUMBER, optional, requireForm, requireProps } from '../vocabulary/form';
import { quoted } from '../vocabulary/quoted';
import { requireWholeNumber } from '../vocabulary/whole-number';
import { CanaryTarget, requireNeighbour } from './canary-workload';
import { kubernetesObject } from './kubernetes-object';

/** How many pods an app has. */
export interface CpuScalingOptions {
  /** @default 2 */
  readonly minReplicas?: number;
  /** @default 4 */
  readonly maxReplicas?: number;
  /** Percentage of the reserved CPU, on average, above which pods are added. @default 80 */
  readonly cpuUtilization?: number;
}

/**
 * What decides how many pods an app has, in the place of `replicas`. During an analysis there are twice as many.
 *
 * @see https://docs.flagger.app/usage/how-it-works#canary-target
 */
export class CanaryScaling {
  /** A HorizontalPodAutoscaler of its own. Throws when a number is out of range. */
  public static byCpu(options: CpuScalingOptions = {}): CanaryScaling {
    requireProps('scaling', options, {
      minReplicas: optional(NUMBER),
      maxReplicas: optional(NUMBER),
      cpuUtilization: optional(NUMBER),
    });
    const { minReplicas = 2, maxReplicas = 4, cpuUtilization = 80 } = options;
    requireWholeNumber('minReplicas', minReplicas, 1, 1000);
    requireWholeNumber('maxReplicas', maxReplicas, minReplicas, 1000);
    requireWholeNumber('cpuUtilization', cpuUtilization, 1, 100);
    const target = { type: 'Utilization', averageUtilization: cpuUtilization };
    const metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
    return new CanaryScaling((scope, id, namespace, { kind, name }) => {
      kubernetesObject(
        scope,
        'autoscaler',
        AUTOSCALER.apiVersion,
        AUTOSCALER.kind,
        { name: id, namespace },
        {
          spec: {
            maxReplicas,
            metrics,
            minReplicas,
            scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
          },
        },
      );
      return { ...AUTOSCALER, name: id };
    });
  }

  /**
   * A HorizontalPodAutoscaler that the program has already.
   *
   * @param autoscaler an ApiObject, or a construct with one. The canary throws when it is of another kind, of another tenant, in another
   * namespace, or for another workload
   */
  public static autoscaler(autoscaler: IConstruct): CanaryScaling {
    requireForm('autoscaler', autoscaler, CONSTRUCT);
    return new CanaryScaling((scope, _id, namespace, target) =>
      existing(scope, autoscaler, AUTOSCALER, namespace, target),
    );
  }

  /**
   * A ScaledObject of KEDA that the program has already; the fleet's `tenantRules` must allow `scaledobjects` of `keda.sh`.
   *
   * @param scaledObject an ApiObject, or a construct with one. The canary throws when it is of another kind, of another tenant, in another
   * namespace, or for another workload
   * @param primaryQueries for the copy of the workload, by the names of triggers. Default: the same, with the name of the copy
   * @see https://docs.flagger.app/tutorials/keda-scaledobject
   */
  public static scaledObject(
    scaledObject: IConstruct,
    primaryQueries?: { [trigger: string]: string },
  ): CanaryScaling {
    requireForm('scaled object', scaledObject, CONSTRUCT);
    requireForm('primary queries', primaryQueries, optional(MAP));
    return new CanaryScaling((scope, _id, namespace, target) => ({
      ...existing(scope, scaledObject, SCALED_OBJECT, namespace, target),
      ...(primaryQueries && { primaryScalerQueries: { ...primaryQueries } }),
    }));
  }

  private constructor(
    /** `spec.autoscalerRef` of the Canary that `scope` is the construct of. @internal */
    readonly _reference: (
      scope: Construct,
      id: string,
      namespace: string,
      target: CanaryTarget,
    ) => Record<string, unknown>,
  ) {}
}

const AUTOSCALER = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };
const SCALED_OBJECT = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' };

function existing(
  scope: Construct,
  scaler: IConstruct,
  type: typeof AUTOSCALER,
  namespace: string,
  target: CanaryTarget,
): Record<string, unknown> {
  const object = ApiObject.of(scaler);
  const what = `scaling of canary '${scope.node.path}'`;
  if (object.apiVersion !== type.apiVersion || object.kind !== type.kind) {
    throw new Error(
      `${what} must be a ${type.kind} of ${type.apiVersion}, got ${quoted(object.kind)} of ${object.apiVersion}`,
    );
  }
  requireNeighbour(what, scope, object, namespace);
  const { kind = 'Deployment', name } = object.toJson().spec?.scaleTargetRef ?? {};
  if (kind !== target.kind || name !== target.name) {
    throw new Error(
      `${what} must be for ${target.kind} '${target.name}', got one for ${kind} '${name}'`,
    );
  }
  return { ...type, name: object.name };
}
