import { FieldSpec } from './field-spec';
import { Gvk } from './resource-id';

/** The fields that hold the name of an object of some kind. */
export interface NameReferences extends Gvk {
  readonly fieldSpecs: readonly FieldSpec[];
}

/** Where each kind has the `spec` of its pods. */
const POD_SPECS: readonly Omit<FieldSpec, 'create'>[] = [
  { path: 'spec', kind: 'Pod' },
  { path: 'template/spec', kind: 'PodTemplate' },
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'].map((kind) => ({
    path: 'spec/template/spec',
    kind,
  })),
  { path: 'spec/jobTemplate/spec/template/spec', kind: 'CronJob' },
];

/** Kinds of which only some fields of their pods are looked at. */
const OF_SOME: readonly Omit<FieldSpec, 'create'>[] = [
  ...POD_SPECS.filter(({ kind }) => kind !== 'PodTemplate' && kind !== 'ReplicaSet'),
  { path: 'spec/template/spec', kind: 'ReplicationController' },
];

function inPods(pods: readonly Omit<FieldSpec, 'create'>[], ...paths: string[]): FieldSpec[] {
  return pods.flatMap(({ path: pod, ...others }) =>
    paths.map((path) => ({ ...others, path: `${pod}/${path}` })),
  );
}

function at(kind: string, ...paths: string[]): FieldSpec[] {
  return paths.map((path) => ({ path, kind }));
}

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
/** Of pods, kustomize wants to know the version where it looks for their ConfigMaps and Secrets. */
const VERSIONED = POD_SPECS.map((pod) => (pod.kind === 'Pod' ? { ...pod, version: 'v1' } : pod));

const scaled = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
  kind,
  fieldSpecs: at('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name'),
}));

const roles = ['Role', 'ClusterRole'].flatMap((kind) => at(kind, 'rules/resourceNames'));

/** The fields that kustomize knows to hold names, in its order. */
export const DEFAULT_NAME_REFERENCES: readonly NameReferences[] = [
  ...scaled,
  {
    kind: 'ConfigMap',
    version: 'v1',
    fieldSpecs: [
      ...inPods(
        VERSIONED,
        'volumes/configMap/name',
        'containers/env/valueFrom/configMapKeyRef/name',
        'initContainers/env/valueFrom/configMapKeyRef/name',
        'containers/envFrom/configMapRef/name',
        'initContainers/envFrom/configMapRef/name',
        'volumes/projected/sources/configMap/name',
      ),
      ...at('Node', 'spec/configSource/configMap'),
      ...roles,
      ...at(
        'Ingress',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap',
      ),
    ],
  },
  {
    kind: 'Secret',
    version: 'v1',
    fieldSpecs: [
      ...inPods(
        VERSIONED,
        'volumes/secret/secretName',
        'containers/env/valueFrom/secretKeyRef/name',
        'initContainers/env/valueFrom/secretKeyRef/name',
        'containers/envFrom/secretRef/name',
        'initContainers/envFrom/secretRef/name',
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ),
      ...at(
        'Ingress',
        'spec/tls/secretName',
        'metadata/annotations/ingress.kubernetes.io\\/auth-secret',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret',
      ),
      ...at('ServiceAccount', 'imagePullSecrets/name'),
      ...at(
        'StorageClass',
        'parameters/secretName',
        'parameters/adminSecretName',
        'parameters/userSecretName',
        'parameters/secretRef',
      ),
      ...roles,
      {
        path: 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name',
        kind: 'Service',
        group: 'serving.knative.dev',
        version: 'v1',
      },
      ...at('PersistentVolume', 'spec/azureFile/secretName'),
    ],
  },
  {
    kind: 'Service',
    version: 'v1',
    fieldSpecs: [
      { path: 'spec/serviceName', kind: 'StatefulSet', group: 'apps' },
      ...at(
        'Ingress',
        'spec/rules/http/paths/backend/serviceName',
        'spec/backend/serviceName',
        'spec/rules/http/paths/backend/service/name',
        'spec/defaultBackend/service/name',
      ),
      { path: 'spec/service/name', kind: 'APIService', group: 'apiregistration.k8s.io' },
      ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].map((kind) => ({
        path: 'webhooks/clientConfig/service',
        kind,
        group: ADMISSION,
      })),
    ],
  },
  {
    kind: 'Role',
    group: RBAC,
    fieldSpecs: [{ path: 'roleRef/name', kind: 'RoleBinding', group: RBAC }],
  },
  {
    kind: 'ClusterRole',
    group: RBAC,
    fieldSpecs: ['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({
      path: 'roleRef/name',
      kind,
      group: RBAC,
    })),
  },
  {
    kind: 'ServiceAccount',
    version: 'v1',
    fieldSpecs: [
      ...['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({
        path: 'subjects',
        kind,
        group: RBAC,
      })),
      ...inPods(OF_SOME, 'serviceAccountName'),
    ],
  },
  {
    kind: 'PersistentVolumeClaim',
    version: 'v1',
    fieldSpecs: inPods(OF_SOME, 'volumes/persistentVolumeClaim/claimName'),
  },
  {
    kind: 'PersistentVolume',
    version: 'v1',
    fieldSpecs: [
      ...at('PersistentVolumeClaim', 'spec/volumeName'),
      ...at('ClusterRole', 'rules/resourceNames'),
    ],
  },
  {
    kind: 'StorageClass',
    version: 'v1',
    group: 'storage.k8s.io',
    fieldSpecs: [
      ...at('PersistentVolume', 'spec/storageClassName'),
      ...at('PersistentVolumeClaim', 'spec/storageClassName'),
      ...at('StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName'),
    ],
  },
  {
    kind: 'PriorityClass',
    version: 'v1',
    group: 'scheduling.k8s.io',
    fieldSpecs: inPods(OF_SOME, 'priorityClassName'),
  },
  {
    kind: 'ValidatingAdmissionPolicy',
    group: ADMISSION,
    fieldSpecs: [
      { path: 'spec/policyName', kind: 'ValidatingAdmissionPolicyBinding', group: ADMISSION },
    ],
  },
];
