import { fieldOf } from './values';

/** How lists are merged at and below a field. */
export interface MergeSchema {
  /** The fields that tell items of this list apart; none of them where the items are scalars. */
  readonly keys?: readonly string[];
  readonly items?: MergeSchema;
  readonly fields?: { readonly [name: string]: MergeSchema };
}

function list(keys: readonly string[], fields?: MergeSchema['fields']): MergeSchema {
  return { keys, items: { fields } };
}
function fields(of: NonNullable<MergeSchema['fields']>): MergeSchema {
  return { fields: of };
}

const METADATA = fields({ finalizers: list([]), ownerReferences: list(['uid']) });
const VOLUMES = {
  volumeDevices: list(['devicePath']),
  volumeMounts: list(['mountPath']),
};
const CONTAINERS = list(['name'], {
  env: list(['name']),
  ports: list(['containerPort', 'protocol']),
  ...VOLUMES,
});
const POD_SPEC = fields({
  containers: CONTAINERS,
  initContainers: CONTAINERS,
  ephemeralContainers: list(['name'], { env: list(['name']), ...VOLUMES }),
  hostAliases: list(['ip']),
  imagePullSecrets: list(['name']),
  topologySpreadConstraints: list(['topologyKey', 'whenUnsatisfiable']),
  volumes: list(['name'], {
    ephemeral: fields({ volumeClaimTemplate: fields({ metadata: METADATA }) }),
  }),
});
const TEMPLATE = fields({ metadata: METADATA, spec: POD_SPEC });
const JOB_SPEC = fields({ template: TEMPLATE });
const CRON_JOB = {
  spec: fields({ jobTemplate: fields({ metadata: METADATA, spec: JOB_SPEC }) }),
};
const WORKLOAD = { spec: fields({ template: TEMPLATE }) };
const STATEFUL_SET = {
  spec: fields({
    template: TEMPLATE,
    volumeClaimTemplates: { items: fields({ metadata: METADATA }) },
  }),
};
const WEBHOOKS = { webhooks: list(['name']) };
const CSI_NODE = { spec: fields({ drivers: list(['name']) }) };

/** What kustomize knows lists of, beside those of metadata. */
const LISTS: { readonly [type: string]: NonNullable<MergeSchema['fields']> } = {
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration': WEBHOOKS,
  'apps/v1 DaemonSet': WORKLOAD,
  'apps/v1 Deployment': WORKLOAD,
  'apps/v1 ReplicaSet': WORKLOAD,
  'apps/v1 StatefulSet': STATEFUL_SET,
  'batch/v1 CronJob': CRON_JOB,
  'batch/v1 Job': { spec: JOB_SPEC },
  'batch/v1beta1 CronJob': CRON_JOB,
  'storage.k8s.io/v1 CSINode': CSI_NODE,
  'storage.k8s.io/v1beta1 CSINode': CSI_NODE,
  'v1 Node': { spec: fields({ podCIDRs: list([]) }) },
  'v1 Pod': { spec: POD_SPEC },
  'v1 PodTemplate': { template: TEMPLATE },
  'v1 ReplicationController': WORKLOAD,
  'v1 Service': { spec: fields({ ports: list(['port', 'protocol']) }) },
  'v1 ServiceAccount': { secrets: list(['name']) },
};

/** Kinds of which kustomize knows the metadata: the published API of the Kubernetes that it was compiled with. */
const KNOWN = new Map(
  Object.entries({
    'admissionregistration.k8s.io/v1':
      'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/v1beta1':
      'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
    'apiextensions.k8s.io/v1beta1': 'CustomResourceDefinition',
    'apiregistration.k8s.io/v1': 'APIService',
    'apiregistration.k8s.io/v1beta1': 'APIService',
    'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
    'authentication.k8s.io/v1': 'TokenRequest TokenReview',
    'authentication.k8s.io/v1beta1': 'TokenReview',
    'authorization.k8s.io/v1':
      'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
    'authorization.k8s.io/v1beta1':
      'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
    'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
    'autoscaling/v2beta1': 'HorizontalPodAutoscaler',
    'autoscaling/v2beta2': 'HorizontalPodAutoscaler',
    'batch/v1': 'CronJob Job',
    'batch/v1beta1': 'CronJob',
    'certificates.k8s.io/v1': 'CertificateSigningRequest',
    'certificates.k8s.io/v1beta1': 'CertificateSigningRequest',
    'coordination.k8s.io/v1': 'Lease',
    'coordination.k8s.io/v1beta1': 'Lease',
    'discovery.k8s.io/v1': 'EndpointSlice',
    'discovery.k8s.io/v1beta1': 'EndpointSlice',
    'events.k8s.io/v1': 'Event',
    'events.k8s.io/v1beta1': 'Event',
    'extensions/v1beta1': 'Ingress',
    'flowcontrol.apiserver.k8s.io/v1beta1': 'FlowSchema PriorityLevelConfiguration',
    'networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy',
    'networking.k8s.io/v1beta1': 'Ingress IngressClass',
    'node.k8s.io/v1': 'RuntimeClass',
    'node.k8s.io/v1beta1': 'RuntimeClass',
    'policy/v1': 'PodDisruptionBudget',
    'policy/v1beta1': 'Eviction PodDisruptionBudget PodSecurityPolicy',
    'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
    'rbac.authorization.k8s.io/v1beta1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
    'scheduling.k8s.io/v1': 'PriorityClass',
    'scheduling.k8s.io/v1beta1': 'PriorityClass',
    'storage.k8s.io/v1': 'CSIDriver CSINode StorageClass VolumeAttachment',
    'storage.k8s.io/v1beta1': 'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment',
    v1:
      'Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume ' +
      'PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  }).flatMap(([version, kinds]) =>
    kinds.split(' ').map((kind): [string, MergeSchema] => {
      const type = `${version} ${kind}`;
      return [type, fields({ metadata: METADATA, ...LISTS[type] })];
    }),
  ),
);

/** How kustomize merges lists of an object; undefined where it does not know its kind, and replaces them. */
export function mergeSchemaOf(object: any): MergeSchema | undefined {
  return KNOWN.get(`${fieldOf(object, 'apiVersion')} ${fieldOf(object, 'kind')}`);
}
