import { Chance } from './chance';
import { anyObject } from './objects';
import { image, patch, transformers, written } from './transformers';

/** A repository, and what is built of it. */
export interface Tree {
  readonly files: Readonly<Record<string, string>>;
  readonly builds: readonly AskedBuild[];
}

/** A directory, and what a Flux Kustomization says besides. */
export interface AskedBuild {
  readonly path: string;
  readonly spec: any;
}

/** Makes a tree, the same for a seed. */
export function tree(seed: number): Tree {
  const chance = new Chance(seed);
  const files: Record<string, string> = {};
  const objects: any[] = [];
  let bases = 0;

  /** Writes a directory, and returns what it is built of. */
  const directory = (path: string, depth: number, isComponent: boolean): void => {
    const before = objects.length;
    const resources: string[] = [];
    for (let i = chance.upTo(2) + (isComponent ? 0 : 1); i > 0; i--) {
      const written = objectFile(chance, objects);
      objects.push(...written.objects);
      files[`${path}/o${i}.yaml`] = written.text;
      resources.push(chance.is(0.2) ? `./o${i}.yaml` : `o${i}.yaml`);
    }
    const below: { base: string[]; component: string[] } = { base: [], component: [] };
    for (let i = depth > 0 ? chance.upTo(2) : 0; i > 0; i--) {
      const kind = chance.is(0.3) ? 'component' : 'base';
      const name = `${kind}${bases++}`;
      directory(name, depth - 1, kind === 'component');
      below[kind].push(`../${name}`);
    }
    const own = objects.slice(before);
    const fields = {
      ...(isComponent && {
        apiVersion: 'kustomize.config.k8s.io/v1alpha1',
        kind: 'Component',
      }),
      resources: [...resources, ...below.base],
      ...(below.component.length > 0 && { components: below.component }),
      ...transformers(chance, isComponent ? objects : own, files, path),
    };
    files[`${path}/${chance.oneOf(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])}`] =
      written(fields);
  };

  if (chance.is(0.12)) {
    directory('top/sub', 0, false);
    files['top/one.yaml'] = objectFile(chance, objects).text;
    files['top/plain/two.yml'] = objectFile(chance, objects).text;
    files['top/plain/.hidden.yaml'] = objectFile(chance, objects).text;
    files['top/readme.md'] = 'none';
  } else {
    directory('top', 2, false);
  }
  return { files, builds: [{ path: 'top', spec: spec(chance, objects) }] };
}

/** @param others that are there already: rarely, one is called the same, which is refused */
function objectFile(chance: Chance, others: any[]): { objects: any[]; text: string } {
  const objects: any[] = [];
  for (let tries = chance.upTo(2) + 1; tries > 0 || objects.length === 0; tries--) {
    const object = anyObject(chance);
    if (chance.is(0.01) || ![...others, ...objects].some((one) => isSame(one, object))) {
      objects.push(object);
    }
  }
  const isList = chance.is(0.1);
  const documents = isList
    ? [{ apiVersion: 'v1', kind: chance.oneOf(['List', 'ConfigMapList']), items: objects }]
    : objects;
  const extra = chance.is(0.1) ? ['---\n# nothing\n'] : [];
  return {
    objects,
    text: [...documents.map((one) => `${JSON.stringify(one)}\n`), ...extra].join('---\n'),
  };
}

/** Whether both would be one, were it not for the namespaces that they may get. */
function isSame(one: any, other: any): boolean {
  return one.kind === other.kind && one.metadata.name === other.metadata.name;
}

function spec(chance: Chance, objects: any[]): any {
  return JSON.parse(
    JSON.stringify({
      targetNamespace: chance.some(0.2, () => 'target'),
      namePrefix: chance.some(0.1, () => 'f-'),
      nameSuffix: chance.some(0.1, () => '-f'),
      patches: chance.some(0.2, () => [patch(chance, objects)]),
      images: chance.some(0.15, () => [image(chance)]),
    }),
  );
}
