import { AppliedObject } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { apiGroupOf } from '../../vocabulary/cluster-scoped-kinds';
import { ObjectCheck } from '../check';
import { itemsAt, mapAt, textAt } from '../manifest-fields';

/** The one kind that is certain to have no condition by which Flux knows that it is ready. */
const [GROUP, KIND] = ['flagger.app', 'Canary'];

export const healthOfCustomResource: ObjectCheck = {
  id: 'health-of-custom-resource',
  severity: 'warning',
  profile: 'strict',
  summary: 'a Kustomization that waits for a Canary should say by an expression when it is healthy',
  why: 'Flux takes an object without a condition Ready for healthy as soon as it exists. A Canary has none, so the Kustomization is ready before the analysis has begun, and stays so when it fails.',
  remedy:
    "add to healthCheckExprs one of apiVersion flagger.app/v1beta1 and kind Canary with current: status.phase in ['Initialized', 'Succeeded'] and failed: status.phase == 'Failed'",
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions'],
  types: ['kustomize.toolkit.fluxcd.io/Kustomization'],
  needs: 'cluster',
  bad: sync('wait: true'),
  good: sync(`healthCheckExprs:
    - apiVersion: flagger.app/v1beta1
      current: status.phase in ['Initialized', 'Succeeded']
      failed: status.phase == 'Failed'
      kind: Canary
  wait: true`),
  *examine(object, cluster) {
    const { manifest } = object;
    const isExpressed = itemsAt(manifest, 'spec', 'healthCheckExprs').some(({ value }) =>
      isCanary(value, { orAnyKind: true }),
    );
    const applied = cluster.once(canaries).get(object);
    if (isExpressed) {
      return;
    }
    if (mapAt(manifest, 'spec').wait === true) {
      if (applied) {
        yield {
          message: `waits for Canary '${applied.manifest.metadata.name}', which Flux takes for healthy at once without an expression in healthCheckExprs`,
          pointer: '/spec/wait',
        };
      }
      return;
    }
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'healthChecks')) {
      if (isCanary(value, { orAnyKind: false })) {
        yield {
          message: `checks Canary '${value.name}', which Flux takes for healthy at once without an expression in healthCheckExprs`,
          pointer,
        };
      }
    }
  },
};

/** One Canary of each Kustomization that applies any. */
function canaries(cluster: ClusterView): ReadonlyMap<AppliedObject | undefined, AppliedObject> {
  return new Map(cluster.ofType(`${GROUP}/${KIND}`).map((object) => [object.sync, object]));
}

function isCanary(value: unknown, { orAnyKind }: { orAnyKind: boolean }): boolean {
  const kind = textAt(value, 'kind');
  return (
    apiGroupOf(textAt(value, 'apiVersion') ?? '') === GROUP &&
    (kind === KIND || (kind === undefined && orAnyKind))
  );
}

function sync(health: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 20m
  path: ./apps
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
  timeout: 15m
  ${health}
# file: apps/canary.yaml
apiVersion: flagger.app/v1beta1
kind: Canary
metadata:
  name: podinfo
  namespace: apps
spec:
  analysis:
    interval: 1m
    iterations: 10
    threshold: 5
  provider: kubernetes
  service:
    port: 9898
  targetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: podinfo
# file: apps/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: podinfo
  namespace: apps
spec:
  selector:
    matchLabels:
      app: podinfo
  template:
    metadata:
      labels:
        app: podinfo
    spec:
      containers:
        - image: registry.example.com/podinfo:6.0.0
          name: podinfo
`;
}
