import { Chance } from './chance';
import { container, NAMES, podSpec } from './pods';

/** A strategic merge patch that has something to do with `object`. */
export function mergePatch(chance: Chance, object: any): any {
  const { apiVersion, kind, metadata, ...fields } = object;
  const changes: any = chance.oneOf([
    () => ({}),
    () => ({ metadata: { labels: { app: chance.oneOf(['z', null]), new: 'n' } } }),
    () => ({ metadata: { annotations: chance.oneOf([null, { tier: null }, { acme: 'n' }]) } }),
    () => ({ metadata: { annotations: { $patch: chance.oneOf(['replace', 'delete']), q: '1' } } }),
    () => ({ metadata: { finalizers: chance.list(2, () => chance.oneOf(NAMES)) } }),
    () => ({ $patch: 'delete' }),
    () => changedFields(chance, fields),
    () => changedFields(chance, fields),
    () => changedFields(chance, fields),
  ])();
  return {
    apiVersion,
    kind,
    ...changes,
    metadata: {
      ...changes.metadata,
      name: metadata.name,
      ...(metadata.namespace && { namespace: metadata.namespace }),
    },
  };
}

/** Some of what is there, with changes anywhere. */
function changedFields(chance: Chance, fields: any): any {
  const kept = Object.entries(fields).filter(() => chance.is(0.8));
  return Object.fromEntries(kept.map(([key, value]) => [key, changed(chance, key, value)]));
}

function changed(chance: Chance, key: string, value: any): any {
  if (chance.is(0.06)) {
    return null;
  }
  if (Array.isArray(value)) {
    return changedList(chance, key, value);
  }
  if (value !== null && typeof value === 'object') {
    const within = Object.fromEntries(
      Object.entries(value)
        .filter(() => chance.is(0.6))
        .map(([name, one]) => [name, changed(chance, name, one)]),
    );
    return {
      ...within,
      ...chance.some(0.15, () => ({
        added: chance.oneOf<any>(['t', 1, { deep: null, x: 1 }, [1]]),
      })),
      ...chance.some(0.06, () => ({ $patch: chance.oneOf(['replace', 'merge', 'delete']) })),
    };
  }
  return chance.is(0.5) ? value : chance.oneOf(['new', 'other']);
}

function changedList(chance: Chance, key: string, value: any[]): any[] {
  const items = value
    .filter(() => chance.is(0.7))
    .map((item) => {
      const one = changed(chance, key, item);
      // What tells items apart mostly stays, or nothing would be merged.
      return item !== null && typeof item === 'object' && one !== null && chance.is(0.9)
        ? { ...one, ...keysOf(item) }
        : one;
    })
    .filter((item) => item !== null);
  const more = chance.some(0.4, () =>
    key === 'containers' || key === 'initContainers'
      ? container(chance)
      : key === 'args' || key === 'finalizers'
        ? chance.oneOf(NAMES)
        : key === 'env'
          ? { name: chance.oneOf(['A', 'B', 'D']), value: 'n' }
          : key === 'ports'
            ? { containerPort: 8080, port: 80, ...chance.some(0.5, () => ({ protocol: 'TCP' })) }
            : { name: chance.oneOf(NAMES), x: podSpec(chance).serviceAccountName ?? 1 },
  );
  return [
    ...items,
    ...(more === undefined ? [] : [more]),
    ...chance.list(0.06 > chance.next() ? 1 : 0, () => ({
      $patch: chance.oneOf(['replace', 'delete']),
    })),
  ];
}

function keysOf(item: any): any {
  const { name, containerPort, port, mountPath, uid } = item;
  return JSON.parse(JSON.stringify({ name, containerPort, port, mountPath, uid }));
}

/** Operations that mostly apply to `object`. */
export function jsonPatch(chance: Chance, object: any): any[] {
  return [
    ...chance.list(2, () => operation(chance, object)),
    { op: 'add', path: '/metadata/labels', value: { patched: 'yes' } },
  ];
}

function operation(chance: Chance, object: any): any {
  const paths = pathsOf(object, '');
  const path = chance.oneOf(paths);
  return chance.oneOf<any>([
    { op: 'replace', path, value: chance.oneOf<any>(['r', 1, { r: 1 }, null]) },
    { op: 'add', path: '/metadata/annotations', value: { j: 'p' } },
    { op: 'add', path: '/metadata/annotations/acme.io~1j', value: 'p' },
    { op: 'add', path: '/spec/new', value: { n: 1 } },
    { op: 'remove', path },
    { op: 'replace', path: '/metadata/name', value: chance.oneOf(['renamed', 'a']) },
    { op: 'copy', from: path, path: '/copied' },
    { op: 'move', from: path, path: '/moved' },
    { op: 'test', path: '/metadata/name', value: object.metadata.name },
    { op: 'replace', path: '/metadata/missing', value: 1 },
  ]);
}

function pathsOf(value: any, path: string): string[] {
  return value !== null && typeof value === 'object'
    ? Object.entries(value)
        .filter(([key]) => path !== '' || !['apiVersion', 'kind', 'metadata'].includes(key))
        .flatMap(([key, one]) => [
          `${path}/${key.replace(/\//g, '~1')}`,
          ...pathsOf(one, `${path}/${key.replace(/\//g, '~1')}`),
        ])
        .concat(path === '' ? ['/spec'] : [])
    : [];
}
