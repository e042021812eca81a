import { ObjectCheck } from '../check';
import { platformSync } from '../example-parts';
import { itemsAt, mapAt, pointerOf, textAt } from '../manifest-fields';
import { dependenciesOf } from '../references';
import { isMap } from '../../vocabulary/is-map';

export const dependencyWithoutHealth: ObjectCheck = {
  id: 'dependency-without-health',
  severity: 'warning',
  profile: 'strict',
  summary: 'a Kustomization that others depend on should wait for the health of what it applies',
  why: 'Without wait or healthChecks a Kustomization is ready as soon as the API server has accepted its objects. What depends on it starts before they run.',
  remedy: 'set wait to true, or list healthChecks, in the Kustomization that is depended on',
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#health-assessment'],
  types: ['kustomize.toolkit.fluxcd.io/Kustomization'],
  needs: 'cluster',
  bad: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  dependsOn:
    - name: network
  interval: 10m
  path: ./network
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: apps
  wait: true
---
${platformSync('network', 'sourceRef:\n    kind: GitRepository\n    name: apps')}---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 5m
  ref:
    branch: main
  url: https://git.example.com/acme/apps
`,
  good: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  dependsOn:
    - name: network
  interval: 10m
  path: ./network
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: apps
  wait: true
---
${platformSync('network', 'sourceRef:\n    kind: GitRepository\n    name: apps', 'wait: true')}---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 5m
  ref:
    branch: main
  url: https://git.example.com/acme/apps
`,
  *examine({ manifest }, cluster) {
    const items = new Map(
      itemsAt(manifest, 'spec', 'dependsOn').map(({ value, pointer }) => [pointer, value]),
    );
    for (const { type, namespace, name, pointer } of dependenciesOf(manifest)) {
      const found = cluster.find(type, namespace, name);
      const isJudged = textAt(items.get(pointer), 'readyExpr') !== undefined;
      if (found && !isJudged && !isWaiting(found.manifest)) {
        yield {
          message: `depends on '${name}' in namespace '${namespace}', which has neither wait nor healthChecks`,
          pointer: pointer + pointerOf('name'),
        };
      }
    }
  },
};

/** Whether a Kustomization is ready only when something it applied is; so it is, too, where that is not known. */
function isWaiting(manifest: any): boolean {
  const { wait, healthChecks } = mapAt(manifest, 'spec');
  const isListed = Array.isArray(healthChecks) && healthChecks.some(isMap);
  return isListed || wait === true || typeof wait === 'string';
}
