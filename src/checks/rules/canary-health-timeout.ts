import { AppliedObject } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { analysisSeconds, CANARY_EXAMPLE, CANARY_TYPE, secondsOf } from '../canaries';
import { ObjectCheck } from '../check';
import { itemsAt, textAt, valueAt } from '../manifest-fields';
import { addTo } from '../../vocabulary/grouped';

const SYNC = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 30m
  timeout: 3m
  path: ./apps
  prune: true
  wait: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
  healthCheckExprs:
    - apiVersion: flagger.app/v1beta1
      kind: Canary
      inProgress: "!has(status.conditions) || status.conditions.exists(e, e.type == 'Promoted' && e.status == 'Unknown')"
      failed: status.conditions.exists(e, e.type == 'Promoted' && e.status == 'False')
      current: status.conditions.exists(e, e.type == 'Promoted' && e.status == 'True')
# file: apps/canary.yaml
${CANARY_EXAMPLE}`;

export const canaryHealthTimeout: ObjectCheck = {
  id: 'canary-health-timeout',
  severity: 'warning',
  profile: 'recommended',
  summary: 'a Kustomization that waits for a Canary must wait longer than its analysis takes',
  why: 'With a health expression for Canaries, a Kustomization is healthy only when the new version is promoted. Does its timeout end before, it fails at every rollout, and what depends on it is held up.',
  remedy:
    'set a timeout that is longer than interval times steps of the analysis, or do not wait for the Canary',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions',
    'https://docs.flagger.app/usage/how-it-works',
  ],
  types: ['kustomize.toolkit.fluxcd.io/Kustomization'],
  needs: 'cluster',
  bad: SYNC,
  good: SYNC.replace('timeout: 3m', 'timeout: 10m'),
  *examine(object, cluster) {
    const { manifest } = object;
    const timeout = timeoutOf(manifest);
    if (timeout === undefined || !waitsForCanaries(manifest)) {
      return;
    }
    for (const canary of cluster.once(canariesBySync).get(object) ?? []) {
      const seconds = analysisSeconds(canary);
      if (seconds !== undefined && seconds > timeout) {
        const { name, namespace } = canary.metadata;
        yield {
          message: `waits ${timeout}s for Canary '${name}' in namespace '${namespace}', whose analysis takes ${seconds}s at least`,
          pointer: textAt(manifest, 'spec', 'timeout') ? '/spec/timeout' : '/spec',
        };
      }
    }
  },
};

function canariesBySync(cluster: ClusterView): ReadonlyMap<AppliedObject, readonly any[]> {
  const bySync = new Map<AppliedObject, any[]>();
  for (const { manifest, sync } of cluster.ofType(CANARY_TYPE)) {
    const { skipAnalysis, suspend } = manifest.spec ?? {};
    if (sync && !skipAnalysis && !suspend) {
      addTo(bySync, sync, manifest);
    }
  }
  return bySync;
}

/** In seconds, as kustomize-controller has it: 30 seconds less than the interval where nothing is said, and never below 30. */
function timeoutOf(manifest: any): number | undefined {
  const written = valueAt(manifest, 'spec', 'timeout');
  const seconds =
    written === undefined
      ? (secondsOf(valueAt(manifest, 'spec', 'interval')) ?? NaN) - 30
      : secondsOf(written);
  return seconds === undefined || Number.isNaN(seconds) ? undefined : Math.max(seconds, 30);
}

function waitsForCanaries(manifest: any): boolean {
  const isJudged = itemsAt(manifest, 'spec', 'healthCheckExprs').some(
    ({ value }) =>
      textAt(value, 'apiVersion')?.startsWith('flagger.app/') &&
      (textAt(value, 'kind') ?? 'Canary') === 'Canary',
  );
  const isChecked = itemsAt(manifest, 'spec', 'healthChecks').some(
    ({ value }) => textAt(value, 'kind') === 'Canary',
  );
  return isJudged && (valueAt(manifest, 'spec', 'wait') === true || isChecked);
}
