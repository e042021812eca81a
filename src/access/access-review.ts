import { AppliedManifest } from '../inventory/applied-manifests';
import { isClusterScopedResource } from '../vocabulary/cluster-scoped-resources';
import { AccessAction } from './access-action';
import { AccessAnswer, AccessGrant } from './access-answer';
import { AccessSubject } from './access-subject';
import { ruleAllows, takesEffect } from './policy-rule';
import { Binding, RbacObjects } from './rbac-objects';

/** Verbs of requests for namespaces that carry none: only a ClusterRoleBinding gives them. */
const OF_ALL_NAMESPACES = new Set(['create', 'deletecollection', 'list']);

/**
 * Who may do what on one cluster, as its roles and bindings have it that the program writes. `Fleet.reviewAccess` makes one.
 *
 * It reads what Kubernetes' RBAC authorizer would read, with two limits. What the program does not write is not known:
 * `unread` lists where more may come from. And the bindings that every cluster is born with, by which anyone may discover
 * the API and ask about themselves, are left out.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class AccessReview {
  /** @internal */
  public static _of(manifests: readonly AppliedManifest[], unread: string[]): AccessReview {
    return new AccessReview(new RbacObjects(manifests), unread);
  }

  private constructor(
    private readonly rbac: RbacObjects,
    /** What is applied to the cluster and was not read: files that something else keeps, charts, sources of the platform. */
    public readonly unread: string[],
  ) {}

  /** Where `subject` may do one thing. A resource that is not known to lie in no namespace is taken to lie in one. */
  public where(subject: AccessSubject, action: AccessAction): AccessAnswer {
    return this.answer(`where ${subject} may ${action}`, subject, action);
  }

  /** Every rule that `subject` has, and where. */
  public rightsOf(subject: AccessSubject): AccessAnswer {
    return this.answer(`where ${subject} may do anything`, subject);
  }

  private answer(question: string, subject: AccessSubject, action?: AccessAction): AccessAnswer {
    const grants: AccessGrant[] = [];
    const unknowns: string[] = [];
    for (const binding of this.rbac.bindings) {
      const { title, inNamespace, subjects, constructPath } = binding;
      const bound = subjects.find((one) => subject._is(one ?? {}, inNamespace));
      const asked = action && asCarriedTo(binding, action);
      if (!bound || (action && !asked)) {
        continue;
      }
      const role = this.rbac.roleOf(binding);
      unknowns.push(...role.unknowns);
      for (const { rule, title: source, constructPath: rulePath } of role.rules) {
        if (asked ? ruleAllows(rule, asked) : takesEffect(rule, inNamespace)) {
          grants.push({
            inNamespace,
            binding: title,
            subject: inWords(bound, inNamespace),
            role: role.title,
            source,
            rule,
            constructPaths: [...new Set([constructPath, rulePath])],
          });
        }
      }
    }
    return new AccessAnswer(question, grants, [...new Set(unknowns)]);
  }
}

/**
 * The action as a request that `binding` can allow at all; undefined when there is none. Requests for one Namespace carry
 * it as theirs, all others for what lies in no namespace carry none, which no RoleBinding is asked about.
 */
function asCarriedTo({ inNamespace }: Binding, action: AccessAction): AccessAction | undefined {
  const { _object: object, _verb: verb } = action;
  if (inNamespace === undefined) {
    return action;
  }
  if (!object || !isClusterScopedResource(object.group, object.resource)) {
    return object && action;
  }
  const isOwn =
    object.group === '' &&
    object.resource === 'namespaces' &&
    (object.name ?? inNamespace) === inNamespace &&
    !OF_ALL_NAMESPACES.has(verb);
  return isOwn ? action._named(inNamespace) : undefined;
}

function inWords({ kind, name, namespace }: any, inNamespace: string | undefined): string {
  const of = kind === 'ServiceAccount' ? ` in namespace '${namespace || inNamespace}'` : '';
  return `${kind} '${name}'${of}`;
}
