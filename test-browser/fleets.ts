import { runChecks } from '../src/checks/run-checks';
import { FleetView, viewClusters } from '../src/clusters/view-clusters';
import { readSourceFile } from '../src/inventory/read-source-file';
import { SourceTree } from '../src/inventory/source-file';
import { fleetIsolation } from '../src/report/isolation/fleet-isolation';
import { isolationPage } from '../src/report/page/isolation-page';

/** The page of a cluster with as many tenants: every tenth may act on the next one, and every seventh has no policies. */
export function pageOfTenants(count: number): string {
  const names = Array.from({ length: count }, (_, i) => `squad-${String(i).padStart(4, '0')}`);
  const files = names.map((name, i) =>
    readSourceFile(
      `clusters/prod/${name}.yaml`,
      [
        tenant(name),
        ...(i % 7 === 6 ? [] : [policies(name)]),
        ...(i % 10 === 9 ? [grant(names[(i + 1) % count], name)] : []),
      ].join('---\n'),
    ),
  );
  const role = readSourceFile('clusters/prod/flux-system/role.yaml', ROLE);
  const tree = new SourceTree([role, ...files]);
  return pageOf(viewClusters([{ name: 'fleet-infra', tree }]));
}

/** The page of a tenant that calls itself, and all that is its own, by `name`. */
export function pageOfTenant(name: string): string {
  const text = JSON.stringify(name);
  const files = [
    readSourceFile(
      'clusters/prod/all.yaml',
      `kind: Namespace
apiVersion: v1
metadata: {name: ${text}, labels: {toolkit.fluxcd.io/tenant: ${text}}}
---
kind: OCIRepository
apiVersion: source.toolkit.fluxcd.io/v1
metadata: {name: ${text}, namespace: ${text}}
spec: {url: ${text}}
`,
    ),
    readSourceFile('clusters/prod/flux-system/empty.yaml', ''),
  ];
  return pageOf(viewClusters([{ name, tree: new SourceTree(files) }]));
}

function pageOf(fleet: FleetView): string {
  return isolationPage(fleetIsolation(fleet, runChecks(fleet, { profile: 'strict' })));
}

const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: tenant
rules:
  - apiGroups: ['', apps]
    resources: [configmaps, secrets, services, deployments]
    verbs: [get, list, watch, create, update, patch, delete]
`;

function tenant(name: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    toolkit.fluxcd.io/tenant: ${name}
    pod-security.kubernetes.io/enforce: restricted
  annotations:
    cdk8s-flux-tenants/allowed-oci: oci://registry.example.com/manifests/${name}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: ${name}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: manifests
  namespace: ${name}
spec:
  interval: 5m
  url: oci://registry.example.com/manifests/${name}
  ref:
    semver: '>=1.0.0'
  verify:
    provider: cosign
    matchOIDCIdentity:
      - issuer: ^https://token\\.actions\\.githubusercontent\\.com$
        subject: ^https://github\\.com/acme/${name}/\\.github/workflows/publish\\.yaml@refs/tags/v.+$
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: ${name}
spec:
  interval: 5m
  prune: true
  serviceAccountName: ${name}
  sourceRef:
    kind: OCIRepository
    name: manifests
---
${grant(name, name)}`;
}

function grant(namespace: string, account: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${account}
  namespace: ${namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: tenant
subjects:
  - kind: ServiceAccount
    name: ${account}
    namespace: ${account}
  - kind: Group
    name: acme:${account}
    apiGroup: rbac.authorization.k8s.io
`;
}

function policies(name: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default
  namespace: ${name}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              toolkit.fluxcd.io/tenant: ${name}
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ingress-nginx
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
      ports:
        - port: 53
          protocol: UDP
`;
}
