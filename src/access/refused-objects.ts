import { AppliedCluster, AppliedManifest, appliedManifests } from '../inventory/applied-manifests';
import { isList } from '../inventory/malformed';
import { ManifestObject, Warning } from '../inventory/manifest-object';
import { apiGroupOf, isClusterScoped } from '../vocabulary/cluster-scoped-kinds';
import { isKnownKind, pluralOf } from '../vocabulary/known-kinds';
import { Tenancy } from '../vocabulary/placement';
import { AccessAction } from './access-action';
import { AccessReview } from './access-review';
import { AccessSubject } from './access-subject';

/** What server-side apply, by which Flux applies, takes. */
const APPLYING = ['create', 'patch'];
const RBAC = 'rbac.authorization.k8s.io';
const DEFINITIONS = 'apiextensions.k8s.io';

/** What is wrong, and what may be. */
export interface RefusedObjects {
  readonly errors: string[];
  readonly warnings: Warning[];
}

/**
 * An error for every object of a tenant's own repository that the API server would refuse, because the account by which
 * Flux applies it may not write its kind; a warning for every kind of which that cannot be told.
 *
 * @param beside further objects that give rights or define kinds
 */
export function findRefusedObjects(
  objects: readonly ManifestObject[],
  clusters: readonly AppliedCluster[],
  beside: readonly ManifestObject[] = [],
): RefusedObjects {
  const apps = objects.filter(isJudged);
  const rights = new Map(apps.length > 0 ? rightsOn([...objects, ...beside], clusters) : []);
  const errors: string[] = [];
  const doubts = new Map<string, Warning>();
  for (const object of apps) {
    const { manifest, constructPath, location } = object;
    const what = `[${constructPath}] ${manifest.kind} '${manifest.metadata.name}'`;
    const verdicts = location.clusters.flatMap((key) => {
      const verdict = rights.get(key)?.verdictOf(manifest, location.tenancy!);
      return verdict ? [{ ...verdict, cluster: key.slice(key.lastIndexOf('/') + 1) }] : [];
    });
    const refused = verdicts.filter(({ isCertain }) => isCertain);
    const doubted = verdicts.find(({ isCertain }) => !isCertain);
    if (refused.length > 0) {
      errors.push(
        `${what} would be refused on ${refused.map(({ cluster }) => `'${cluster}'`).join(', ')}, because ` +
          `${refused[0].why}; create it inside the Tenant or a PlatformComponent, or allow its kind by tenantRules of the FleetRepo`,
      );
    } else if (doubted) {
      const kind = `${location.repository} ${apiGroupOf(manifest.apiVersion)} ${manifest.kind}`;
      const text = `${what} may be refused on '${doubted.cluster}', because ${doubted.why}`;
      doubts.set(kind, doubts.get(kind) ?? { repository: location.repository, text });
    }
  }
  return { errors, warnings: [...doubts.values()] };
}

/** Whether an object is one that Flux applies as a tenant, and within the bounds of that tenant in all other respects. */
function isJudged({ manifest, location: { shelf, tenancy } }: ManifestObject): boolean {
  const { apiVersion, kind, metadata } = manifest;
  return (
    shelf.kind === 'app' &&
    tenancy !== undefined &&
    tenancy.namespaces.includes(metadata.namespace) &&
    !isList(manifest) &&
    !isClusterScoped(apiVersion, kind) &&
    apiGroupOf(apiVersion) !== RBAC
  );
}

/** The rights on each cluster. Objects are handed out in one pass, for a fleet may have thousands of either. */
function rightsOn(
  objects: readonly ManifestObject[],
  clusters: readonly AppliedCluster[],
): [key: string, rights: ClusterRights][] {
  const relevant = new Map<string, ManifestObject[]>(clusters.map(({ key }) => [key, []]));
  for (const object of objects) {
    if (isList(object.manifest) || isAboutRights(object.manifest)) {
      object.location.clusters.forEach((key) => relevant.get(key)?.push(object));
    }
  }
  return clusters.map((cluster) => [
    cluster.key,
    new ClusterRights(relevant.get(cluster.key)!.flatMap((one) => readable(one, cluster))),
  ]);
}

