import { identityOf } from '../inventory/identity';
import { SourceRepository } from '../inventory/source-file';
import { addTo, grouped } from '../vocabulary/grouped';
import { Fetched } from './artifact';
import { AppliedObject, isOpaque, typeOf } from './applied-object';
import { SourceKey } from './cluster-roots';
import { Identities } from './identities';
import { Tenants } from './tenants';
import { TenantAccount, tenantAccounts } from './tenant-accounts';

/** What reaches a cluster and cannot be read here. */
export interface Unread {
  /** In words. */
  readonly what: string;
  /** The object that brings it along. @default - none; a kustomization file of the cluster's root does */
  readonly carrier?: AppliedObject;
  /** Whether it is Flux itself, which brings no objects of its kinds along. @default false */
  readonly isFlux?: boolean;
}

/** How a cluster was read. */
export interface Reading {
  /** What its root is fetched by. */
  readonly source?: SourceKey;
  /** What each Flux Kustomization applies from, where that is known. */
  readonly fetched: ReadonlyMap<AppliedObject, Fetched>;
  /** Paths of the files that it is built of. */
  readonly files: ReadonlyMap<SourceRepository, ReadonlySet<string>>;
}

/** What something reads from. */
export interface ReadSource {
  /** What it says; anything, where that is malformed. */
  readonly key: SourceKey;
  /** Whether it is what the cluster's root is fetched by. */
  readonly isRoots: boolean;
  /** @default - none is known */
  readonly object?: AppliedObject;
}

const NOTHING_READ: Reading = { fetched: new Map(), files: new Map() };

/** What one cluster gets, as far as the repositories tell. */
export class ClusterView {
  // Indexes are made when somebody asks: views of some objects are asked for little, and are as large.
  private identities?: Identities;
  private types?: ReadonlyMap<string, readonly AppliedObject[]>;
  private namespaces?: ReadonlyMap<string, readonly AppliedObject[]>;
  private labelled?: Tenants;
  private carriers?: ReadonlyMap<AppliedObject, TenantAccount>;
  private readonly derivations = new Map<unknown, unknown>();
  private syncs?: ReadonlyMap<SourceRepository, readonly AppliedObject[]>;

  public constructor(
    /** Name of the cluster; empty for what no cluster is known to get. */
    public readonly name: string,
    /** The directory of its root, where '' is that of the repository. */
    public readonly path: string,
    public readonly repository: SourceRepository,
    public readonly objects: readonly AppliedObject[],
    public readonly unread: readonly Unread[],
    /** Whether these are all objects of a cluster, but for what is unread; else they only lie in the repository. */
    public readonly isCluster: boolean,
    private readonly reading: Reading = NOTHING_READ,
  ) {}

  /** The objects that tenants' bounds are judged by. */
  public get tenants(): Tenants {
    this.labelled ??= new Tenants(this.objects, this.reading.source?.namespace);
    return this.labelled;
  }

  /** The view of what Flux applies: of bounds, these hold. The other objects are judged, and bound nobody. */
  public get inForce(): ClusterView {
    return this.once(withoutHeld);
  }

  /** The view of what the platform applies: what a tenant does bounds nobody, because the tenant may take it away again. */
  public get ofPlatform(): ClusterView {
    return this.once(withoutTenants);
  }

  /** The view of some of its objects; itself where these are all. */
  public narrowed(isKept: (object: AppliedObject) => boolean): ClusterView {
    const objects = this.objects.filter(isKept);
    const { name, path, repository, unread, isCluster, reading } = this;
    return objects.length === this.objects.length
      ? this
      : new ClusterView(name, path, repository, objects, unread, isCluster, reading);
  }

  /** The object of a `group/Kind`, as `typeOf` has it; undefined where none is known. */
  public find(type: string, namespace: unknown, name: unknown): AppliedObject | undefined {
    return this.ofType(type).length === 0
      ? undefined
      : this.byIdentity.find(`${type}/${namespace ?? ''}/${name}`);
  }

  /** All objects that are the same one to Kubernetes as `manifest`: more than one when several files hold it. */
  public twinsOf(manifest: any): readonly AppliedObject[] {
    return this.byIdentity.all(identityOf(manifest));
  }

  /** The objects that are the same one to Kubernetes, of those that are more than one. */
  public get twins(): Iterable<readonly AppliedObject[]> {
    return this.byIdentity.twins;
  }

  public ofType(type: string): readonly AppliedObject[] {
    this.types ??= grouped(this.objects, ({ manifest }) => typeOf(manifest));
    return this.types.get(type) ?? [];
  }

  /** What the root is fetched by; undefined for what is no cluster. */
  public get source(): SourceKey | undefined {
    return this.reading.source;
  }

  /** What something reads from, by its `sourceRef`. */
  public sourceOf({ manifest }: AppliedObject): ReadSource {
    const { kind, name, namespace: said } = manifest.spec?.sourceRef ?? {};
    const namespace = said ?? manifest.metadata.namespace;
    const { source } = this;
    return {
      key: { kind, namespace, name },
      isRoots: source?.kind === kind && source?.name === name && source?.namespace === namespace,
      object: this.find(`source.toolkit.fluxcd.io/${kind}`, namespace, name),
    };
  }

  /** What a Flux Kustomization applies from; undefined where it is not known. */
  public fetchedFor(sync: AppliedObject): Fetched | undefined {
    return this.reading.fetched.get(sync);
  }

  /** The Flux Kustomizations that apply a repository. */
  public syncsOf(repository: SourceRepository): readonly AppliedObject[] {
    this.syncs ??= syncsByRepository(this.reading);
    return this.syncs.get(repository) ?? [];
  }

