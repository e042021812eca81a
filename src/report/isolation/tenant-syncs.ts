import { titleOf } from '../../checks/finding';
import { APPLIER_TYPES, COMPONENT_OF } from '../../checks/flux-controller';
import { defaultServiceAccount } from '../../checks/lockdown';
import { textAt, valueAt } from '../../checks/manifest-fields';
import { AppliedObject, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { isClusterScoped } from '../../vocabulary/cluster-scoped-kinds';

/** A Kustomization or HelmRelease, and what it does as far as manifests tell. */
export interface Applier {
  readonly title: string;
  readonly namespace: string;
  /** The account that Flux impersonates for it; undefined where it names none. */
  readonly account?: string;
  /** Whether it applies to another cluster, by the credentials of a kubeconfig. */
  readonly isRemote: boolean;
  /** Namespaces that it applies objects to. */
  readonly into: ReadonlySet<string>;
  /** Whether it applies objects that lie in no namespace, and are no tenant's namespace. */
  readonly intoCluster: boolean;
}

/** Everything that Flux applies by. */
export function appliersOf(view: ClusterView): Applier[] {
  const applied = view.once(placesApplied);
  return APPLIER_TYPES.flatMap((type) => view.ofType(type)).map((object) => {
    const { manifest } = object;
    const namespace = String(manifest.metadata.namespace ?? '');
    const target = textAt(manifest, 'spec', 'targetNamespace');
    const isRemote = valueAt(manifest, 'spec', 'kubeConfig') !== undefined;
    const into = new Set(applied.get(object));
    if (isRemote) {
      into.clear();
    } else if (target !== undefined) {
      into.add(target);
    } else if (manifest.kind === 'HelmRelease') {
      into.add(namespace);
    }
    const intoCluster = into.delete('');
    // Where it names none, Flux impersonates the default of its lockdown; without one it applies as itself.
    const account =
      textAt(manifest, 'spec', 'serviceAccountName') ||
      defaultServiceAccount(view, COMPONENT_OF.get(typeOf(manifest))) ||
      undefined;
    return { title: titleOf(manifest), namespace, account, isRemote, into, intoCluster };
  });
}

/** Where each Kustomization applies objects to; '' where they lie in no namespace. A Namespace counts as lying in itself. */
function placesApplied(view: ClusterView): Map<AppliedObject, Set<string>> {
  const places = new Map<AppliedObject, Set<string>>();
  for (const { manifest, sync } of view.objects) {
    if (sync) {
      const { apiVersion, kind, metadata } = manifest;
      const isNamespace = kind === 'Namespace' && apiVersion === 'v1';
      const place = isClusterScoped(apiVersion, kind) ? '' : String(metadata.namespace ?? '');
      places.set(sync, (places.get(sync) ?? new Set()).add(isNamespace ? metadata.name : place));
    }
  }
  return places;
}

/** References of a tenant's Flux objects to objects of other namespaces, each with the namespace. */
export function foreignReferences(
  namespaces: readonly string[],
  view: ClusterView,
): { readonly title: string; readonly from: string; readonly to: string; readonly what: string }[] {
  return namespaces.flatMap((from) =>
    view.inNamespace(from).flatMap((object) => {
      const { manifest } = object;
      return REFERENCES.flatMap((keys) => {
        const to = textAt(manifest, 'spec', ...keys, 'namespace');
        const kind = textAt(manifest, 'spec', ...keys, 'kind') ?? '';
        const name = textAt(manifest, 'spec', ...keys, 'name') ?? '';
        return to === undefined || to === from || !isOfFlux(manifest)
          ? []
          : [{ title: titleOf(manifest), from, to, what: `${kind} ${to}/${name}`.trim() }];
      });
    }),
  );
}

const REFERENCES = [
  ['sourceRef'],
  ['chartRef'],
  ['chart', 'spec', 'sourceRef'],
  ['imageRepositoryRef'],
];

function isOfFlux({ apiVersion }: any): boolean {
  return /^[a-z]+\.toolkit\.fluxcd\.io\//.test(apiVersion);
}
