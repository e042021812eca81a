import { AppliedObject, isOpaque } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { CLUSTER_ROLE_BINDING, ROLE_BINDING } from './bound-accounts';
import { isolatedTenants } from './isolated-tenants';
import { itemsAt, textAt, valueAt } from './manifest-fields';

/** What makes objects in namespaces of others: by a policy, or from templates. */
const MAKERS = [
  'capsule.clastix.io/GlobalTenantResource',
  'capsule.clastix.io/Tenant',
  'fluxcd.controlplane.io/ResourceSet',
  'hnc.x-k8s.io/HierarchyConfiguration',
  'policies.kyverno.io/GeneratingPolicy',
  'rbacmanager.reactiveops.io/RBACDefinition',
  'redhatcop.redhat.io/NamespaceConfig',
];

/** What bounds tenants or gives them rights, and counts only where it is known to lie. */
const PLACED = [
  '/LimitRange',
  '/ResourceQuota',
  '/ServiceAccount',
  'networking.k8s.io/NetworkPolicy',
  ROLE_BINDING,
];

interface UnreadPlaces {
  /** Whether the platform may have more anywhere. */
  readonly everywhere: boolean;
  /** Where the platform may have more. */
  readonly namespaces: ReadonlySet<string>;
  /** The accounts as which each tenant applies what is not known. */
  readonly accounts: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Whether the platform may have objects in a namespace that are not known: what it applies, installs or generates and
 * cannot be read. What a tenant applies to bound itself is no bound, so that it does not count.
 */
export function mayHoldUnread(view: ClusterView, namespace: string): boolean {
  const { everywhere, namespaces } = view.once(unreadPlaces);
  return everywhere || namespaces.has(namespace);
}

/** Whether a namespace may hold what gives `account` rights, or itself: of the platform, or of another account of its tenant. */
export function mayHoldUnreadFor(view: ClusterView, namespace: string, account: string): boolean {
  const { accounts } = view.once(unreadPlaces);
  const others = accounts.get(view.tenants.ownerOf(namespace) ?? '') ?? [];
  return mayHoldUnread(view, namespace) || [...others].some((other) => other !== account);
}

/** Whether a chart is installed in a namespace, by whomever. */
export function holdsChart(view: ClusterView, namespace: string): boolean {
  return view.once(namespacesOfCharts).has(namespace);
}

function unreadPlaces(view: ClusterView): UnreadPlaces {
  const namespaces = new Set<string>();
  const accounts = new Map<string, Set<string>>();
  let everywhere =
    MAKERS.some((type) => view.ofType(type).length > 0) ||
    view.ofType('kyverno.io/ClusterPolicy').some(generates) ||
    PLACED.some((type) => view.ofType(type).some(isAnywhere)) ||
    view.ofType(CLUSTER_ROLE_BINDING).some(bindsAnybody);
  for (const { carrier } of view.unread.filter(({ isFlux }) => !isFlux)) {
    const target = carrier && textAt(carrier.manifest, 'spec', 'targetNamespace');
    const account = carrier && textAt(carrier.manifest, 'spec', 'serviceAccountName');
    const tenant =
      carrier && view.once(isolatedTenants).ownerOf(carrier.manifest.metadata.namespace);
    if (tenant !== undefined && account !== undefined) {
      accounts.set(tenant, (accounts.get(tenant) ?? new Set()).add(account));
    } else if (target !== undefined) {
      namespaces.add(target);
    } else if (carrier?.manifest.kind === 'HelmRelease') {
      namespaces.add(String(carrier.manifest.metadata.namespace));
    } else {
      everywhere = true;
    }
  }
  return { everywhere, namespaces, accounts };
}

/** Whether nobody knows where an object lies, or whom it binds. */
function isAnywhere(object: AppliedObject): boolean {
  const { name, namespace } = object.manifest.metadata;
  return typeof namespace !== 'string' || [name, namespace].some(isOpaque) || bindsAnybody(object);
}

function bindsAnybody({ manifest }: AppliedObject): boolean {
  return itemsAt(manifest, 'subjects').some(
    ({ value }) => isOpaque(textAt(value, 'name')) || isOpaque(textAt(value, 'namespace')),
  );
}

function generates({ manifest }: AppliedObject): boolean {
  return itemsAt(manifest, 'spec', 'rules').some(
    ({ value }) => valueAt(value, 'generate') !== undefined,
  );
}

function namespacesOfCharts(view: ClusterView): Set<string> {
  return new Set(
    view
      .ofType('helm.toolkit.fluxcd.io/HelmRelease')
      .map(
        ({ manifest }) =>
          textAt(manifest, 'spec', 'targetNamespace') ?? String(manifest.metadata.namespace),
      ),
  );
}
