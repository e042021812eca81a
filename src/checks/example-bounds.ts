/** Bounds of tenants, for examples. */

/** The file with the Namespace of tenant `team-a`, with lines of labels more, and others of annotations. */
export function namespaceFile(
  labels: string,
  annotations = '    kustomize.toolkit.fluxcd.io/prune: disabled\n',
): string {
  return `# with: tenant team-a
# file: tenants/base/team-a/namespaces.yaml
apiVersion: v1
kind: Namespace
metadata:
  annotations:
${annotations}  labels:
${labels}    toolkit.fluxcd.io/tenant: team-a
  name: team-a
`;
}

/** A ResourceQuota of some amounts, each `<resource>: <amount>`. */
export function quotaOf(name: string, namespace: string, ...amounts: readonly string[]): string {
  return `apiVersion: v1
kind: ResourceQuota
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  hard:
${amounts.map((one) => `    ${one}\n`).join('')}`;
}

/** The quota that keeps the system's priorities from a namespace, or some of them, as a further document. */
export function noSystemPriority(
  namespace: string,
  priorities: readonly string[] = ['system-cluster-critical', 'system-node-critical'],
): string {
  return `---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: no-system-priority
  namespace: ${namespace}
spec:
  hard:
    pods: '0'
  scopeSelector:
    matchExpressions:
      - operator: In
        scopeName: PriorityClass
        values:
${priorities.map((one) => `          - ${one}\n`).join('')}`;
}

/** A LimitRange that gives containers a limit of memory, and more when that is said. */
export function limitRange(name: string, namespace: string, more = ''): string {
  return `apiVersion: v1
kind: LimitRange
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  limits:
    - default:
        memory: 512Mi
${more}      type: Container
`;
}

/** What more a LimitRange can give containers. */
export const CPU_REQUEST = `      defaultRequest:
        cpu: 100m
`;

/** A NetworkPolicy of all pods of a namespace, which lets nothing through but by its rules. */
export function policyOfAllPods(
  name: string,
  namespace: string,
  types: readonly string[],
  rules = '',
): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
${rules}  podSelector: {}
  policyTypes:
${types.map((type) => `    - ${type}\n`).join('')}`;
}

/** The rules of a NetworkPolicy by which pods reach the DNS of the cluster. */
export function dnsEgress(port = 53): string {
  return `  egress:
    - ports:
        - port: ${port}
          protocol: UDP
        - port: ${port}
          protocol: TCP
      to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
`;
}

/** What makes of these rules that only the pods of the DNS are reached. */
export const DNS_PODS = `          podSelector:
            matchLabels:
              k8s-app: kube-dns
`;
