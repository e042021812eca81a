import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { platformSync, settingsFile } from '../example-parts';
import { APPLIER_TYPES } from '../flux-controller';
import { pointerOf } from '../manifest-fields';
import { dependenciesOf, isSuspended, Reference } from '../references';

export const dependencyExists: ObjectCheck = {
  id: 'dependency-exists',
  severity: 'error',
  profile: 'recommended',
  summary: 'what a Kustomization or HelmRelease depends on must be there',
  why: 'Flux does not reconcile an object before all that it depends on is ready, and what does not exist never is.',
  remedy: 'correct the name or namespace in dependsOn, or remove the entry',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
    'https://fluxcd.io/flux/components/helm/helmreleases/#dependencies',
  ],
  types: APPLIER_TYPES,
  needs: 'cluster',
  bad: `${platformSync('apps', 'dependsOn:\n    - name: netwrk', 'wait: true')}---
${platformSync('network', 'wait: true')}${settingsFile('apps', 'apps')}${settingsFile('network', 'network')}`,
  good: `${platformSync('apps', 'dependsOn:\n    - name: network', 'wait: true')}---
${platformSync('network', 'wait: true')}${settingsFile('apps', 'apps')}${settingsFile('network', 'network')}`,
  *examine({ manifest }, cluster) {
    if (isSuspended(manifest)) {
      return;
    }
    for (const dependency of dependenciesOf(manifest)) {
      const { type, namespace, name, pointer } = dependency;
      const isThere = cluster.find(type, namespace, name) || isRoot(dependency, cluster);
      if (!isThere && !cluster.mayHoldMore(namespace)) {
        yield {
          message: `depends on '${name}' in namespace '${namespace}', which is not there`,
          pointer: pointer + pointerOf('name'),
        };
      }
    }
  },
};

/** Whether it is what `flux bootstrap` or flux-operator applies the cluster's root by. */
function isRoot({ type, namespace, name }: Reference, { source }: ClusterView): boolean {
  return type.endsWith('/Kustomization') && namespace === source?.namespace && name === source.name;
}
