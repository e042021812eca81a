import { Chance } from './chance';
import { container, NAMES, podSpec, texts, workload } from './pods';

const NAMESPACES = [undefined, undefined, 'x', 'y', 'default'];
/** An object of any kind, as somebody may write it. */
export function anyObject(chance: Chance): any {
  const [apiVersion, kind, fields] = chance.oneOf(KINDS)(chance);
  const namespace = chance.oneOf(NAMESPACES);
  return {
    apiVersion,
    kind,
    metadata: {
      name: chance.oneOf(NAMES),
      ...(namespace && { namespace }),
      ...chance.some(0.4, () => ({ labels: texts(chance) })),
      ...chance.some(0.3, () => ({ annotations: texts(chance) })),
      ...chance.some(0.1, () => ({ finalizers: chance.list(2, () => chance.oneOf(NAMES)) })),
    },
    ...fields,
  };
}

type Fields = readonly [apiVersion: string, kind: string, fields: any];

function subject(chance: Chance): any {
  const name = chance.oneOf([...NAMES, 'default']);
  return chance.oneOf([
    { kind: 'ServiceAccount', name, namespace: chance.oneOf(['x', 'y', 'default']) },
    { kind: 'ServiceAccount', name },
    { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name },
    { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'team' },
  ]);
}

function binding(chance: Chance, kinds: readonly string[]): any {
  return {
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: chance.oneOf(kinds),
      name: chance.oneOf(NAMES),
    },
    subjects: chance.list(3, () => subject(chance)),
  };
}

function role(chance: Chance): any {
  return {
    rules: chance.list(2, () => ({
      apiGroups: [''],
      resources: ['configmaps'],
      verbs: ['get'],
      ...chance.some(0.5, () => ({ resourceNames: chance.list(2, () => chance.oneOf(NAMES)) })),
    })),
  };
}

const RBAC = 'rbac.authorization.k8s.io/v1';

const KINDS: readonly ((chance: Chance) => Fields)[] = [
  (c) => ['apps/v1', 'Deployment', workload(c)],
  (c) => ['apps/v1', 'Deployment', workload(c)],
  (c) => [
    'apps/v1',
    'StatefulSet',
    {
      spec: {
        ...workload(c).spec,
        serviceName: c.oneOf(NAMES),
        volumeClaimTemplates: c.list(2, () => ({
          metadata: { name: c.oneOf(['data', 'logs']) },
          spec: { storageClassName: c.oneOf(NAMES) },
        })),
      },
    },
  ],
  (c) => ['apps/v1', 'DaemonSet', workload(c)],
  (c) => ['batch/v1', 'Job', workload(c)],
  (c) => [
    'batch/v1',
    'CronJob',
    { spec: { schedule: '* * * * *', jobTemplate: { spec: { template: { spec: podSpec(c) } } } } },
  ],
  (c) => ['v1', 'Pod', { spec: podSpec(c) }],
  (c) => ['v1', 'ConfigMap', { data: texts(c) }],
  () => ['v1', 'ConfigMap', {}],
  (c) => ['v1', 'Secret', { stringData: texts(c) }],
  (c) => [
    'v1',
    'Service',
    {
      spec: {
        ...c.some(0.7, () => ({ selector: texts(c) })),
        ports: c.list(2, () => ({
          port: c.oneOf([80, 443]),
          ...c.some(0.5, () => ({ protocol: c.oneOf(['TCP', 'UDP']) })),
        })),
      },
    },
  ],
  (c) => [
    'v1',
    'ServiceAccount',
    c.is(0.5) ? { imagePullSecrets: [{ name: c.oneOf(NAMES) }] } : {},
  ],
  (c) => [RBAC, 'Role', role(c)],
  (c) => [RBAC, 'RoleBinding', binding(c, ['Role', 'ClusterRole'])],
  (c) => [RBAC, 'ClusterRole', role(c)],
  (c) => [RBAC, 'ClusterRoleBinding', binding(c, ['ClusterRole'])],
  () => ['v1', 'Namespace', {}],
  () => ['v1', 'PersistentVolumeClaim', { spec: {} }],
  (c) => [
    'networking.k8s.io/v1',
    'Ingress',
    {
      spec: {
        ingressClassName: c.oneOf(NAMES),
        tls: [{ secretName: c.oneOf(NAMES) }],
        rules: c.list(2, () => ({
          host: 'a.example',
          http: {
            paths: [{ backend: { service: { name: c.oneOf(NAMES), port: { number: 80 } } } }],
          },
        })),
      },
    },
  ],
  (c) => [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    {
      spec: {
        podSelector: c.oneOf([{}, { matchLabels: texts(c) }]),
        ingress: [{ from: [{ podSelector: { matchLabels: texts(c) } }] }],
      },
    },
  ],
  (c) => [
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    {
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: c.oneOf(['Deployment', 'StatefulSet']),
          name: c.oneOf(NAMES),
        },
      },
    },
  ],
  () => ['policy/v1', 'PodDisruptionBudget', { spec: { selector: { matchLabels: { app: 'a' } } } }],
  () => ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: { group: 'acme.io' } }],
  () => ['apiregistration.k8s.io/v1', 'APIService', { spec: { version: 'v1' } }],
  (c) => [
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    {
      webhooks: c.list(2, () => ({
        name: c.oneOf(NAMES),
        clientConfig: { service: { name: c.oneOf(NAMES), namespace: c.oneOf(['x', 'default']) } },
      })),
    },
  ],
  (c) => [
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    {
      spec: {
        interval: '1h',
        values: { list: c.list(3, () => ({ name: c.oneOf(NAMES) })), nothing: null, on: c.is(0.5) },
        valuesFrom: [{ kind: 'ConfigMap', name: c.oneOf(NAMES) }],
      },
    },
  ],
  (c) => [
    'acme.io/v1',
    'Widget',
    {
      spec: {
        containers: [container(c)],
        size: c.oneOf([1, '1', 1.5, true, null]),
        template: c.oneOf([
          {},
          { spec: podSpec(c) },
          { apiVersion: 'v1', kind: 'Pod', spec: podSpec(c) },
        ]),
      },
    },
  ],
  () => ['kyverno.io/v1', 'ClusterPolicy', { spec: { rules: [{ name: 'a' }] } }],
];
