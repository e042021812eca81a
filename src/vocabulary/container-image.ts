import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ITenant, tenantOf } from './ports';
import { quoted } from './quoted';
import { markSetter, SetterField } from './setter-marker';
import { requireOciRepository } from './url';

/** Name, tag and digest at their longest. */
const LONGEST_REFERENCE = 255 + 1 + 128 + 1 + 71;

/** An image, and who may change its tag. */
export class ContainerImage {
  /**
   * An image that only people change.
   *
   * @param reference `<host>/<path>:<tag>`, `<host>/<path>@<digest>` or both
   */
  public static of(reference: string): ContainerImage {
    return new ContainerImage(requireImageReference(reference));
  }

  /** The image that an ImagePolicy of a tenant chooses. @internal */
  public static _chosenBy(reference: string, tenant: ITenant, policyName: string): ContainerImage {
    return new ContainerImage(requireImageReference(reference), { tenant, policyName });
  }

  private constructor(
    /** `<host>/<path>:<tag>`, as a container's `image` field wants it. */
    public readonly reference: string,
    private readonly policy?: {
      readonly tenant: ITenant;
      readonly policyName: string;
      readonly pinned?: boolean;
    },
  ) {}

  /**
   * The same image, whose tag in the program stands against one that Flux has committed: to go back to an older version.
   * Flux moves on from there, so that the program should not insist for long.
   */
  public pinned(): ContainerImage {
    return new ContainerImage(this.reference, this.policy && { ...this.policy, pinned: true });
  }

  /**
   * Marks the field of an object that holds this image, so that Flux may rewrite it. Does nothing for an image that
   * only people change.
   *
   * Throws when the object is another tenant's. Synthesis fails when the field does not hold this image.
   *
   * @param object an ApiObject, or a construct with one, such as a Deployment of cdk8s-plus
   * @param pointer JSON pointer to the field, such as `/spec/template/spec/containers/0/image`
   */
  public markIn(object: IConstruct, pointer: string): void {
    if (!this.policy) {
      return;
    }
    const { tenant, policyName, pinned } = this.policy;
    if (tenantOf(object) !== tenant) {
      throw new Error(
        `'${object.node.path}' must not use the image policy '${policyName}' of tenant '${tenant.tenantName}', ` +
          'which is another tenant: Flux would ignore it there',
      );
    }
    markSetter(ApiObject.of(object), {
      pointer,
      expected: this.reference,
      field: SetterField.IMAGE,
      policyNamespace: tenant.homeNamespace,
      policyName,
      ...(pinned && { pinned }),
    });
  }
}

function requireImageReference(reference: string): string {
  const match =
    reference.length <= LONGEST_REFERENCE
      ? /^([^@]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(reference)
      : null;
  if (!match || (match[2] === undefined && match[3] === undefined)) {
    throw new Error(`image must have a tag or a digest, got ${quoted(reference)}`);
  }
  requireOciRepository('image', match[1]);
  return reference;
}
