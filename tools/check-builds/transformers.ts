import { stringify } from 'yaml';
import { Chance } from './chance';
import { anyObject } from './objects';
import { jsonPatch, mergePatch } from './patches';
import { NAMES } from './pods';

const TARGETS: readonly ((object: any, chance: Chance) => any)[] = [
  (o) => ({ kind: o.kind, name: o.metadata.name }),
  (o) => ({ kind: o.kind }),
  (o) => ({ name: o.metadata.name, namespace: o.metadata.namespace ?? 'default' }),
  (o) => ({ kind: `${o.kind}|Nothing`, version: '.*1' }),
  (_, c) => ({
    labelSelector: c.oneOf(['app', 'app=a', 'tier notin (a, b)', '!app', 'app!=a,tier']),
  }),
  (_, c) => ({
    annotationSelector: c.oneOf(['tier', 'app in (a,b)']),
    kind: 'Deployment|ConfigMap',
  }),
  (_, c) => ({ group: 'apps', name: c.oneOf(['a.*', '[ab]', 'p-a', 'b']) }),
  () => ({ name: 'nothing' }),
];

/** With what YAML 1.1 takes for something else in quotes, because kustomize reads some files by 1.1 and others by 1.2. */
export function written(value: any): string {
  return stringify(value, { version: '1.1' });
}

/** One of `patches`, which mostly meets an object. */
export function patch(chance: Chance, objects: any[]): any {
  const object = chance.oneOf(objects) ?? anyObject(chance);
  const target = chance.oneOf(TARGETS)(object, chance);
  if (chance.is(0.3)) {
    return { patch: written(jsonPatch(chance, object)), target };
  }
  const text = JSON.stringify(mergePatch(chance, object));
  return chance.is(0.5) ? { patch: text } : { patch: text, target };
}

export function image(chance: Chance): any {
  return chance.oneOf([
    { name: 'nginx', newTag: '2' },
    { name: 'nginx', newName: 'mirror/nginx' },
    { name: 'ghcr.io/acme/app', newName: 'local/app', newTag: 'v9' },
    { name: 'ghcr.io/acme/.*', digest: 'sha256:def' },
    { name: 'nginx', newTag: 'x', digest: 'sha256:def' },
    { name: 'nginx', tagSuffix: '-s' },
    { name: 'localhost:5000/app', newName: 'app' },
  ]);
}

/** What a kustomization file does to objects, and the files that it names for that. */
export function transformers(
  chance: Chance,
  objects: any[],
  files: Record<string, string>,
  path: string,
): any {
  const any = () => chance.oneOf(objects) ?? anyObject(chance);
  const withReplicas = objects.filter(({ kind }) => /Deployment|StatefulSet/.test(kind));
  files[`${path}/values.yaml`] = 'key: "<value>"\n';
  const fields = {
    namespace: chance.some(0.2, () => chance.oneOf(['x', 'z'])),
    namePrefix: chance.some(0.25, () => chance.oneOf(['p-', 'q-'])),
    nameSuffix: chance.some(0.15, () => '-s'),
    labels: chance.some(0.2, () => [
      {
        pairs: { team: 't', made: 'labelled' },
        ...chance.some(0.4, () => ({ includeSelectors: true })),
        ...chance.some(0.4, () => ({ includeTemplates: true })),
      },
    ]),
    commonLabels: chance.some(0.1, () => ({ common: 'c' })),
    commonAnnotations: chance.some(0.15, () => ({ note: 'n' })),
    images: chance.some(0.2, () => [image(chance)]),
    replicas: chance.some(withReplicas.length > 0 ? 0.15 : 0, () => [
      { name: chance.oneOf(withReplicas).metadata.name, count: 7 },
    ]),
    patches: chance.some(0.35, () => chance.list(2, () => patch(chance, objects))),
    patchesStrategicMerge: chance.some(0.1, () => {
      files[`${path}/merge.yaml`] = written(mergePatch(chance, any()));
      return ['merge.yaml'];
    }),
    patchesJson6902: chance.some(0.1, () => {
      const object = any();
      const { kind, metadata } = object;
      return [
        {
          target: { version: 'v1', kind, name: metadata.name },
          patch: JSON.stringify(jsonPatch(chance, object)),
        },
      ];
    }),
    configMapGenerator: chance.some(0.2, () => [
      generator(chance),
      ...objects
        .filter(({ kind }) => kind === 'ConfigMap' && chance.is(0.5))
        .map(({ metadata: { name, namespace } }) => ({
          ...generator(chance),
          name,
          namespace,
          behavior: chance.oneOf(['merge', 'replace']),
        })),
    ]),
    secretGenerator: chance.some(0.15, () => [generator(chance)]),
    generatorOptions: chance.some(0.1, () => ({
      labels: { generated: 'yes' },
      ...chance.some(0.3, () => ({ disableNameSuffixHash: true })),
    })),
    replacements: chance.some(0.12, () => [replacement(chance, any(), any())]),
  };
  return JSON.parse(JSON.stringify(fields));
}

function generator(chance: Chance): any {
  return {
    name: chance.oneOf(['generated', 'made', ...(chance.is(0.2) ? NAMES : [])]),
    ...chance.some(0.3, () => ({ namespace: 'x' })),
    ...chance.some(0.8, () => ({
      literals: ['a=1', `b="${chance.oneOf(['&', 'two words', '='])}"`],
    })),
    ...chance.some(0.4, () => ({ files: [chance.oneOf(['values.yaml', 'k=values.yaml'])] })),
    ...chance.some(0.03, () => ({ behavior: chance.oneOf(['merge', 'replace', 'create']) })),
    ...chance.some(0.2, () => ({ options: { annotations: { own: 'o' }, immutable: true } })),
  };
}

function replacement(chance: Chance, from: any, to: any): any {
  return {
    source: {
      kind: from.kind,
      name: from.metadata.name,
      ...(from.metadata.namespace && { namespace: from.metadata.namespace }),
      ...chance.some(0.5, () => ({
        fieldPath: chance.oneOf(['metadata.name', 'kind', 'apiVersion']),
      })),
      ...chance.some(0.2, () => ({ options: { delimiter: '-', index: 0 } })),
    },
    targets: [
      {
        select: chance.oneOf<any>([
          { kind: to.kind },
          { kind: to.kind, name: to.metadata.name },
          { name: '.*' },
        ]),
        ...chance.some(0.2, () => ({ reject: [{ name: chance.oneOf(NAMES) }] })),
        ...chance.some(0.8, () => ({
          fieldPaths: [
            chance.oneOf([
              'metadata.name',
              // Not one that `labels` set: kustomize would change it wherever it set it.
              'metadata.labels.copied',
              'metadata.annotations.[acme.io/x]',
              'spec.template.spec.containers.[name=main].image',
              'spec.template.spec.containers.*.image',
              'spec.template.spec.containers.0.name',
              'spec.replicas',
              'spec.made.here',
            ]),
          ],
        })),
        ...chance.some(0.85, () => ({
          options: { create: true, ...chance.some(0.3, () => ({ delimiter: ':', index: 1 })) },
        })),
      },
    ],
  };
}
