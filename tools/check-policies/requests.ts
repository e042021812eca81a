import { TENANT_NAMESPACE } from '../../src/policies/fixtures/fixture';
import { policyFixtures } from '../../src/policies/fixtures/policy-fixtures';
import { TENANCY_POLICIES } from '../../src/policies/tenancy-policies';
import { isWritten, TRAFFIC_KINDS, trafficSamples } from './traffic-samples';

/** What the API server is asked, and by which policies it has to refuse it. */
export interface AdmissionRequest {
  readonly name: string;
  readonly operation: 'CREATE' | 'UPDATE';
  /** Plural name. */
  readonly resource: string;
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
  const resources = TENANCY_POLICIES.find(({ name }) => name === policy)!.scopes.flatMap(
    (scope) => scope.resources,
  );
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

/** What breaks a policy, where nothing but metadata changes: the policy came later. */
function untouched(): AdmissionRequest[] {
  return fixtures()
    .filter(({ object }) => object.spec && object.kind !== 'Pod')
    .map((request) => ({
      ...request,
      name: `${request.name}, unchanged`,
      operation: 'UPDATE' as const,
      oldObject: { ...request.object, metadata: { ...request.object.metadata, finalizers: ['x'] } },
      refusedBy: [],
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

/** A namespace that is changed, by each of those who may want to. */
function namespaces(): AdmissionRequest[] {
  const { metadata } = TENANT_NAMESPACE;
  const { [Object.keys(metadata.labels)[0]]: _tenant, ...unlabelled } = metadata.labels as any;
  const grabs = {
    'without its label': { ...metadata, labels: unlabelled },
    'without anything': { name: metadata.name },
    'with other sources': {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        'cdk8s-flux-tenants/allowed-oci': 'oci://evil.example',
      },
    },
    'with privileged pods': {
      ...metadata,
      labels: { ...metadata.labels, 'pod-security.kubernetes.io/enforce': 'privileged' },
    },
  };
  const users: [string, string[], string[]][] = [
    [TENANT_ACCOUNT, ['system:authenticated'], ['flux-tenants-namespaces']],
    [PLATFORM_ACCOUNT, [], []],
    ['admin', ['system:masters'], []],
  ];
  return Object.entries(grabs).flatMap(([grab, changed]) =>
    users.map(([username, groups, refusedBy]) => ({
      name: `namespace ${grab}, by ${username}`,
      operation: 'UPDATE' as const,
      resource: 'namespaces',
      object: { ...TENANT_NAMESPACE, metadata: changed },
      oldObject: TENANT_NAMESPACE,
      namespace: null,
      username,
      groups,
      refusedBy,
    })),
  );
}

export function admissionRequests(): AdmissionRequest[] {
  return [
    ...fixtures(),
    ...untouched(),
    ...annotated(),
    ...sampled(),
    ...elsewhere(),
    ...namespaces(),
  ];
}
