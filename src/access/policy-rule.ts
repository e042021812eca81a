import { isClusterScopedResource } from '../vocabulary/cluster-scoped-resources';
import { AccessAction } from './access-action';

/** A rule of a role: all of its verbs on all of its resources in all of its groups, or on all of its URLs. */
export interface AccessRule {
  readonly verbs: string[];
  /** Empty for a rule on URLs. */
  readonly apiGroups: string[];
  /** Empty for a rule on URLs. */
  readonly resources: string[];
  /** Names of the only objects that it is for; empty when it is for all. */
  readonly resourceNames: string[];
  /** URLs that are no object's. */
  readonly nonResourceUrls: string[];
}

/** A rule as a manifest has it; what is no list of texts is as empty as the API server would have it. */
export function readRule(rule: any): AccessRule {
  return {
    apiGroups: texts(rule?.apiGroups),
    nonResourceUrls: texts(rule?.nonResourceURLs),
    resourceNames: texts(rule?.resourceNames),
    resources: texts(rule?.resources),
    verbs: texts(rule?.verbs),
  };
}

/**
 * Whether a request for `action` matches `rule`. An action that names no object stands for any that a request can name,
 * and for a request without a name.
 */
export function ruleAllows(rule: AccessRule, action: AccessAction): boolean {
  const { _verb: verb, _object: object, _path: path } = action;
  if (!rule.verbs.some((one) => one === '*' || one === verb)) {
    return false;
  }
  if (!object) {
    return rule.nonResourceUrls.some((pattern) => urlMatches(pattern, path!));
  }
  return (
    rule.apiGroups.some((one) => one === '*' || one === object.group) &&
    rule.resources.some((one) => resourceMatches(one, object.resource, object.subresource)) &&
    nameMatches(rule.resourceNames, verb, object.name)
  );
}

/** Whether a rule allows any request at all, where a binding in a namespace, or for the whole cluster, gives it. */
export function takesEffect(rule: AccessRule, inNamespace: string | undefined): boolean {
  return (
    inNamespace === undefined ||
    rule.apiGroups.some((group) =>
      rule.resources.some((resource) => takesEffectInNamespace(group, resource)),
    )
  );
}

/** Whether a RoleBinding can give anything on a resource: on its own Namespace, it does. */
export function takesEffectInNamespace(group: string, resource: string): boolean {
  return !isClusterScopedResource(group, resource) || /^namespaces(?:\/|$)/.test(resource);
}

function resourceMatches(pattern: string, resource: string, subresource?: string): boolean {
  // A bare wildcard takes in every subresource.
  return (
    pattern === '*' ||
    pattern === (subresource === undefined ? resource : `${resource}/${subresource}`) ||
    (subresource !== undefined && pattern === `*/${subresource}`)
  );
}

function nameMatches(names: string[], verb: string, name: string | undefined): boolean {
  if (names.length === 0) {
    return true;
  }
  // Lists and watches can name an object by a field selector, creations by server-side apply; this has no way to.
  return name === undefined ? verb !== 'deletecollection' : names.includes(name);
}

function urlMatches(pattern: string, path: string): boolean {
  return (
    pattern === '*' ||
    pattern === path ||
    (pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, '')))
  );
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
