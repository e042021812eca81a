/** Hand-written: kustomize publishes no schema for the fields this library writes. */

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const flag = { type: 'boolean' };
const stringMap = { type: 'object', additionalProperties: text };

function struct(properties: object, required: readonly string[] = []): object {
  return { type: 'object', properties, required };
}

function list(items: object): object {
  return { type: 'array', items };
}

const target = struct({
  group: text,
  version: text,
  kind: text,
  name: text,
  namespace: text,
  labelSelector: text,
  annotationSelector: text,
});

const patch = {
  ...struct({
    patch: text,
    path: text,
    target,
    options: struct({ allowNameChange: flag, allowKindChange: flag }),
  }),
  oneOf: [{ required: ['patch'] }, { required: ['path'] }],
};

const generatorOptions = struct({
  labels: stringMap,
  annotations: stringMap,
  disableNameSuffixHash: flag,
  immutable: flag,
});

const configMapGenerator = struct(
  {
    name: text,
    namespace: text,
    behavior: { type: 'string', enum: ['create', 'replace', 'merge'] },
    files: texts,
    literals: texts,
    envs: texts,
    options: generatorOptions,
  },
  ['name'],
);

const labels = struct({
  pairs: stringMap,
  includeSelectors: flag,
  includeTemplates: flag,
  fields: list(struct({ path: text, kind: text, group: text, version: text, create: flag })),
});

export const kustomizeTable = {
  'kustomize.config.k8s.io/v1beta1/Kustomization': {
    scope: 'File',
    schema: struct({
      apiVersion: text,
      kind: text,
      resources: texts,
      components: texts,
      namespace: text,
      nameSuffix: text,
      patches: list(patch),
      images: list(struct({ name: text, newName: text, newTag: text, digest: text }, ['name'])),
      configMapGenerator: list(configMapGenerator),
      commonAnnotations: stringMap,
      labels: list(labels),
    }),
  },
};
