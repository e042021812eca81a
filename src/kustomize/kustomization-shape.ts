import { Shape } from './shape';

const texts: Shape = { listOf: 'text' };
const textMap: Shape = { mapOf: 'text' };
const gvk = { group: 'text', version: 'text', kind: 'text' } as const;
const selector: Shape = {
  fields: {
    ...gvk,
    name: 'text',
    namespace: 'text',
    labelSelector: 'text',
    annotationSelector: 'text',
  },
};
const patches: Shape = {
  listOf: {
    fields: {
      path: 'text',
      patch: 'text',
      target: selector,
      options: { fields: { allowNameChange: 'flag', allowKindChange: 'flag' } },
    },
  },
};
const images: Shape = {
  listOf: {
    fields: { name: 'text', newName: 'text', tagSuffix: 'text', newTag: 'text', digest: 'text' },
  },
};
const fieldSpecs: Shape = {
  listOf: { fields: { ...gvk, path: 'text', create: 'flag' } },
};
const generatorOptions: Shape = {
  fields: {
    labels: textMap,
    annotations: textMap,
    disableNameSuffixHash: 'flag',
    immutable: 'flag',
  },
};
const generator = {
  namespace: 'text',
  name: 'text',
  behavior: 'text',
  literals: texts,
  files: texts,
  envs: texts,
  env: 'text',
  options: generatorOptions,
} as const;
const fieldOptions: Shape = {
  fields: { delimiter: 'text', index: 'number', encoding: 'text', create: 'flag' },
};

/** One of `replacements`, in a kustomization file or in a file of its own. */
export const REPLACEMENT: Shape = {
  fields: {
    path: 'text',
    source: {
      fields: {
        ...gvk,
        name: 'text',
        namespace: 'text',
        fieldPath: 'text',
        options: fieldOptions,
      },
    },
    sourceValue: 'text',
    targets: {
      listOf: {
        fields: {
          select: selector,
          reject: { listOf: selector },
          fieldPaths: texts,
          options: fieldOptions,
        },
      },
    },
  },
};

const nameReferences: Shape = { listOf: { fields: { ...gvk, fieldSpecs } } };

/** A file of `configurations`. */
export const CONFIGURATION: Shape = {
  fields: {
    namePrefix: fieldSpecs,
    nameSuffix: fieldSpecs,
    namespace: fieldSpecs,
    commonLabels: fieldSpecs,
    labels: fieldSpecs,
    templateLabels: fieldSpecs,
    commonAnnotations: fieldSpecs,
    nameReference: nameReferences,
    varReference: fieldSpecs,
    images: fieldSpecs,
    replicas: fieldSpecs,
  },
};

export const KUSTOMIZATION: Shape = {
  fields: {
    kind: 'text',
    apiVersion: 'text',
    metadata: {
      fields: { name: 'text', namespace: 'text', labels: textMap, annotations: textMap },
    },
    openapi: textMap,
    namePrefix: 'text',
    nameSuffix: 'text',
    namespace: 'text',
    commonLabels: textMap,
    labels: {
      listOf: {
        fields: {
          pairs: textMap,
          includeSelectors: 'flag',
          includeTemplates: 'flag',
          fields: fieldSpecs,
        },
      },
    },
    commonAnnotations: textMap,
    patchesStrategicMerge: texts,
    patchesJson6902: patches,
    patches,
    images,
    imageTags: images,
    replacements: { listOf: REPLACEMENT },
    replicas: { listOf: { fields: { name: 'text', count: 'number' } } },
    vars: { listOf: 'any' },
    sortOptions: 'any',
    resources: texts,
    components: texts,
    crds: texts,
    bases: texts,
    configMapGenerator: { listOf: { fields: generator } },
    secretGenerator: { listOf: { fields: { ...generator, type: 'text' } } },
    helmGlobals: 'any',
    helmCharts: { listOf: 'any' },
    helmChartInflationGenerator: { listOf: 'any' },
    generatorOptions,
    configurations: texts,
    generators: texts,
    transformers: texts,
    validators: texts,
    buildMetadata: texts,
  },
};

/** What a Flux Kustomization says of its build, as `BuildAdditions` have it. */
export const ADDITIONS: Shape = {
  fields: {
    targetNamespace: 'text',
    namePrefix: 'text',
    nameSuffix: 'text',
    patches,
    images,
    components: texts,
    ignoreMissingComponents: 'flag',
    commonMetadata: { fields: { labels: textMap, annotations: textMap } },
  },
};
