import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ContainerImage } from '../vocabulary/container-image';
import { CanaryTraits } from '../vocabulary/canary-rollout';
import { CONSTRUCT, madeBy, requireForm } from '../vocabulary/form';
import { requireDnsLabel } from '../vocabulary/names';
import { requireOwn, tenantOf } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { CanaryContainer, hardenedPod, requireContainer } from './hardened-pod';
import { kubernetesObject } from './kubernetes-object';

/** What Flagger makes a copy of, and where its containers listen. */
export interface CanaryTarget {
  readonly object: ApiObject;
  readonly kind: 'DaemonSet' | 'Deployment';
  readonly name: string;
  /** Name or number of the containers' port; that of the Service where nothing is said. */
  readonly targetPort?: string;
}

/** Where a canary and all that it refers to lie, and the port that it serves HTTP on. */
export interface CanaryPlace {
  readonly namespace: string;
  readonly port: number;
}

/** The pods of a canary. */
export class CanaryWorkload {
  /**
   * A Deployment of its own, whose pods pass the Pod Security Standard `restricted`. Throws when what runs in its container is out of
   * range.
   *
   * @param image `pipeline.image(…)`, or one that only people change
   * @param container what runs in the container. Default: the image's own entry point, with 100m of CPU and 128Mi of memory
   */
  public static image(image: ContainerImage, container: CanaryContainer = {}): CanaryWorkload {
    requireForm('image', image, madeBy(ContainerImage, "of('ghcr.io/acme/app:1.0.0')"));
    requireContainer(container);
    return new CanaryWorkload((scope, name, place, traits) => {
      const object = deployment(scope, name, place, traits, { image, container });
      image.markIn(object, '/spec/template/spec/containers/0/image');
      return { object, kind: 'Deployment', name, targetPort: 'http' };
    });
  }

  /**
   * A Deployment or DaemonSet that the program has already, with its pods as they are: it is left to them to ask for the proxy of a
   * mesh. `replicas` are taken out: Flagger scales it down once a version is promoted, and Flux would scale it up.
   *
   * Its selector must have one of the labels `app`, `name` and `app.kubernetes.io/name`, or synthesis fails. Deployments of cdk8s-plus
   * get one by `podMetadata` and `deployment.select(LabelSelector.of({ labels: { app: 'shop' } }))`.
   *
   * @param workload an ApiObject, or a construct with one, such as a Deployment of cdk8s-plus. The canary throws when it is of another
   * kind, of another tenant, or in another namespace
   */
  public static existing(workload: IConstruct): CanaryWorkload {
    requireForm('workload', workload, CONSTRUCT);
    return new CanaryWorkload((scope, _name, place) => existing(scope, workload, place));
  }

  private constructor(
    /** The object behind a canary, which `scope` is the construct of. @internal */
    readonly _target: (
      scope: Construct,
      name: string,
      place: CanaryPlace,
      traits: CanaryTraits,
    ) => CanaryTarget,
  ) {}
}

function deployment(
  scope: Construct,
  name: string,
  { namespace, port }: CanaryPlace,
  { podLabels, podAnnotations }: CanaryTraits,
  pod: { readonly image: ContainerImage; readonly container: CanaryContainer },
): ApiObject {
  // Flagger tells pods of the two versions apart by this label.
  const labels = { app: name };
  const metadata = { name, namespace };
  return kubernetesObject(scope, 'deployment', 'apps/v1', 'Deployment', metadata, {
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: {
          ...(podAnnotations && { annotations: podAnnotations }),
          labels: { ...labels, ...podLabels },
        },
        spec: hardenedPod(namespace, { ...pod, port }),
      },
    },
  });
}

function existing(scope: Construct, workload: IConstruct, place: CanaryPlace): CanaryTarget {
  const object = ApiObject.of(workload);
  const what = `workload of canary '${scope.node.path}'`;
  const { apiVersion, kind } = object;
  if (apiVersion !== 'apps/v1' || (kind !== 'Deployment' && kind !== 'DaemonSet')) {
    throw new Error(
      `${what} must be a Deployment or DaemonSet of apps/v1, got ${quoted(kind)} of ${apiVersion}`,
    );
  }
  requireNeighbour(what, scope, object, place.namespace);
  scope.node.addValidation({ validate: () => unselectable(what, object) });
  if (kind === 'Deployment') {
    // There may be none yet: cdk8s-plus settles that when it writes.
    object.addJsonPatch(JsonPatch.add('/spec/replicas', 0), JsonPatch.remove('/spec/replicas'));
  }
  return { object, kind, name: requireDnsLabel(`name of the ${what}`, object.name) };
}

/** The labels that Flagger tells the pods of two versions apart by, unless it was started with others. */
const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

function unselectable(what: string, object: ApiObject): string[] {
  const labels = Object.keys(object.toJson().spec?.selector?.matchLabels ?? {});
  return labels.some((label) => SELECTOR_LABELS.includes(label))
    ? []
    : [
        `${what} must select its pods by one of ${SELECTOR_LABELS.map(quoted).join(', ')}, of which Flagger changes the value, ` +
          `got ${labels.map(quoted).join(', ') || 'none'}`,
      ];
}

/** Throws when `object` is not the tenant's, or not in the namespace of the canary, in which Flagger looks for it. */
export function requireNeighbour(
  what: string,
  canary: Construct,
  object: ApiObject,
  namespace: string,
): void {
  requireOwn(tenantOf(canary), `${what} must not be`, [object]);
  const own = object.metadata.namespace ?? object.chart.namespace;
  if (own !== namespace) {
    throw new Error(`${what} must be in namespace '${namespace}', as the canary, got '${own}'`);
  }
}
