import { TENANT_NAMESPACE } from '../../src/policies/fixtures/fixture';
import { namespaceFixtures } from '../../src/policies/fixtures/namespace-fixtures';
import { policyFixtures } from '../../src/policies/fixtures/policy-fixtures';
import { tenancyPolicies } from '../../src/policies/tenancy-policies';
import { BREAK_GLASS_GROUP } from './fleets';
import { isWritten, TRAFFIC_KINDS, trafficSamples } from './traffic-samples';

/** What the API server is asked, and by which policies it has to refuse it. */
export interface AdmissionRequest {
  readonly name: string;
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  /** Plural name. */
  readonly resource: string;
  readonly subresource?: string;
  /** `null` when it is deleted. */
  readonly object: any;
  readonly oldObject?: any;
  readonly namespace: any;
  readonly username: string;
  readonly groups: string[];
  readonly refusedBy: string[];
}

const TENANT_ACCOUNT = 'system:serviceaccount:team-a:team-a';
const PLATFORM_ACCOUNT = 'system:serviceaccount:flux-system:kustomize-controller';

function pluralOf(policy: string, kind: string): string {
  const resources = tenancyPolicies()
    .find(({ name }) => name === policy)!
    .scopes.flatMap((scope) => scope.resources);
  return resources.find((one) => one.startsWith(kind.toLowerCase().replace(/y$/, '')))!;
}

function fixtures(): AdmissionRequest[] {
  return policyFixtures().map(({ policy, name, passes, object }) => ({
    name: `${policy} ${name}`,
    operation: 'CREATE',
    resource: pluralOf(policy, object.kind),
    object,
    namespace: TENANT_NAMESPACE,
    username: TENANT_ACCOUNT,
    groups: [],
    refusedBy: passes ? [] : [policy],
  }));
}

/** What can be changed into something else: a pod's account and a Secret's type cannot. */
const changeable = ({ object }: AdmissionRequest) => !['Pod', 'Secret'].includes(object.kind);

/** What breaks a policy, where nothing but metadata or status changes: the policy came later. */
function untouched(): AdmissionRequest[] {
  return fixtures()
    .filter(changeable)
    .filter(({ object }) => object.spec)
    .flatMap((request) =>
      ['', 'status'].map((subresource) => ({
        ...request,
        name: `${request.name}, unchanged ${subresource}`,
        operation: 'UPDATE' as const,
        subresource,
        oldObject: {
          ...request.object,
          metadata: { ...request.object.metadata, finalizers: ['x'] },
        },
        refusedBy: [],
      })),
    );
}

/** What was something else before. */
function changed(): AdmissionRequest[] {
  return fixtures()
    .filter(changeable)
    .map((request) => ({
      ...request,
      name: `${request.name}, changed`,
      operation: 'UPDATE' as const,
      oldObject: {
        ...request.object,
        metadata: { ...request.object.metadata, annotations: {} },
        spec: { before: true },
      },
    }));
}

/** What breaks a policy by an annotation alone, which an update brings. */
function annotated(): AdmissionRequest[] {
  return fixtures()
    .filter(({ object, refusedBy }) => object.metadata.annotations && refusedBy.length > 0)
    .map((request) => ({
      ...request,
      name: `${request.name}, annotated later`,
      operation: 'UPDATE' as const,
      oldObject: { ...request.object, metadata: { ...request.object.metadata, annotations: {} } },
    }));
}

/** Hosts and gateways of which synthesis has judged already. */
function sampled(): AdmissionRequest[] {
  const policies: Record<string, string> = { Ingress: 'ingresses', Canary: 'canaries' };
  return TRAFFIC_KINDS.flatMap((kind) => {
    const policy = `flux-tenants-${policies[kind] ?? 'routes'}`;
    return trafficSamples(kind, 300).map((object) => ({
      name: `${policy} ${JSON.stringify(object)}`,
      operation: 'CREATE' as const,
      resource: pluralOf(policy, kind),
      object,
      namespace: TENANT_NAMESPACE,
      username: TENANT_ACCOUNT,
      groups: [],
      refusedBy: isWritten(object) ? [] : [policy],
    }));
  });
}

/** Whatever there is may go. */
function deleted(): AdmissionRequest[] {
  return fixtures().map((request) => ({
    ...request,
    name: `${request.name}, deleted`,
    operation: 'DELETE' as const,
    object: null,
    oldObject: request.object,
    refusedBy: [],
  }));
}

/** The same objects in a version that nobody serves yet, or any longer. */
function ofAnotherVersion(): AdmissionRequest[] {
  return fixtures().map((request) => ({
    ...request,
    name: `${request.name}, of another version`,
    object: {
      ...request.object,
      apiVersion: request.object.apiVersion.replace(/[^/]+$/, 'v7'),
    },
  }));
}

/** The same objects in a namespace of the platform. */
function elsewhere(): AdmissionRequest[] {
  const metadata = { name: 'flux-system' };
  return fixtures().map((request) => ({
    ...request,
    name: `${request.name}, of the platform`,
    object: {
      ...request.object,
      metadata: { ...request.object.metadata, namespace: 'flux-system' },
    },
    namespace: { apiVersion: 'v1', kind: 'Namespace', metadata },
    refusedBy: [],
  }));
}

/** Who may change what decides over a tenant, and some who may not though they look like it. */
const USERS: readonly { username: string; groups: string[]; isPlatform: boolean }[] = [
  { username: PLATFORM_ACCOUNT, groups: [], isPlatform: true },
  { username: 'admin', groups: ['system:masters'], isPlatform: true },
  { username: 'jane', groups: ['system:authenticated', BREAK_GLASS_GROUP], isPlatform: true },
  { username: TENANT_ACCOUNT, groups: ['system:authenticated'], isPlatform: false },
  {
    username: 'john',
    groups: ['system:authenticated', `${BREAK_GLASS_GROUP}-x`],
    isPlatform: false,
  },
  { username: BREAK_GLASS_GROUP, groups: [], isPlatform: false },
  ...[
    'kube-system:namespace-controller',
    'flux-system:helm-controller',
    'team-a:kustomize-controller',
    'flux-system:kustomize-controller-x',
  ].map((account) => ({
    username: `system:serviceaccount:${account}`,
    groups: ['system:serviceaccounts', 'system:authenticated'],
    isPlatform: false,
  })),
];

/** What is done to a namespace, by each of those who may want to, and through each of its subresources. */
function namespaces(): AdmissionRequest[] {
  return namespaceFixtures().flatMap(({ name, operation, passes, object, oldObject }) =>
    (operation === 'UPDATE' ? ['', 'status', 'finalize'] : ['']).flatMap((subresource) =>
      USERS.map(({ username, groups, isPlatform }) => ({
        name: `namespace ${name}, by ${username} ${operation} ${subresource}`,
        operation,
        resource: 'namespaces',
        subresource,
        object,
        oldObject,
        namespace: oldObject,
        username,
        groups,
        refusedBy: passes || isPlatform ? [] : ['flux-tenants-namespaces'],
      })),
    ),
  );
}

export function admissionRequests(): AdmissionRequest[] {
  return [
    ...fixtures(),
    ...untouched(),
    ...changed(),
    ...annotated(),
    ...sampled(),
    ...deleted(),
    ...ofAnotherVersion(),
    ...elsewhere(),
    ...namespaces(),
  ];
}
