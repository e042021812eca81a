import { AppliedObject } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { apiGroupOf } from '../../vocabulary/cluster-scoped-kinds';
import { CANARY_EXAMPLE, TARGET_EXAMPLE } from '../canaries';
import { ObjectCheck } from '../check';
import { platformSync } from '../example-parts';
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
  bad: sync(),
  good: sync(`healthCheckExprs:
    - apiVersion: flagger.app/v1beta1
      current: status.phase in ['Initialized', 'Succeeded']
      failed: status.phase == 'Failed'
      kind: Canary`),
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

function sync(...health: readonly string[]): string {
  return `${platformSync('apps', 'interval: 20m', 'timeout: 15m', 'wait: true', ...health)}# file: apps/canary.yaml
${CANARY_EXAMPLE}${TARGET_EXAMPLE}`;
}
