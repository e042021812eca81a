import { DEFAULT_NAME_REFERENCES, NameReferences } from './default-name-references';
import { FieldSpec, mergedSpecs } from './field-spec';

/** The fields that kustomize changes, which `configurations` may add to. */
export interface TransformerConfig {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
  readonly nameReference: readonly NameReferences[];
}

const NAME: FieldSpec = { path: 'metadata/name' };
const WORKLOADS = ['Deployment', 'ReplicaSet', 'DaemonSet'];

/** Where the metadata of pods are, and of what makes them; StatefulSets are of any group to annotations alone. */
function templates(field: string, statefulSet: Omit<FieldSpec, 'path'>): FieldSpec[] {
  const template = `spec/template/metadata/${field}`;
  const batch = { group: 'batch', create: true };
  return [
    { path: `metadata/${field}`, create: true },
    { path: template, create: true, version: 'v1', kind: 'ReplicationController' },
    ...WORKLOADS.map((kind) => ({ path: template, create: true, kind })),
    { path: template, create: true, ...statefulSet },
    { path: template, kind: 'Job', ...batch },
    { path: `spec/jobTemplate/metadata/${field}`, kind: 'CronJob', ...batch },
    { path: `spec/jobTemplate/${template}`, kind: 'CronJob', ...batch },
  ];
}

const TEMPLATE_LABELS: FieldSpec[] = [
  ...templates('labels', { group: 'apps', kind: 'StatefulSet' }),
  {
    path: 'spec/volumeClaimTemplates[]/metadata/labels',
    create: true,
    group: 'apps',
    kind: 'StatefulSet',
  },
];

const SELECTORS: FieldSpec[] = [
  { path: 'spec/selector', create: true, version: 'v1', kind: 'Service' },
  { path: 'spec/selector', create: true, version: 'v1', kind: 'ReplicationController' },
  ...WORKLOADS.map((kind) => ({ path: 'spec/selector/matchLabels', create: true, kind })),
  { path: 'spec/selector/matchLabels', create: true, group: 'apps', kind: 'StatefulSet' },
  ...['Deployment', 'StatefulSet'].flatMap((kind) =>
    [
      ...['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
        `affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm`,
        `affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution`,
      ]),
      'topologySpreadConstraints',
    ].map((path) => ({
      path: `spec/template/spec/${path}/labelSelector/matchLabels`,
      group: 'apps',
      kind,
    })),
  ),
  { path: 'spec/selector/matchLabels', group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', group: 'batch', kind: 'CronJob' },
  { path: 'spec/selector/matchLabels', group: 'policy', kind: 'PodDisruptionBudget' },
  ...['podSelector', 'ingress/from/podSelector', 'egress/to/podSelector'].map((path) => ({
    path: `spec/${path}/matchLabels`,
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
  })),
];

/** What kustomize does without being told. */
export const DEFAULT_CONFIG: TransformerConfig = {
  namePrefix: [NAME],
  nameSuffix: [NAME],
  namespace: [
    { path: 'metadata/name', kind: 'Namespace', create: true },
    {
      path: 'spec/service/namespace',
      group: 'apiregistration.k8s.io',
      kind: 'APIService',
      create: true,
    },
    {
      path: 'spec/conversion/webhook/clientConfig/service/namespace',
      group: 'apiextensions.k8s.io',
      kind: 'CustomResourceDefinition',
    },
  ],
  commonLabels: [...SELECTORS, ...TEMPLATE_LABELS],
  labels: [],
  templateLabels: TEMPLATE_LABELS,
  commonAnnotations: templates('annotations', { kind: 'StatefulSet' }),
  images: ['spec', 'spec/template/spec'].flatMap((pod) =>
    ['containers[]/image', 'initContainers[]/image', 'volumes[]/image/reference'].map((path) => ({
      path: `${pod}/${path}`,
      create: true,
    })),
  ),
  replicas: ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
    path: 'spec/replicas',
    create: true,
    kind,
  })),
  nameReference: DEFAULT_NAME_REFERENCES,
};

/** All that both change. Throws where they disagree. */
export function mergedConfig(one: TransformerConfig, other: TransformerConfig): TransformerConfig {
  if (one === other) {
    return one;
  }
  const { nameReference: _, ...fields } = one;
  const merged = Object.keys(fields).map((key) => {
    const field = key as keyof typeof fields;
    return [field, mergedSpecs(one[field], other[field])];
  });
  return {
    ...Object.fromEntries(merged),
    nameReference: mergedReferences(one.nameReference, other.nameReference),
  };
}

function mergedReferences(
  some: readonly NameReferences[],
  others: readonly NameReferences[],
): NameReferences[] {
  const merged = [...some];
  for (const other of others) {
    const i = merged.findIndex(
      ({ group = '', version = '', kind = '' }) =>
        group === (other.group ?? '') &&
        version === (other.version ?? '') &&
        kind === (other.kind ?? ''),
    );
    if (i < 0) {
      merged.push(other);
    } else {
      merged[i] = {
        ...merged[i],
        fieldSpecs: mergedSpecs(merged[i].fieldSpecs, other.fieldSpecs),
      };
    }
  }
  return merged;
}