function isAboutRights({ apiVersion }: any): boolean {
  return [RBAC, DEFINITIONS].includes(apiGroupOf(String(apiVersion)));
}

function readable(object: ManifestObject, cluster: AppliedCluster): AppliedManifest[] {
  try {
    return appliedManifests([object], cluster);
  } catch {
    return []; // the layout tells which patch does not apply
  }
}

interface Verdict {
  readonly isCertain: boolean;
  readonly why: string;
}

/** What accounts may write on one cluster, asked namespace by namespace. */
class ClusterRights {
  /** Roles and bindings of each namespace; those of all namespaces have none. */
  private readonly manifests = new Map<string | undefined, AppliedManifest[]>();
  private readonly reviews = new Map<string, AccessReview>();
  private readonly plurals = new Map<string, string>();
  private readonly verdicts = new Map<string, Verdict | undefined>();

  public constructor(manifests: readonly AppliedManifest[]) {
    for (const one of manifests) {
      const { apiVersion, kind, metadata, spec } = one.manifest;
      const group = apiGroupOf(String(apiVersion));
      if (group === DEFINITIONS) {
        this.plurals.set(`${spec?.group}/${spec?.names?.kind}`, String(spec?.names?.plural));
      } else if (group === RBAC) {
        const namespace = String(kind).startsWith('Cluster') ? undefined : metadata?.namespace;
        const known = this.manifests.get(namespace);
        if (known) {
          known.push(one);
        } else {
          this.manifests.set(namespace, [one]);
        }
      }
    }
  }

  /** Why the account of a tenant may not write an object; undefined when it may. */
  public verdictOf({ apiVersion, kind, metadata }: any, tenancy: Tenancy): Verdict | undefined {
    const group = apiGroupOf(apiVersion);
    const key = [tenancy.tenant, metadata.namespace, group, kind].join(' ');
    if (!this.verdicts.has(key)) {
      this.verdicts.set(key, this.judge(group, kind, metadata.namespace, tenancy));
    }
    return this.verdicts.get(key);
  }

  private judge(
    group: string,
    kind: string,
    namespace: string,
    { namespaces, serviceAccount }: Tenancy,
  ): Verdict | undefined {
    const defined = this.plurals.get(`${group}/${kind}`);
    const resource = `${defined ?? pluralOf(kind)}${group && `.${group}`}`;
    const account = AccessSubject.serviceAccount(namespaces[0], serviceAccount).asStranger();
    const actions = actionsOn(resource);
    if (!actions) {
      return { isCertain: false, why: `'${resource}' is no resource that a role can name` };
    }
    const answers = actions.map((action) => this.reviewOf(namespace).where(account, action));
    const refused = answers.findIndex((answer) => !answer.isAllowedIn(namespace));
    if (refused < 0) {
      return undefined;
    }
    const why = `${account} may not ${APPLYING[refused]} ${resource} in namespace '${namespace}'`;
    if (defined === undefined && !isKnownKind(group, kind)) {
      return {
        isCertain: false,
        why: `${why}, if that is what its kind is called; a CustomResourceDefinition in the program would tell`,
      };
    }
    const [unknown] = answers.flatMap(({ unknowns }) => unknowns);
    return unknown
      ? { isCertain: false, why: `${why}, as far as is known: ${unknown}` }
      : { isCertain: true, why };
  }

  private reviewOf(namespace: string): AccessReview {
    const known = this.reviews.get(namespace);
    if (known) {
      return known;
    }
    const [everywhere, here] = [this.manifests.get(undefined), this.manifests.get(namespace)];
    const review = AccessReview._of([...(everywhere ?? []), ...(here ?? [])], []);
    this.reviews.set(namespace, review);
    return review;
  }
}

function actionsOn(resource: string): AccessAction[] | undefined {
  try {
    return APPLYING.map((verb) => AccessAction.onCustom(verb, resource));
  } catch {
    return undefined; // a group or plural that is no name, which the API server refuses by itself
  }
}
