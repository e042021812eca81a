import { isClusterScopedResource } from './cluster-scoped-resources';
import { isObjectName } from './names';
import { quoted } from './quoted';

/** A rule as roles have it. */
export interface RoleRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

export const READ = ['get', 'list', 'watch'];
export const WRITE = [...READ, 'create', 'update', 'patch', 'delete'];

/** Groups, and all groups below them, that are no tenant's, and why. */
const GROUPS = new Map([
  ['admissionregistration.k8s.io', 'decides over policy'],
  ['apiextensions.k8s.io', 'changes the API of the whole cluster'],
  ['apiregistration.k8s.io', 'changes the API of the whole cluster'],
  ['authentication.k8s.io', 'decides over identities'],
  ['authorization.k8s.io', 'decides over rights'],
  ['authorization.openshift.io', 'decides over rights'],
  ['capsule.clastix.io', 'decides over tenants'],
  ['cattle.io', 'installs with rights of its own'],
  ['certificates.k8s.io', 'decides over identities'],
  ['cilium.io', 'decides over the network'],
  ['flowcontrol.apiserver.k8s.io', 'decides over the API server'],
  ['fluxcd.controlplane.io', 'installs Flux'],
  ['gatekeeper.sh', 'decides over policy'],
  ['k8s.ovn.org', 'decides over the network'],
  ['kyverno.io', 'decides over policy'],
  ['networking.istio.io', 'decides over the network'],
  ['openreports.io', 'tells what broke a policy'],
  ['operators.coreos.com', 'installs operators with rights of their own'],
  ['policy.networking.k8s.io', 'decides over the network'],
  ['projectcalico.org', 'decides over the network'],
  ['security.istio.io', 'decides over the network'],
  ['source.extensions.fluxcd.io', 'makes sources that nothing verifies'],
  ['wgpolicyk8s.io', 'tells what broke a policy'],
]);

/** Resources that are no tenant's in any group, and why. */
const RESOURCES = new Map([
  ['artifactgenerators', 'make sources that nothing verifies'],
  ['bindings', 'choose nodes in the place of the scheduler'],
  ['endpoints', 'send the traffic of Services to pods of others'],
  ['endpointslices', 'send the traffic of Services to pods of others'],
  ['externalartifacts', 'make sources that nothing verifies'],
  ['limitranges', "bound the tenant's resources"],
  ['listenersets', 'answer for hosts on Gateways of others'],
  ['namespaces', 'say whose they are and what their pods may be'],
  ['networkpolicies', 'decide over the network'],
  ['resourcequotas', "bound the tenant's resources"],
  ['rolebindings', 'decide over rights'],
  ['roles', 'decide over rights'],
  ['xlistenersets', 'answer for hosts on Gateways of others'],
]);

const SUBRESOURCES = ['log', 'scale'];
const RESOURCE = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\/[a-z]+)?$/;

/** A rule for tenants on resources of one group. Throws when a tenant with it could leave its bounds. */
export function requireTenantRule(
  apiGroup: string,
  resources: readonly string[],
  verbs: readonly string[],
): RoleRule {
  requireGroup(apiGroup);
  requireSome('resource', resources);
  requireSome('verb', verbs);
  resources.forEach((resource) => requireResource(apiGroup, resource));
  for (const verb of verbs) {
    if (!WRITE.includes(verb)) {
      throw new Error(
        `verb of a tenant rule must be one of ${WRITE.join(', ')}, got ${quoted(verb)}`,
      );
    }
  }
  return { apiGroups: [apiGroup], resources: [...resources], verbs: [...verbs] };
}

function requireGroup(group: string): void {
  if (group !== '' && !isObjectName(group)) {
    throw new Error(
      `apiGroup of a tenant rule must be such as 'external-secrets.io', or empty for the core, got ${quoted(group)}`,
    );
  }
  for (const [closed, why] of GROUPS) {
    if (group === closed || group.endsWith(`.${closed}`)) {
      throw new Error(`apiGroup of a tenant rule must not be '${group}', which ${why}`);
    }
  }
}

function requireResource(group: string, resource: string): void {
  if (!RESOURCE.test(resource)) {
    throw new Error(
      `resource of a tenant rule must be a plural such as 'externalsecrets', got ${quoted(resource)}`,
    );
  }
  const [plural, subresource] = resource.split('/');
  const why = RESOURCES.get(plural);
  if (why !== undefined) {
    throw new Error(`resource of a tenant rule must not be '${resource}', which ${why}`);
  }
  if (subresource !== undefined && !SUBRESOURCES.includes(subresource)) {
    throw new Error(
      `resource of a tenant rule may have the subresource ${SUBRESOURCES.join(' or ')}, got '${resource}'`,
    );
  }
  // By their names, nearly all that begin so lie in no namespace; a cluster of a database is one in a namespace.
  if (isClusterScopedResource(group, plural) || /^cluster[a-z]{2}/.test(plural)) {
    throw new Error(`resource of a tenant rule must lie in namespaces, got '${resource}'`);
  }
}

function requireSome(what: string, list: readonly string[]): void {
  if (list.length === 0) {
    throw new Error(`tenant rule must have a ${what}`);
  }
}
