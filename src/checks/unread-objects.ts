import { AppliedObject, isOpaqueIn, typeOf } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { TenantAccount } from '../clusters/tenant-accounts';
import { CLUSTER_ROLE_BINDING, ROLE_BINDING } from './bound-accounts';
import { itemsAt, textAt, valueAt } from './manifest-fields';

/** What makes objects in namespaces of others: by a policy, or from templates. */
const MAKERS = [
  'capsule.clastix.io/GlobalTenantResource',
  'capsule.clastix.io/Tenant',
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

function unreadPlaces(view: ClusterView): UnreadPlaces {
  const namespaces = new Set<string>();
  const accounts = new Map<string, Set<string>>();
  let everywhere = false;
  const enter = ({ tenant, account }: TenantAccount) =>
    accounts.set(tenant, (accounts.get(tenant) ?? new Set()).add(account));
  for (const maker of makersOf(view)) {
    const applier = view.applierOf(maker);
    if (applier) {
      enter(applier);
    } else {
      everywhere = true;
    }
  }
  for (const { carrier } of view.unread.filter(({ isFlux }) => !isFlux)) {
    const target = carrier && textAt(carrier.manifest, 'spec', 'targetNamespace');
    const account = carrier && view.accountOf(carrier);
    if (account) {
      enter(account);
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

/** What the platform applies that is known, and stands for objects anywhere that are not. */
export function platformMakers(view: ClusterView): AppliedObject[] {
  return makersOf(view).filter((maker) => view.applierOf(maker) === undefined);
}

/** Whether an object makes others; else it is one itself, and it is not known where it lies or whom it binds. */
export function isMaker({ manifest }: AppliedObject): boolean {
  return manifest.kind !== 'ClusterRoleBinding' && !PLACED.includes(typeOf(manifest));
}

function makersOf(view: ClusterView): AppliedObject[] {
  return [
    ...MAKERS.flatMap((type) => view.ofType(type)),
    ...view.ofType('kyverno.io/ClusterPolicy').filter(generates),
    ...PLACED.flatMap((type) => view.ofType(type).filter(isAnywhere)),
    ...view.ofType(CLUSTER_ROLE_BINDING).filter(bindsAnybody),
  ];
}

/** Whether nobody knows where an object lies, or whom it binds. */
function isAnywhere(object: AppliedObject): boolean {
  const { name, namespace } = object.manifest.metadata;
  return (
    typeof namespace !== 'string' ||
    [name, namespace].some((one) => isOpaqueIn(object, one)) ||
    bindsAnybody(object)
  );
}

function bindsAnybody(object: AppliedObject): boolean {
  return itemsAt(object.manifest, 'subjects').some(({ value }) =>
    ['name', 'namespace'].some((key) => isOpaqueIn(object, textAt(value, key))),
  );
}

function generates({ manifest }: AppliedObject): boolean {
  return itemsAt(manifest, 'spec', 'rules').some(
    ({ value }) => valueAt(value, 'generate') !== undefined,
  );
}
