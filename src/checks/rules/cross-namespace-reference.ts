import { AppliedObject, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { gitSource } from '../example-parts';
import { COMPONENT_OF } from '../flux-controller';
import { forbidsCrossNamespace } from '../lockdown';
import { pointerOf } from '../manifest-fields';
import {
  dependenciesOf,
  Reference,
  referenced,
  referencesOf,
  REFERRING_TYPES,
} from '../references';

export const crossNamespaceReference: ObjectCheck = {
  id: 'cross-namespace-reference',
  severity: 'error',
  profile: 'recommended',
  summary:
    "a tenant's object must name only objects of its own namespace, as all must where Flux is locked down",
  why: "Flux reads the named object with its own rights, so a reference into another namespace uses credentials and content that are not the tenant's. With --no-cross-namespace-refs Flux refuses it and reconciles nothing; dependsOn it does not even then check.",
  remedy: 'create the source, policy or provider in the namespace of the object that uses it',
  links: [
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
    'https://fluxcd.io/flux/security/best-practices/',
  ],
  types: REFERRING_TYPES,
  needs: 'cluster',
  bad: example('apps', '\n    namespace: apps'),
  good: example('team-a', ''),
  *examine(object, cluster) {
    const tenant = cluster.tenantOf(object);
    for (const reference of referencesOf(object.manifest)) {
      if (isForeign(reference, object) && isRefused(reference, object, cluster)) {
        yield {
          message: `must name an object of its own namespace '${object.manifest.metadata.namespace}', got ${referenced(reference)}`,
          pointer: reference.pointer + pointerOf('namespace'),
        };
      }
    }
    for (const dependency of dependenciesOf(object.manifest)) {
      const { namespace, pointer } = dependency;
      if (tenant !== undefined && cluster.tenants.ownerOf(namespace) !== tenant) {
        yield {
          message: `must depend only on objects of its own namespaces, got ${referenced(dependency)}`,
          pointer: pointer + pointerOf('namespace'),
        };
      }
    }
  },
};

function isForeign({ namespace }: Reference, { manifest }: AppliedObject): boolean {
  return namespace !== manifest.metadata.namespace;
}

function isRefused(
  { namespace, isGuarded }: Reference,
  object: AppliedObject,
  cluster: ClusterView,
): boolean {
  const tenant = cluster.tenantOf(object);
  const component = COMPONENT_OF.get(typeOf(object.manifest));
  return (
    (tenant !== undefined && cluster.tenants.ownerOf(namespace) !== tenant) ||
    (isGuarded && component !== undefined && forbidsCrossNamespace(cluster, component) === true)
  );
}

/** A sync of tenant `team-a`, and its source in a namespace. */
function example(namespace: string, reference: string): string {
  return `# with: tenant team-a
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: podinfo
  namespace: team-a
spec:
  interval: 10m
  path: ./deploy
  prune: true
  serviceAccountName: team-a
  sourceRef:
    kind: GitRepository
    name: podinfo${reference}
  targetNamespace: team-a
  wait: true
---
${gitSource('podinfo', namespace, 'https://git.example.com/acme/podinfo', { signers: 'signers' })}`;
}
