import { isOpaque, typeOf } from '../clusters/applied-object';
import { APPLIER_TYPES } from './flux-controller';
import { Field, itemsAt, mapAt, pointerOf, textAt, valueAt } from './manifest-fields';
import { isMap } from '../vocabulary/is-map';
import { rememberingLast } from '../vocabulary/remembering';

/** An object that another names in a field. */
export interface Reference {
  /** `group/Kind`, as `typeOf` has it; empty where the field's kind is none of Flux. */
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  /** JSON pointer to the field that holds it. */
  readonly pointer: string;
  /** Whether Flux started with --no-cross-namespace-refs refuses it for another namespace. */
  readonly isGuarded: boolean;
}

const GROUPS: Record<string, string> = {
  Bucket: 'source.toolkit.fluxcd.io',
  ExternalArtifact: 'source.toolkit.fluxcd.io',
  GitRepository: 'source.toolkit.fluxcd.io',
  HelmChart: 'source.toolkit.fluxcd.io',
  HelmRelease: 'helm.toolkit.fluxcd.io',
  HelmRepository: 'source.toolkit.fluxcd.io',
  ImagePolicy: 'image.toolkit.fluxcd.io',
  ImageRepository: 'image.toolkit.fluxcd.io',
  ImageUpdateAutomation: 'image.toolkit.fluxcd.io',
  Kustomization: 'kustomize.toolkit.fluxcd.io',
  OCIRepository: 'source.toolkit.fluxcd.io',
  Provider: 'notification.toolkit.fluxcd.io',
};

interface ReferringField {
  readonly keys: readonly string[];
  /** Keys from an item of a list at `keys` to the reference. @default - there is one reference at `keys` */
  readonly items?: readonly string[];
  /** @default - the reference says so */
  readonly kind?: string;
  /** Whether the reference has no namespace of its own. @default false */
  readonly isLocal?: boolean;
}

/** The fields of each kind of Flux that name an object of Flux, but for dependsOn. */
const FIELDS: Record<string, readonly ReferringField[]> = {
  'helm.toolkit.fluxcd.io/HelmRelease': [
    { keys: ['spec', 'chart', 'spec', 'sourceRef'] },
    { keys: ['spec', 'chartRef'] },
  ],
  'image.toolkit.fluxcd.io/ImagePolicy': [
    { keys: ['spec', 'imageRepositoryRef'], kind: 'ImageRepository' },
  ],
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': [{ keys: ['spec', 'sourceRef'] }],
  'kustomize.toolkit.fluxcd.io/Kustomization': [{ keys: ['spec', 'sourceRef'] }],
  'notification.toolkit.fluxcd.io/Alert': [
    { keys: ['spec', 'providerRef'], kind: 'Provider', isLocal: true },
    { keys: ['spec', 'eventSources'], items: [] },
  ],
  'notification.toolkit.fluxcd.io/Receiver': [{ keys: ['spec', 'resources'], items: [] }],
  'source.extensions.fluxcd.io/ArtifactGenerator': [{ keys: ['spec', 'sources'], items: [] }],
  'source.toolkit.fluxcd.io/GitRepository': [
    { keys: ['spec', 'include'], items: ['repository'], kind: 'GitRepository', isLocal: true },
  ],
  'source.toolkit.fluxcd.io/HelmChart': [{ keys: ['spec', 'sourceRef'], isLocal: true }],
};

/** Kinds that name others. */
export const REFERRING_TYPES: readonly string[] = Object.keys(FIELDS);

/** The objects of Flux that one of Flux names, as far as their names are known. */
export const referencesOf = rememberingLast((manifest: any): readonly Reference[] =>
  (FIELDS[typeOf(manifest)] ?? []).flatMap(({ keys, items, kind, isLocal }) => {
    const holders: Field[] =
      items === undefined
        ? [{ value: valueAt(manifest, ...keys), pointer: pointerOf(...keys) }]
        : itemsAt(manifest, ...keys).map(({ value, pointer }) => ({
            value: valueAt(value, ...items),
            pointer: pointer + pointerOf(...items),
          }));
    return holders.flatMap(({ value, pointer }) => {
      const type = kind ?? textAt(value, 'kind') ?? defaultKindOf(manifest);
      return referenceIn(manifest, value, pointer, typeOfKind(type), !isLocal, isLocal);
    });
  }),
);

/** What a Kustomization or HelmRelease waits for. */
export function dependenciesOf(manifest: any): Reference[] {
  const type = typeOf(manifest);
  return APPLIER_TYPES.some((one) => one === type)
    ? itemsAt(manifest, 'spec', 'dependsOn').flatMap(({ value, pointer }) =>
        referenceIn(manifest, value, pointer, type, false),
      )
    : [];
}

/** An object in words. */
export function referenced({ type, namespace, name }: Reference): string {
  return `${type.slice(type.indexOf('/') + 1)} '${name}' in namespace '${namespace}'`;
}

/** Whether Flux leaves an object alone for now. */
export function isSuspended(manifest: any): boolean {
  return mapAt(manifest, 'spec').suspend === true;
}

function referenceIn(
  manifest: any,
  value: unknown,
  pointer: string,
  type: string,
  isGuarded: boolean,
  isLocal = false,
): Reference[] {
  const name = textAt(value, 'name');
  const own = manifest.metadata.namespace;
  const namespace = (!isLocal && textAt(value, 'namespace')) || own;
  const isKnown = typeof name === 'string' && typeof namespace === 'string';
  return isMap(value) && isKnown && !isOpaque(name) && !isOpaque(namespace)
    ? [{ type, namespace, name, pointer, isGuarded }]
    : [];
}

/** Only ImageUpdateAutomation has a default. */
function defaultKindOf({ kind }: any): string {
  return kind === 'ImageUpdateAutomation' ? 'GitRepository' : '';
}

function typeOfKind(kind: string): string {
  return Object.hasOwn(GROUPS, kind) ? `${GROUPS[kind]}/${kind}` : '';
}
