import { isOpaque, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { configMap, platformSync } from '../example-parts';
import { itemsAt, mapAt, textAt } from '../manifest-fields';

const WATCH = 'reconcile.fluxcd.io/watch';

export const substitutionWatchLabel: ObjectCheck = {
  id: 'substitution-watch-label',
  severity: 'warning',
  profile: 'strict',
  summary: 'a ConfigMap or Secret that Flux takes values from should be watched',
  why: 'Flux notices a change of it at the next interval only, unless it has the label that has Flux watch it.',
  remedy: `set label ${WATCH} to Enabled`,
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#reacting-immediately-to-configuration-dependencies',
    'https://fluxcd.io/flux/components/helm/helmreleases/#reacting-immediately-to-configuration-dependencies',
  ],
  types: ['/ConfigMap', '/Secret'],
  needs: 'cluster',
  bad: settings(''),
  good: settings(`
  labels:
    ${WATCH}: Enabled`),
  *examine({ manifest, document }, cluster) {
    const { namespace, name } = manifest.metadata;
    const user = cluster.once(users).get(`${typeOf(manifest)}/${namespace}/${name}`);
    // One that kustomize generates has another name after each change.
    const isGenerated = document.manifest?.kind === 'Kustomization';
    const label = mapAt(manifest, 'metadata', 'labels')[WATCH];
    if (user && !isGenerated && label !== 'Enabled' && !isOpaque(label)) {
      yield {
        message: `should have label '${WATCH}: Enabled', because ${user} takes values from it`,
        pointer: '/metadata',
      };
    }
  },
};

/** One object that takes values from each ConfigMap and Secret. */
function users(cluster: ClusterView): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [kind, group, keys] of [
    ['HelmRelease', 'helm', ['spec', 'valuesFrom']],
    ['Kustomization', 'kustomize', ['spec', 'postBuild', 'substituteFrom']],
  ] as const) {
    for (const { manifest } of cluster.ofType(`${group}.toolkit.fluxcd.io/${kind}`)) {
      const { namespace, name } = manifest.metadata;
      for (const { value } of itemsAt(manifest, ...keys)) {
        const key = `/${textAt(value, 'kind')}/${namespace}/${textAt(value, 'name')}`;
        found.set(key, `${kind} '${name}'`);
      }
    }
  }
  return found;
}

function settings(labels: string): string {
  return `${platformSync('apps', 'postBuild:\n    substituteFrom:\n      - kind: ConfigMap\n        name: settings', 'wait: true')}---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: flux-system${labels}
data:
  region: europe
# file: apps/settings.yaml
${configMap('settings', 'apps', 'region: ${region}')}`;
}
