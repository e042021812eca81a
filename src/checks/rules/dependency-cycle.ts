import { AppliedObject, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { identityOf } from '../../inventory/identity';
import { ObjectCheck } from '../check';
import { configMap, platformSync } from '../example-parts';
import { APPLIER_TYPES } from '../flux-controller';
import { itemsAt, pointerOf, textAt, valueAt } from '../manifest-fields';
import { dependenciesOf } from '../references';

const SETTINGS = `# file: network/settings.yaml
${configMap('network', 'network', 'range: 10.0.0.0/8')}`;

export const dependencyCycle: ObjectCheck = {
  id: 'dependency-cycle',
  severity: 'error',
  profile: 'recommended',
  summary: 'no Kustomization or HelmRelease may depend on itself, by way of others or at once',
  why: 'Each waits until all that it depends on is ready. In a circle nothing ever is, and Flux reconciles none of it.',
  remedy: 'remove the dependsOn that leads back',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
    'https://fluxcd.io/flux/components/helm/helmreleases/#dependencies',
  ],
  types: APPLIER_TYPES,
  needs: 'cluster',
  bad: `${platformSync('network', 'dependsOn:\n    - name: network', 'wait: true')}${SETTINGS}`,
  good: `${platformSync('network', 'wait: true')}${SETTINGS}`,
  *examine({ manifest }, cluster) {
    const circle = cluster.once(circles).get(identityOf(manifest));
    for (const { type, namespace, name, pointer } of circle ? dependenciesOf(manifest) : []) {
      if (circle!.has(`${type}/${namespace}/${name}`)) {
        yield {
          message: `depends on '${name}' in namespace '${namespace}', which depends on it${circle!.size > 2 ? ' by way of others' : ''}`,
          pointer: pointer + pointerOf('name'),
        };
      }
    }
  },
};

/** The circle that each object is in which is in one: identities of all that lead to each other. */
function circles(cluster: ClusterView): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const objects of APPLIER_TYPES.map((type) => cluster.ofType(type))) {
    const edges = new Map(
      objects.map((object) => [identityOf(object.manifest), edgesOf(object)] as const),
    );
    for (const component of connected(edges)) {
      const [first] = component;
      if (component.size > 1 || edges.get(first)!.includes(first)) {
        component.forEach((identity) => found.set(identity, component));
      }
    }
  }
  return found;
}

/** What an object waits for to be ready: with readyExpr it may wait for less. */
function edgesOf({ manifest }: AppliedObject): string[] {
  const expressions = new Set(
    itemsAt(manifest, 'spec', 'dependsOn')
      .filter(({ value }) => textAt(value, 'readyExpr'))
      .map(({ pointer }) => pointer),
  );
  return valueAt(manifest, 'spec', 'suspend') === true
    ? []
    : dependenciesOf(manifest)
        .filter(({ pointer }) => !expressions.has(pointer))
        .map(({ namespace, name }) => `${typeOf(manifest)}/${namespace}/${name}`);
}

/** Sets of nodes that lead to each other: two walks, the second against the edges and in the order in which the first ended. */
function connected(edges: ReadonlyMap<string, readonly string[]>): Set<string>[] {
  const backwards = new Map<string, string[]>([...edges.keys()].map((node) => [node, []]));
  edges.forEach((targets, node) => targets.forEach((to) => backwards.get(to)?.push(node)));
  const ended: string[] = [];
  const seen = new Set<string>();
  for (const node of edges.keys()) {
    walk(node, edges, seen, (one) => ended.push(one));
  }
  const assigned = new Set<string>();
  return ended.reverse().flatMap((node) => {
    const component = new Set<string>();
    walk(node, backwards, assigned, (one) => component.add(one));
    return component.size > 0 ? [component] : [];
  });
}

/** Visits what can be reached and has not been seen, and tells each node after all behind it. */
function walk(
  start: string,
  edges: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
  onEnd: (node: string) => void,
): void {
  const path: { node: string; next: number }[] = [];
  const enter = (node: string) => {
    if (edges.has(node) && !seen.has(node)) {
      seen.add(node);
      path.push({ node, next: 0 });
    }
  };
  enter(start);
  while (path.length > 0) {
    const top = path[path.length - 1];
    const targets = edges.get(top.node)!;
    if (top.next < targets.length) {
      enter(targets[top.next++]);
    } else {
      path.pop();
      onEnd(top.node);
    }
  }
}
