import { FLUX_NAMESPACE } from '../vocabulary/labels';
import { Component } from '../vocabulary/flux-controllers';

/** What tells the objects of Flux's own installation. */
export const PART_OF_FLUX = { 'app.kubernetes.io/part-of': 'flux' };

/** The label that says which component an object of an installation belongs to. */
export const COMPONENT_LABEL = 'app.kubernetes.io/component';

/** The role by which controllers that are no cluster administrators work. */
export const CONTROLLER_ROLE = `crd-controller-${FLUX_NAMESPACE}`;

const RBAC = 'rbac.authorization.k8s.io';

/** The rules of that role in Flux 2.7 and later, in their order. */
const RULES = [
  ...['source', 'kustomize', 'helm', 'notification', 'image'].map((of) => allOf(`${of}.toolkit`)),
  allOf('source.extensions'),
  rule('', ['namespaces', 'secrets', 'configmaps', 'serviceaccounts'], 'get', 'list', 'watch'),
  rule('', ['events'], 'create', 'patch'),
  rule('', ['configmaps'], 'get', 'list', 'watch', 'create', 'update', 'patch', 'delete'),
  rule('', ['configmaps/status'], 'get', 'update', 'patch'),
  rule(
    'coordination.k8s.io',
    ['leases'],
    ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  ),
  rule('', ['serviceaccounts/token'], 'create'),
  { nonResourceURLs: ['/livez/ping'], verbs: ['head'] },
];

/**
 * Stands in for what Flux installs, where that is still to come: as much of it as patches are made for, so that they
 * show what they do.
 */
export function fluxStandIns(components: readonly Component[]): any[] {
  return [
    namespace(),
    ...['allow-egress', 'allow-scraping', 'allow-webhooks'].map((name) =>
      named('networking.k8s.io/v1', 'NetworkPolicy', name, { spec: { podSelector: {} } }),
    ),
    named('v1', 'ResourceQuota', 'critical-pods-flux-system', { spec: { hard: { pods: '1000' } } }),
    named(`${RBAC}/v1`, 'ClusterRole', CONTROLLER_ROLE, { rules: RULES }),
    ...[CONTROLLER_ROLE, `cluster-reconciler-${FLUX_NAMESPACE}`].map((name) =>
      named(`${RBAC}/v1`, 'ClusterRoleBinding', name, { subjects: [] }),
    ),
    ...components.flatMap((component) => [
      named('v1', 'ServiceAccount', component, {}, component),
      ...servicesOf(component),
      named('apps/v1', 'Deployment', component, { spec: deploymentOf(component) }, component),
    ]),
  ];
}

/** Stands in for what reconciles the directory of a cluster. */
export function syncStandIns(kind: string, path: string): any[] {
  const sourceRef = { kind, name: FLUX_NAMESPACE };
  const spec = { interval: '10m0s', path, prune: true, sourceRef };
  return [
    named('source.toolkit.fluxcd.io/v1', kind, FLUX_NAMESPACE, { spec: { interval: '1m0s' } }),
    named('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', FLUX_NAMESPACE, { spec }),
  ];
}

function deploymentOf(name: Component): any {
  const labels = { app: name, [COMPONENT_LABEL]: name, ...PART_OF_FLUX };
  const probe = { httpGet: { path: '/readyz', port: 'healthz' } };
  return {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { annotations: { 'prometheus.io/scrape': 'true' }, labels },
      spec: {
        containers: [
          {
            name: 'manager',
            image: `ghcr.io/fluxcd/${name}:v1.0.0`,
            imagePullPolicy: 'IfNotPresent',
            args: argumentsOf(name),
            env: [{ name: 'RUNTIME_NAMESPACE', value: FLUX_NAMESPACE }],
            livenessProbe: probe,
            ports: [{ containerPort: 8080, name: 'http-prom', protocol: 'TCP' }],
            readinessProbe: probe,
            resources: {
              limits: { cpu: '1000m', memory: '1Gi' },
              requests: { cpu: '100m', memory: '64Mi' },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
              readOnlyRootFilesystem: true,
              runAsNonRoot: true,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            volumeMounts: [{ mountPath: '/tmp', name: 'temp' }],
          },
        ],
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        priorityClassName: 'system-cluster-critical',
        securityContext: { fsGroup: 1337 },
        serviceAccountName: name,
        volumes: [{ emptyDir: {}, name: 'temp' }],
      },
    },
  };
}

function argumentsOf(name: Component): string[] {
  const isStore = name === 'source-controller' || name === 'source-watcher';
  return [
    '--events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local.',
    '--watch-all-namespaces=true',
    '--log-level=info',
    '--log-encoding=json',
    '--enable-leader-election',
    ...(isStore ? ['--storage-path=/data', `--storage-adv-addr=${name}.$(RUNTIME_NAMESPACE)`] : []),
  ];
}

function servicesOf(component: Component): any[] {
  const names: { readonly [of: string]: readonly string[] } = {
    'source-controller': ['source-controller'],
    'notification-controller': ['notification-controller', 'webhook-receiver'],
    'source-watcher': ['source-watcher'],
  };
  return (names[component] ?? []).map((name) =>
    named('v1', 'Service', name, { spec: { selector: { app: component } } }, component),
  );
}

function namespace(): any {
  const { metadata, ...rest } = named('v1', 'Namespace', FLUX_NAMESPACE);
  const enforced = { warn: 'restricted', 'warn-version': 'latest' };
  const labels = Object.entries(enforced).map(([mode, value]) => [
    `pod-security.kubernetes.io/${mode}`,
    value,
  ]);
  return {
    ...rest,
    metadata: { ...metadata, labels: { ...metadata.labels, ...Object.fromEntries(labels) } },
  };
}

function named(
  apiVersion: string,
  kind: string,
  name: string,
  content: object = {},
  component?: Component,
): any {
  const isClusterWide = kind === 'Namespace' || kind.startsWith('Cluster');
  const labels = {
    ...(component && { [COMPONENT_LABEL]: component, 'control-plane': 'controller' }),
    'app.kubernetes.io/instance': FLUX_NAMESPACE,
    ...PART_OF_FLUX,
  };
  const namespace = isClusterWide ? {} : { namespace: FLUX_NAMESPACE };
  return { apiVersion, kind, metadata: { labels, name, ...namespace }, ...content };
}

function allOf(group: string): any {
  return rule(`${group}.fluxcd.io`, ['*'], '*');
}

function rule(apiGroup: string, resources: readonly string[], ...verbs: readonly string[]): any {
  return { apiGroups: [apiGroup], resources, verbs };
}
