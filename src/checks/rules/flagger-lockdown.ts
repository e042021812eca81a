import { ClusterView } from '../../clusters/cluster-view';
import { flaggerReleases } from '../canaries';
import { ObjectCheck } from '../check';
import { valueAt } from '../manifest-fields';

const RELEASE = `# with: tenant team-a
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: flagger
  namespace: flux-system
spec:
  interval: 1h
  url: https://flagger.app
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: flagger
  namespace: flux-system
spec:
  interval: 1h
  serviceAccountName: helm-controller
  storageNamespace: flagger-system
  targetNamespace: flagger-system
  driftDetection:
    mode: enabled
  install:
    strategy:
      name: RetryOnFailure
  upgrade:
    strategy:
      name: RetryOnFailure
  chart:
    spec:
      chart: flagger
      version: 1.44.0
      sourceRef:
        kind: HelmRepository
        name: flagger
  values:
    noCrossNamespaceRefs: true
    meshProvider: istio
`;

export const flaggerLockdown: ObjectCheck = {
  id: 'flagger-lockdown',
  severity: 'warning',
  profile: 'recommended',
  summary: 'Flagger must not follow references across the namespaces of tenants',
  why: 'Flagger may read the Secrets of every namespace. Unless it is told otherwise, the Canary of a tenant may name the MetricTemplate or AlertProvider of another, and use its credentials.',
  remedy: "set noCrossNamespaceRefs: true in the values of Flagger's chart",
  links: ['https://docs.flagger.app/faq'],
  types: ['helm.toolkit.fluxcd.io/HelmRelease'],
  needs: 'cluster',
  bad: RELEASE.replace('    noCrossNamespaceRefs: true\n', ''),
  good: RELEASE,
  *examine(object, cluster) {
    const values = valueAt(object.manifest, 'spec', 'values');
    if (
      cluster.once(releases).has(object) &&
      cluster.tenants.all.length > 0 &&
      valueAt(object.manifest, 'spec', 'valuesFrom') === undefined &&
      // One that looks after a single namespace knows of no other.
      !valueAt(values, 'namespace') &&
      ![true, 'true'].includes(valueAt(values, 'noCrossNamespaceRefs'))
    ) {
      yield {
        message: 'installs Flagger for tenants without noCrossNamespaceRefs: true',
        pointer: values === undefined ? '/spec' : '/spec/values',
      };
    }
  },
};

function releases(cluster: ClusterView): ReadonlySet<unknown> {
  return new Set(flaggerReleases(cluster));
}
