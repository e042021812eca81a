import { AppliedManifest } from '../inventory/applied-manifests';
import { isClusterScopedResource } from '../vocabulary/cluster-scoped-resources';
import { madeBy, requireForm } from '../vocabulary/form';
import { AccessAction } from './access-action';
import { AccessAnswer, AccessGrant } from './access-answer';
import { AccessSubject } from './access-subject';
import { KnownActions } from './known-actions';
import { KnownSubjects } from './known-subjects';
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
  public static _of(
    manifests: readonly AppliedManifest[],
    unread: string[],
    program: readonly AppliedManifest[] = manifests,
  ): AccessReview {
    return new AccessReview(new RbacObjects(manifests), manifests, unread, program);
  }

  private known?: KnownActions;
  private subjects?: KnownSubjects;

  private constructor(
    private readonly rbac: RbacObjects,
    private readonly manifests: readonly AppliedManifest[],
    /** What is applied to the cluster and was not read: files that something else keeps, charts, sources of the platform. */
    public readonly unread: string[],
    /** What all clusters get. */
    private readonly program: readonly AppliedManifest[],
  ) {}

  /**
   * Where `subject` may do one thing. A resource that is not known to lie in no namespace is taken to lie in one.
   *
   * Throws when verb or resource is known neither to Kubernetes and Flux nor to the roles and CustomResourceDefinitions of the
   * program, unless the action is an `AccessAction.onCustom`; and when the program does not know the subject, unless it is one
   * `asStranger`. A service account and a user without groups are known by name, whoever else by each group.
   */
  public where(subject: AccessSubject, action: AccessAction): AccessAnswer {
    this.requireSubject(subject);
    requireForm('action', action, madeBy(AccessAction, "on('create', 'secrets')"));
    if (!action._isCustom) {
      this.known ??= new KnownActions(this.manifests, this.rbac.rules());
      this.known.require(action);
    }
    return this.answer(`where ${subject} may ${action}`, subject, action);
  }

  /** Every rule that `subject` has, and where. Throws when the program does not know the subject, as `where` does. */
  public rightsOf(subject: AccessSubject): AccessAnswer {
    this.requireSubject(subject);
    return this.answer(`where ${subject} may do anything`, subject);
  }

  private requireSubject(subject: AccessSubject): void {
    requireForm('subject', subject, madeBy(AccessSubject, 'accountOf(tenant)'));
    if (!subject._isStranger) {
      this.subjects ??= new KnownSubjects(this.program);
      this.subjects.require(subject);
    }
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
