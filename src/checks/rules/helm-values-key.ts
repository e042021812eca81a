import { isOpaque } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { itemsAt, mapAt, textAt, valueAt } from '../manifest-fields';
import { RELEASE } from '../release-example';
import { secretShape } from '../secret-shape';

/** What helm-controller reads where a reference names no key. */
const DEFAULT_KEY = 'values.yaml';

export const helmValuesKey: ObjectCheck = {
  id: 'helm-values-key',
  severity: 'error',
  profile: 'recommended',
  summary: 'what a HelmRelease takes values from must have the key that it names',
  why: `helm-controller reads one key of each ConfigMap and Secret in valuesFrom, ${DEFAULT_KEY} unless valuesKey names another. Where the key is missing, it installs and upgrades nothing.`,
  remedy: `set valuesKey to a key that is there, or add the key; HelmValuesFrom calls it key`,
  links: ['https://fluxcd.io/flux/components/helm/helmreleases/#values-references'],
  types: ['helm.toolkit.fluxcd.io/HelmRelease'],
  needs: 'cluster',
  bad: example('podinfo.yaml'),
  good: example(DEFAULT_KEY),
  *examine({ manifest }, cluster) {
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'valuesFrom')) {
      const [kind, name] = [textAt(value, 'kind'), textAt(value, 'name')];
      const key = textAt(value, 'valuesKey') ?? DEFAULT_KEY;
      // One that may be missing may lack its key, too: then the release goes on without it.
      if (valueAt(value, 'optional') === true || isOpaque(name) || isOpaque(key)) {
        continue;
      }
      const keys = knownKeys(cluster, kind, manifest.metadata.namespace, name);
      if (keys && !keys.includes(key) && !keys.some(isOpaque)) {
        yield {
          message: `must take values from a key that ${kind} '${name}' has (${keys.join(', ')}), got '${key}'`,
          pointer,
        };
      }
    }
  },
};

/** Undefined where something else makes or fills the object. */
function knownKeys(
  cluster: ClusterView,
  kind: string | undefined,
  namespace: unknown,
  name: unknown,
): readonly string[] | undefined {
  if (kind === 'Secret') {
    return secretShape(cluster, namespace, name)?.keys;
  }
  const manifest = cluster.find(`/${kind}`, namespace, name)?.manifest;
  const keys = Object.keys(mapAt(manifest, 'data'));
  return keys.length > 0 && cluster.twinsOf(manifest).length === 1 ? keys : undefined;
}

function example(key: string): string {
  const values = 'valuesFrom:\n    - kind: ConfigMap\n      name: podinfo-values\n';
  return `${RELEASE.replace('\n---', `\n  ${values}---`)}---
apiVersion: v1
kind: ConfigMap
metadata:
  labels:
    reconcile.fluxcd.io/watch: Enabled
  name: podinfo-values
  namespace: apps
data:
  ${key}: |
    replicaCount: 2
`;
}
