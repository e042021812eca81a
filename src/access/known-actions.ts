import { AppliedManifest } from '../inventory/applied-manifests';
import { apiGroupOf } from '../vocabulary/cluster-scoped-kinds';
import { knownResources } from '../vocabulary/known-kinds';
import { nearestWord } from '../vocabulary/nearest-word';
import { quoted } from '../vocabulary/quoted';
import { AccessAction, RequestedObject } from './access-action';
import { AccessRule } from './policy-rule';

/** What requests do to objects, and what Kubernetes' own checks ask besides. */
const VERBS =
  'get list watch create update patch delete deletecollection approve attest bind escalate impersonate proxy sign use';

/** Methods of HTTP, which are the verbs of requests for URLs. */
const METHODS = 'get head post put patch delete options connect trace';

/** Resources without a kind of their own: who is impersonated, who signs, and what the metrics server shows. */
const WITHOUT_KIND = [
  ['', 'groups'],
  ['', 'users'],
  ['authentication.k8s.io', 'uids'],
  ['authentication.k8s.io', 'userextras'],
  ['certificates.k8s.io', 'signers'],
  ['metrics.k8s.io', 'nodes'],
  ['metrics.k8s.io', 'pods'],
];

/** Subresources of Kubernetes, of whatever resource, and those that the kubelet asks about. */
const SUBRESOURCES =
  'approval attach binding ephemeralcontainers eviction exec finalize finalizers log portforward proxy resize scale status ' +
  'token checkpoint configz healthz metrics pods spec stats';

/** What can be asked about: what Kubernetes and Flux know, and whatever the program names in roles and definitions. */
export class KnownActions {
  private readonly verbs = new Set(VERBS.split(' '));
  private readonly subresources = new Set(SUBRESOURCES.split(' '));
  /** API groups by resource. */
  private readonly resources = new Map<string, Set<string>>();

  public constructor(manifests: readonly AppliedManifest[], rules: Iterable<AccessRule>) {
    for (const [group, resource] of [...WITHOUT_KIND, ...knownResources()]) {
      this.add(group, resource);
    }
    for (const { manifest } of manifests) {
      if (
        manifest.kind === 'CustomResourceDefinition' &&
        apiGroupOf(String(manifest.apiVersion)) === 'apiextensions.k8s.io'
      ) {
        this.add(String(manifest.spec?.group), String(manifest.spec?.names?.plural));
      }
    }
    for (const { verbs, apiGroups, resources } of rules) {
      verbs.forEach((verb) => this.verbs.add(verb));
      apiGroups.forEach((group) => resources.forEach((resource) => this.add(group, resource)));
    }
  }

  /** Throws when nobody knows what `action` is about, so that to hear of it nowhere would prove nothing. */
  public require(action: AccessAction): void {
    const { _verb: verb, _object: object } = action;
    const verbs = object ? this.verbs : new Set(METHODS.split(' '));
    if (!verbs.has(verb)) {
      throw unknown('verb', verb, action, nearestWord(verb, verbs));
    }
    if (object && !this.isKnown(object)) {
      throw unknown('resource', spelled(object), action, this.nearestTo(object));
    }
    const { resource, subresource } = object ?? {};
    if (subresource && !this.subresources.has(subresource) && resource !== 'userextras') {
      const nearest = nearestWord(subresource, this.subresources);
      throw unknown('subresource', subresource, action, nearest);
    }
  }

  private isKnown({ group, resource }: RequestedObject): boolean {
    const groups = this.resources.get(resource);
    return groups !== undefined && (groups.has(group) || groups.has('*'));
  }

  private add(group: string, path: string): void {
    const [resource, subresource] = path.split('/');
    this.resources.set(resource, (this.resources.get(resource) ?? new Set()).add(group));
    if (subresource !== undefined) {
      this.subresources.add(subresource);
    }
  }

  /** The known resource that is spelled most like one that is not. */
  private nearestTo({ group, resource, subresource }: RequestedObject): string | undefined {
    const known = this.resources.has(resource)
      ? resource
      : nearestWord(resource, this.resources.keys());
    if (known === undefined) {
      return undefined;
    }
    const groups = [...this.resources.get(known)!].filter((one) => one !== '*').sort();
    const nearest = groups.includes(group) ? group : (nearestWord(group, groups) ?? groups[0]);
    return nearest === undefined
      ? undefined
      : spelled({ group: nearest, resource: known, subresource });
  }
}

function spelled({ group, resource, subresource }: RequestedObject): string {
  return `${resource}${group && `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
}

function unknown(what: string, word: string, action: AccessAction, nearest?: string): Error {
  const custom = action._object ? 'one that only an operator knows (AccessAction.onCustom)' : '';
  const guesses = [nearest === undefined ? '' : `'${nearest}'`, custom].filter((one) => one !== '');
  return new Error(
    `${what} ${quoted(word)} of '${action}' is not known: Kubernetes and Flux have none, and no role or ` +
      `CustomResourceDefinition of the program names one${guesses.length > 0 ? `; did you mean ${guesses.join(', or ')}?` : ''}`,
  );
}
