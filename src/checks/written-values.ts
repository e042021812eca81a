import { ObjectCheck } from './check';
import { isMap } from '../vocabulary/is-map';
import { pointerTo } from '../vocabulary/json-pointer';
import { Field, itemsAt, mapAt, pointerOf, textAt, valueAt } from './manifest-fields';

/** A text that somebody wrote under a name of their own. */
export interface WrittenValue extends Field<string> {
  readonly name: string;
  /** The name of the map that it is in; empty where that has none. */
  readonly parent: string;
  /** Whether it is a variable of a container's environment. */
  readonly isVariable: boolean;
}

/** Where each kind has its pods. */
const PODS: Readonly<Record<string, readonly string[]>> = {
  '/Pod': ['spec'],
  'apps/DaemonSet': ['spec', 'template', 'spec'],
  'apps/Deployment': ['spec', 'template', 'spec'],
  'apps/ReplicaSet': ['spec', 'template', 'spec'],
  'apps/StatefulSet': ['spec', 'template', 'spec'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  'batch/Job': ['spec', 'template', 'spec'],
};

const RELEASE = 'helm.toolkit.fluxcd.io/HelmRelease';

/** What checks of these values have in common: what should be a Secret's, in kinds that hold texts which end up in containers. */
export const KEPT_IN_SECRET = {
  remedy:
    'keep it in a Secret, which is encrypted or made by an operator: valuesFrom with a targetPath for a chart, valueFrom with a secretKeyRef for a container; then change it',
  links: [
    'https://fluxcd.io/flux/components/helm/helmreleases/#values-references',
    'https://kubernetes.io/docs/concepts/configuration/secret/',
  ],
  controls: [{ standard: 'PCI DSS 4.0', id: '8.6.2' }],
  types: [RELEASE, ...Object.keys(PODS)],
  needs: 'object',
} satisfies Partial<ObjectCheck>;

/** The values of a release and the variables of containers, as far as they are texts. */
export function writtenValues(manifest: any, type: string): WrittenValue[] {
  return type === RELEASE ? ofRelease(manifest) : ofContainers(manifest, PODS[type] ?? []);
}

function ofContainers(manifest: any, pod: readonly string[]): WrittenValue[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    itemsAt(manifest, ...pod, list).flatMap((container) =>
      itemsAt(container.value, 'env').flatMap(({ value, pointer }) =>
        named({ value, pointer: container.pointer + pointer }),
      ),
    ),
  );
}

/** What an item of a list says by `name` and `value`. */
function named({ value, pointer }: Field): WrittenValue[] {
  const [name, text] = [textAt(value, 'name'), textAt(value, 'value')];
  return name !== undefined && text !== undefined
    ? [{ name, value: text, pointer: `${pointer}/value`, parent: '', isVariable: true }]
    : [];
}

function ofRelease(manifest: any): WrittenValue[] {
  const found: WrittenValue[] = [];
  // Aliases of YAML make one map stand in many places.
  const seen = new Set<unknown>();
  const values = mapAt(manifest, 'spec', 'values') as unknown;
  const left = [{ value: values, pointer: pointerOf('spec', 'values'), name: '', parent: '' }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, pointer, name, parent } = next;
    if (typeof value === 'string') {
      found.push({ name, value, pointer, parent, isVariable: false });
    } else if (Array.isArray(value) && !seen.has(value)) {
      seen.add(value);
      value.forEach((item, i) =>
        left.push({ value: item, pointer: `${pointer}/${i}`, name, parent }),
      );
    } else if (isMap(value) && !seen.has(value)) {
      seen.add(value);
      const pair = named({ value, pointer });
      found.push(...pair);
      Object.keys(value)
        .filter((key) => key !== 'value' || pair.length === 0)
        .forEach((key) =>
          left.push({
            value: valueAt(value, key),
            pointer: pointerTo(pointer, key),
            name: key,
            parent: name,
          }),
        );
    }
  }
  return found;
}
