import { ClusterView } from '../../clusters/cluster-view';
import { canariesOf, CANARY_EXAMPLE, flaggerReleases, TARGET_EXAMPLE } from '../canaries';
import { ObjectCheck } from '../check';
import { valueAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

const LABELS = ['app', 'name', 'app.kubernetes.io/name'];

export const canarySelectorLabel: ObjectCheck = {
  id: 'canary-selector-label',
  severity: 'error',
  profile: 'recommended',
  summary: 'the target of a Canary must select its pods by a label that Flagger can change',
  why: "Flagger tells the pods of the two versions apart by one label of the selector: 'app', 'name' or 'app.kubernetes.io/name'. Without any of them it refuses the target.",
  remedy:
    "select by 'app', 'name' or 'app.kubernetes.io/name', or start Flagger with -selector-labels",
  links: ['https://docs.flagger.app/usage/how-it-works'],
  types: ['apps/Deployment', 'apps/DaemonSet'],
  needs: 'cluster',
  bad: CANARY_EXAMPLE + TARGET_EXAMPLE.replace(/app: podinfo/g, 'component: podinfo'),
  good: CANARY_EXAMPLE + TARGET_EXAMPLE,
  *examine(object, cluster) {
    const selector = valueAt(object.manifest, 'spec', 'selector', 'matchLabels');
    const [canary] = canariesOf(object, cluster);
    if (
      canary &&
      isMap(selector) &&
      !LABELS.some((label) => Object.hasOwn(selector, label)) &&
      !cluster.once(mayHaveOwnLabels)
    ) {
      const got = Object.keys(selector)
        .map((key) => `'${key}'`)
        .join(', ');
      yield {
        message: `must select its pods by 'app', 'name' or 'app.kubernetes.io/name' for Canary '${canary.metadata.name}', got ${got || 'none'}`,
        pointer: '/spec/selector/matchLabels',
      };
    }
  },
};

/** Whether Flagger may have been started with labels of the platform's choice. */
function mayHaveOwnLabels(cluster: ClusterView): boolean {
  return flaggerReleases(cluster).some(
    ({ manifest: { spec } }) =>
      spec.valuesFrom !== undefined || valueAt(spec, 'values', 'selectorLabels') !== undefined,
  );
}
