import { AppliedObject, isOpaque } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { fileOf, SourceTree } from '../inventory/source-file';
import { BuiltObject } from '../kustomize/build';
import { buildDirectory } from '../kustomize/build-directory';
import {
  APPLIERS,
  CLOUD_CLIENTS,
  Component,
  COMPONENTS,
  CORE_COMPONENTS,
} from '../vocabulary/flux-controllers';
import { CONTROLLER_ROLE, fluxStandIns, syncStandIns } from './flux-stand-ins';
import { itemsAt, mapAt, pointerOf, textAt, textsAt, valueAt } from './manifest-fields';
import { isOfPlatform } from './of-platform';
import { isMap } from '../vocabulary/is-map';

/** What a FluxInstance says, and which object says it. */
export interface InstanceSpec {
  readonly object: AppliedObject;
  /** JSON pointer to it within the object. */
  readonly pointer: string;
  readonly spec: Record<string, any>;
  /** Whether `components` that are not set are the four of the core. */
  readonly hasDefaults: boolean;
}

/** The FluxInstances of a cluster, and the releases of the chart that makes one; undefined where one cannot be read. */
export function instanceSpecs(view: ClusterView): InstanceSpec[] | undefined {
  const isFluxs = (object: AppliedObject) => isOfPlatform(object, view);
  const written = view
    .ofType('fluxcd.controlplane.io/FluxInstance')
    .filter(isFluxs)
    .map((object) => ({
      object,
      pointer: '/spec',
      spec: mapAt(object.manifest, 'spec'),
      hasDefaults: true,
    }));
  const released = view
    .ofType('helm.toolkit.fluxcd.io/HelmRelease')
    .filter((one) => chartOf(one.manifest).endsWith('flux-instance') && isFluxs(one));
  if (released.some(({ manifest }) => !isWhole(manifest))) {
    return undefined;
  }
  const keys = ['spec', 'values', 'instance'];
  return [
    ...written,
    ...released.map((object) => ({
      object,
      pointer: pointerOf(...keys),
      spec: mapAt(object.manifest, ...keys),
      hasDefaults: false,
    })),
  ];
}

/** The components that an instance installs; undefined where that is not known. */
export function componentsOf({ spec, hasDefaults }: InstanceSpec): Component[] | undefined {
  const named = textsAt(spec, 'components');
  const known = COMPONENTS.filter((one) => named.includes(one));
  if (named.length === 0) {
    return hasDefaults && spec.components === undefined ? [...CORE_COMPONENTS] : undefined;
  }
  return named.every((one) => (COMPONENTS as readonly string[]).includes(one)) ? known : undefined;
}

/** What Flux Operator applies for an instance, as far as patches change it; undefined where that is not known. */
export function instanceObjects(instance: InstanceSpec): readonly BuiltObject[] | undefined {
  const { spec } = instance;
  const patches = valueAt(spec, 'kustomize', 'patches') ?? [];
  if (isOpaque(JSON.stringify([spec.cluster, spec.components, patches]))) {
    return undefined;
  }
  const cluster = mapAt(spec, 'cluster');
  const standIns = [
    ...fluxStandIns(componentsOf(instance) ?? COMPONENTS),
    ...(isMap(spec.sync) ? syncStandIns(textAt(spec, 'sync', 'kind') ?? 'OCIRepository', '') : []),
  ];
  for (const object of standIns) {
    adapt(object, cluster, isOld(spec));
  }
  const files = [
    fileOf('kustomization.yaml', [{ resources: ['flux.yaml'], patches }]),
    fileOf('flux.yaml', standIns),
  ];
  const { objects, errors, unread } = buildDirectory(new SourceTree(files), '');
  return errors.length + unread.length > 0 ? undefined : objects;
}

/** Changes what the fields of an instance stand for. */
function adapt(object: any, cluster: Record<string, any>, old: boolean): void {
  const { kind, metadata } = object;
  if (kind === 'Deployment') {
    const { args } = object.spec.template.spec.containers[0];
    args.push(...argumentsOf(metadata.name, cluster));
  } else if (kind === 'Kustomization' && cluster.multitenant === true) {
    object.spec.serviceAccountName = 'kustomize-controller';
  } else if (kind === 'ClusterRole' && metadata.name === CONTROLLER_ROLE) {
    const hasTokens = cluster.objectLevelWorkloadIdentity === true;
    object.rules = object.rules.filter(
      ({ apiGroups, resources }: any) =>
        (hasTokens || resources?.[0] !== 'serviceaccounts/token') &&
        (!old || apiGroups?.[0] !== 'source.extensions.fluxcd.io'),
    );
  }
}

/** Whether an instance is of a release before 2.7, whose role has a rule less. */
function isOld(spec: Record<string, any>): boolean {
  return /^[~^=v\s]*2\.[0-6](?:\.|$)/.test(textAt(spec, 'distribution', 'version') ?? '');
}

function argumentsOf(component: Component, cluster: Record<string, any>): string[] {
  const account = (key: string) => cluster[key] || 'default';
  const isApplier = APPLIERS.includes(component);
  const isKustomize = component === 'kustomize-controller';
  const args: string[] = [];
  if (cluster.multitenant === true) {
    args.push(
      ...(component === 'source-controller' ? [] : ['--no-cross-namespace-refs=true']),
      ...(isKustomize ? ['--no-remote-bases=true'] : []),
      ...(isApplier ? [`--default-service-account=${account('tenantDefaultServiceAccount')}`] : []),
    );
  }
  if (cluster.objectLevelWorkloadIdentity === true && component !== 'source-watcher') {
    args.push('--feature-gates=ObjectLevelWorkloadIdentity=true');
  }
  if (cluster.multitenantWorkloadIdentity === true) {
    const decryption = account('tenantDefaultDecryptionServiceAccount');
    const kubeConfig = account('tenantDefaultKubeConfigServiceAccount');
    args.push(
      ...(CLOUD_CLIENTS.includes(component)
        ? [`--default-service-account=${account('tenantDefaultServiceAccount')}`]
        : []),
      ...(isKustomize ? [`--default-decryption-service-account=${decryption}`] : []),
      ...(isApplier ? [`--default-kubeconfig-service-account=${kubeConfig}`] : []),
    );
  }
  return args;
}

function chartOf(manifest: unknown): string {
  const chart =
    valueAt(manifest, 'spec', 'chart', 'spec', 'chart') ??
    valueAt(manifest, 'spec', 'chartRef', 'name');
  return typeof chart === 'string' ? chart : '';
}

/** Whether all values of a release are in it. */
function isWhole(manifest: unknown): boolean {
  return (
    itemsAt(manifest, 'spec', 'valuesFrom').length === 0 &&
    isMap(valueAt(manifest, 'spec', 'values', 'instance'))
  );
}