  /** Objects of a namespace; '' for those without one. */
  public inNamespace(namespace: string): readonly AppliedObject[] {
    this.namespaces ??= grouped(this.objects, ({ manifest }) =>
      String(manifest.metadata.namespace ?? ''),
    );
    return this.namespaces.get(namespace) ?? [];
  }

  /** The tenant whose namespace an object is in; undefined for the platform's. */
  public tenantOf({ manifest }: AppliedObject): string | undefined {
    return this.tenants.ownerOf(manifest.metadata.namespace);
  }

  /** As which tenant an object is applied; undefined where it is with rights of the platform. */
  public applierOf({ sync }: AppliedObject): TenantAccount | undefined {
    return sync && this.accounts.get(sync);
  }

  /** As which tenant a Kustomization, HelmRelease or ResourceSet applies what it brings along; undefined as above. */
  public accountOf(carrier: AppliedObject): TenantAccount | undefined {
    return this.accounts.get(carrier);
  }

  /**
   * Whether a namespace may hold Flux objects that are not known: something brings them along that cannot be read. What a chart
   * installs does not count, unless it is one that installs Flux objects.
   */
  public mayHoldMore(namespace: unknown): boolean {
    return this.once(namespacesWithMore)(String(namespace ?? ''));
  }

  /** As `mayHoldMore`, of sources: a Kustomization whose own source is not there brings none along. */
  public mayHoldMoreSources(namespace: unknown): boolean {
    return this.once(namespacesWithMoreSources)(String(namespace ?? ''));
  }

  /** Whether a file has a part in what the cluster gets, kustomization files among them. */
  public isBuiltOf(repository: SourceRepository, path: string): boolean {
    return this.reading.files.get(repository)?.has(path) ?? false;
  }

  private get accounts(): ReadonlyMap<AppliedObject, TenantAccount> {
    this.carriers ??= tenantAccounts(this.objects, this.tenants);
    return this.carriers;
  }

  private get byIdentity(): Identities {
    this.identities ??= new Identities(this.objects);
    return this.identities;
  }

  /** What `derive` makes of this view, made once: for indexes that a check needs for every object. */
  public once<T>(derive: (view: ClusterView) => T): T {
    if (!this.derivations.has(derive)) {
      this.derivations.set(derive, derive(this));
    }
    return this.derivations.get(derive) as T;
  }
}

function syncsByRepository({ fetched }: Reading): Map<SourceRepository, AppliedObject[]> {
  const syncs = new Map<SourceRepository, AppliedObject[]>();
  fetched.forEach(({ repository }, sync) => addTo(syncs, repository, sync));
  return syncs;
}

function withoutHeld(view: ClusterView): ClusterView {
  return view.narrowed(({ held }) => !held);
}

function withoutTenants(view: ClusterView): ClusterView {
  return view.narrowed((object) => view.applierOf(object) === undefined);
}

/** Charts, by the end of their names, whose releases make objects of Flux. */
const FLUX_CHARTS =
  /(?:^|[/-])(?:flux2?|flux-operator|flux-instance|flux2-(?:sync|notification)|raw|manifests?|app-template-raw)$/;

function namespacesWithMore(view: ClusterView): (namespace: string) => boolean {
  return namespacesOf(view, view.unread);
}

function namespacesWithMoreSources(view: ClusterView): (namespace: string) => boolean {
  return namespacesOf(
    view,
    view.unread.filter(({ carrier }) => carrier === undefined || mayBeFetched(carrier, view)),
  );
}

/** Whether what a Kustomization applies may be fetched by something. */
function mayBeFetched(carrier: AppliedObject, view: ClusterView): boolean {
  const { key, isRoots, object } = view.sourceOf(carrier);
  return (
    isRoots ||
    carrier.manifest.kind !== 'Kustomization' ||
    key.kind === 'ExternalArtifact' ||
    isOpaque(key.name) ||
    isOpaque(key.namespace) ||
    object !== undefined
  );
}

function namespacesOf(
  view: ClusterView,
  unread: readonly Unread[],
): (namespace: string) => boolean {
  const namespaces = new Set<string>();
  let everywhere = false;
  for (const { carrier } of unread.filter(({ isFlux }) => !isFlux)) {
    const { kind, metadata, spec } = carrier?.manifest ?? {};
    const target = spec?.targetNamespace;
    const tenant = carrier && (view.accountOf(carrier)?.tenant ?? view.tenantOf(carrier));
    if (kind === 'HelmRelease') {
      const chart = spec?.chart?.spec?.chart ?? spec?.chartRef?.name;
      const to = String(target ?? metadata.namespace);
      if (FLUX_CHARTS.test(String(chart)) && isWithinReach(view, carrier!, to)) {
        namespaces.add(to);
      }
    } else if (tenant !== undefined) {
      // A tenant's identity reaches no further than its own namespaces.
      view.tenants.namespacesOf(tenant).forEach((one) => namespaces.add(one));
    } else if (target !== undefined) {
      namespaces.add(String(target));
    } else {
      everywhere = true;
    }
  }
  return (namespace) => everywhere || namespaces.has(namespace);
}

/** Whether what a carrier brings along may lie in a namespace: a tenant's reaches no further than its own. */
export function isWithinReach(
  view: ClusterView,
  carrier: AppliedObject,
  namespace: unknown,
): boolean {
  const tenant = view.accountOf(carrier)?.tenant;
  return tenant === undefined || view.tenants.ownerOf(namespace) === tenant;
}
