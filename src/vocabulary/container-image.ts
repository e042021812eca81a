import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ITenant, tenantOf } from './ports';
import { markSetter, SetterField } from './setter-marker';
import { requireOciRepository } from './url';

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
    private readonly policy?: { readonly tenant: ITenant; readonly policyName: string },
  ) {}

  /**
   * Marks the field of an object that holds this image, so that Flux may rewrite it. Does nothing for an image that
   * only people change.
   *
   * Throws when the object is another tenant's. Synthesis fails when the field is not a string of one line.
   *
   * @param object an ApiObject, or a construct with one, such as a Deployment of cdk8s-plus
   * @param pointer JSON pointer to the field, such as `/spec/template/spec/containers/0/image`
   */
  public markIn(object: IConstruct, pointer: string): void {
    if (!this.policy) {
      return;
    }
    const { tenant, policyName } = this.policy;
    if (tenantOf(object) !== tenant) {
      throw new Error(
        `'${object.node.path}' must not use the image policy '${policyName}' of tenant '${tenant.tenantName}', ` +
          'which is another tenant: Flux would ignore it there',
      );
    }
    markSetter(ApiObject.of(object), {
      pointer,
      field: SetterField.IMAGE,
      policyNamespace: tenant.homeNamespace,
      policyName,
    });
  }
}

function requireImageReference(reference: string): string {
  const match = /^([^@]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(reference);
  if (!match || (match[2] === undefined && match[3] === undefined)) {
    throw new Error(`image must have a tag or a digest, got '${reference}'`);
  }
  requireOciRepository('image', match[1]);
  return reference;
}
