import { ObjectCheck } from '../check';
import { gitSource, platformSync } from '../example-parts';
import { itemsAt, mapAt, pointerOf, textAt } from '../manifest-fields';
import { dependenciesOf } from '../references';
import { isMap } from '../../vocabulary/is-map';

const SOURCE = 'sourceRef:\n    kind: GitRepository\n    name: apps';

/** A sync that depends on another, with lines of the spec of that one. */
function example(...lines: readonly string[]): string {
  const dependency = 'dependsOn:\n    - name: network';
  return [
    platformSync('apps', dependency, 'path: ./network', SOURCE, 'wait: true'),
    platformSync('network', SOURCE, ...lines),
    gitSource('apps', 'flux-system', 'https://git.example.com/acme/apps'),
  ].join('---\n');
}

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
  bad: example(),
  good: example('wait: true'),
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
