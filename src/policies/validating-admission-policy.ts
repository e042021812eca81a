import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';

/** A CEL expression that must be true, and what is said when it is not. */
export interface AdmissionValidation {
  readonly expression: string;
  /** @default - the expression */
  readonly message?: string;
  /** CEL expression that yields the message. @default - `message` */
  readonly messageExpression?: string;
  /** HTTP status reason of a refusal. @default 'Invalid' */
  readonly reason?: 'Unauthorized' | 'Forbidden' | 'Invalid' | 'RequestEntityTooLarge';
}

/** A CEL expression with a name. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

/** What an audit event says. */
export interface AuditAnnotation {
  readonly key: string;
  /** CEL expression. */
  readonly valueExpression: string;
}

/** Operations on resources. */
export interface AdmissionRule {
  /** `['']` is the core group. */
  readonly apiGroups: string[];
  readonly apiVersions: string[];
  /** `CREATE`, `UPDATE`, `DELETE`, `CONNECT` or `*`. */
  readonly operations: ('CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT' | '*')[];
  /** Plural names, such as `ocirepositories`. */
  readonly resources: string[];
  /** @default - all */
  readonly resourceNames?: string[];
  /** @default '*' */
  readonly scope?: 'Cluster' | 'Namespaced' | '*';
}

/** One condition on labels. */
export interface AdmissionSelectorRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  /** @default - none */
  readonly values?: string[];
}

/** Conditions on labels. */
export interface AdmissionSelector {
  /** @default - none */
  readonly matchLabels?: { [key: string]: string };
  /** @default - none */
  readonly matchExpressions?: AdmissionSelectorRequirement[];
}

/** The requests that a policy, or a binding of one, looks at. */
export interface AdmissionMatch {
  /** @default - none */
  readonly resourceRules?: AdmissionRule[];
  /** @default - none */
  readonly excludeResourceRules?: AdmissionRule[];
  /** @default - every namespace */
  readonly namespaceSelector?: AdmissionSelector;
  /** @default - every object */
  readonly objectSelector?: AdmissionSelector;
  /** @default 'Equivalent' */
  readonly matchPolicy?: 'Exact' | 'Equivalent';
}

/** The kind of object that parameterizes a policy. */
export interface AdmissionParamKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** `spec` of a `ValidatingAdmissionPolicy`. */
export interface ValidatingAdmissionPolicySpec {
  readonly matchConstraints: AdmissionMatch;
  /** @default - none */
  readonly matchConditions?: NamedExpression[];
  /** @default - none */
  readonly variables?: NamedExpression[];
  /** @default - none; there must be one, or an audit annotation */
  readonly validations?: AdmissionValidation[];
  /** @default - none */
  readonly auditAnnotations?: AuditAnnotation[];
  /** What becomes of a request when an expression fails. @default 'Fail' */
  readonly failurePolicy?: 'Fail' | 'Ignore';
  /** @default - none */
  readonly paramKind?: AdmissionParamKind;
}

/** What a `ValidatingAdmissionPolicy` is made of. */
export interface ValidatingAdmissionPolicyProps {
  /** @default - a name made from the construct path */
  readonly metadata?: ApiObjectMetadata;
  readonly spec: ValidatingAdmissionPolicySpec;
}

/**
 * A `ValidatingAdmissionPolicy` of `admissionregistration.k8s.io/v1`, cluster-wide. Without a binding it has no effect.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class ValidatingAdmissionPolicy extends ApiObject {
  public constructor(scope: Construct, id: string, props: ValidatingAdmissionPolicyProps) {
    super(scope, id, {
      ...props,
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
    });
  }
}

/** The object that parameterizes a binding. */
export interface AdmissionParamRef {
  /** @default - by selector */
  readonly name?: string;
  /** Name a namespace of the platform: without one, each request brings its own. @default - the request's */
  readonly namespace?: string;
  /** @default - by name */
  readonly selector?: AdmissionSelector;
  /** What becomes of a request when the object is missing. */
  readonly parameterNotFoundAction: 'Allow' | 'Deny';
}

/** `spec` of a `ValidatingAdmissionPolicyBinding`. */
export interface ValidatingAdmissionPolicyBindingSpec {
  readonly policyName: string;
  /** `Deny` and `Warn` exclude each other. */
  readonly validationActions: ('Deny' | 'Warn' | 'Audit')[];
  /** @default - all that the policy matches */
  readonly matchResources?: AdmissionMatch;
  /** @default - none */
  readonly paramRef?: AdmissionParamRef;
}

/** What a `ValidatingAdmissionPolicyBinding` is made of. */
export interface ValidatingAdmissionPolicyBindingProps {
  /** @default - a name made from the construct path */
  readonly metadata?: ApiObjectMetadata;
  readonly spec: ValidatingAdmissionPolicyBindingSpec;
}

/**
 * A `ValidatingAdmissionPolicyBinding` of `admissionregistration.k8s.io/v1`, cluster-wide.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class ValidatingAdmissionPolicyBinding extends ApiObject {
  public constructor(scope: Construct, id: string, props: ValidatingAdmissionPolicyBindingProps) {
    super(scope, id, {
      ...props,
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
    });
  }
}
