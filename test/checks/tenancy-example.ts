import { Profile } from '../../src/checks/check';
import { Finding } from '../../src/checks/finding';
import { CHECKS } from '../../src/checks/registry';
import { runChecks } from '../../src/checks/run-checks';
import { exampleFleet } from './example-repository';

/** All that this library makes of a tenant, in a cluster that is locked down. */
export const WITH_TENANT = '# with: tenant team-a\n';

/** Ids of the checks that find something in an example, sorted. */
export function found(example: string, profile: Profile = 'strict'): string[] {
  return [...new Set(findings(example, profile).map(({ check }) => check))].sort();
}

export function messages(example: string, profile: Profile = 'strict'): string[] {
  return findings(example, profile).map(({ message }) => message);
}

const OF_TENANCY =
  /^(?:binding-subject|default-account|namespace-(?!prune)|network-|platform-service|service-account|tenant-(?!without|insecure|source|account|after|namespace-labelled|system))/;

function findings(example: string, profile: Profile): readonly Finding[] {
  const checks = CHECKS.filter(({ id }) => OF_TENANCY.test(id));
  return runChecks(exampleFleet(example), { profile, checks }).findings;
}

/** A document that ends one; `place` is `[<namespace>/]<name>`. */
export function object(
  apiVersion: string,
  kind: string,
  place: string,
  { labels = '{}', body = '' }: { labels?: string; body?: string } = {},
): string {
  const [name, namespace] = place.split('/').reverse();
  const of = namespace === undefined ? '' : `, namespace: ${namespace}`;
  return `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}${of}, labels: ${labels} }\n${body}\n`;
}

export function source(namespace: string): string {
  return object('source.toolkit.fluxcd.io/v1', 'OCIRepository', `${namespace}/manifests`, {
    body: 'spec: { interval: 10m, url: oci://registry.example.com/apps }',
  });
}

export function sync(namespace: string, ...lines: string[]): string {
  return object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', `${namespace}/apps`, {
    body: `spec:
  ${['interval: 30m', 'path: ./', 'prune: true', 'sourceRef: { kind: OCIRepository, name: manifests }', ...lines].join('\n  ')}`,
  });
}

export function clusterRole(name: string, rules: string, labels = '{}'): string {
  return object('rbac.authorization.k8s.io/v1', 'ClusterRole', name, {
    labels,
    body: `rules: [${rules}]`,
  });
}

export function binding(kind: string, place: string, role: string, ...subjects: string[]): string {
  return object('rbac.authorization.k8s.io/v1', kind, place, {
    body: `roleRef: { kind: ClusterRole, name: '${role}' }\nsubjects: [${subjects.join(', ')}]`,
  });
}

/** A binding of the account of tenant 'team-a' in its namespace. */
export function bound(role: string): string {
  return binding('RoleBinding', 'team-a/some', role, serviceAccount('team-a/team-a'));
}

export function serviceAccount(place: string): string {
  const [namespace, name] = place.split('/');
  return `{ kind: ServiceAccount, name: ${name}, namespace: ${namespace} }`;
}

export function policy(name: string, spec: string): string {
  return object('networking.k8s.io/v1', 'NetworkPolicy', `team-a/${name}`, {
    body: `spec: ${spec}`,
  });
}

/** What 'flux create tenant team-x --with-namespace=apps' writes, but for the role. */
export function createdTenant(role = 'cluster-admin'): string {
  return `${object('v1', 'Namespace', 'apps', { labels: "{ 'toolkit.fluxcd.io/tenant': team-x }" })}
${object('v1', 'ServiceAccount', 'apps/team-x', { labels: "{ 'toolkit.fluxcd.io/tenant': team-x }" })}
${object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'apps/team-x-reconciler', {
  labels: "{ 'toolkit.fluxcd.io/tenant': team-x }",
  body: `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects:
  - { apiGroup: rbac.authorization.k8s.io, kind: User, name: 'gotk:apps:reconciler' }
  - { kind: ServiceAccount, name: team-x, namespace: apps }`,
})}
${source('apps')}
${sync('apps', 'serviceAccountName: team-x')}
`;
}
