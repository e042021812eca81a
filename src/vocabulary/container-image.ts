import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
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

  /** The image that an ImagePolicy chooses. @internal */
  public static _chosenBy(
    reference: string,
    policyNamespace: string,
    policyName: string,
  ): ContainerImage {
    return new ContainerImage(requireImageReference(reference), { policyNamespace, policyName });
  }

  private constructor(
    /** `<host>/<path>:<tag>`, as a container's `image` field wants it. */
    public readonly reference: string,
    private readonly policy?: { readonly policyNamespace: string; readonly policyName: string },
  ) {}

  /**
   * Marks the field of an object that holds this image, so that Flux may rewrite it. Does nothing for an image that
   * only people change.
   *
   * Synthesis fails when the field is not a string of one line.
   *
   * @param object an ApiObject, or a construct with one, such as a Deployment of cdk8s-plus
   * @param pointer JSON pointer to the field, such as `/spec/template/spec/containers/0/image`
   */
  public markIn(object: IConstruct, pointer: string): void {
    if (this.policy) {
      markSetter(ApiObject.of(object), { pointer, field: SetterField.IMAGE, ...this.policy });
    }
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
