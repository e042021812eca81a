import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { TEXT, requireForm } from './form';
import { ITenant, tenantOf } from './ports';
import { quoted } from './quoted';
import { imageAnnotation, markSetter, SetterField, SetterMarker } from './setter-marker';
import { requireOciRepository } from './url';

/** Name, tag and digest at their longest. */
const LONGEST_REFERENCE = 255 + 1 + 128 + 1 + 71;

const REFERENCE = /^([^@]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;

/** The ImagePolicy of a tenant that decides on an image. */
interface ChoosingPolicy {
  readonly tenant: ITenant;
  readonly policyName: string;
  readonly followsDigests: boolean;
  /** Whether it is certain that it would not choose a tag. */
  readonly neverChooses: (tag: string) => boolean;
  /** URL of the Git repository in which Flux looks for markers. */
  readonly repository: string;
  /** Directory of that repository in which it does. */
  readonly updatePath: string;
  readonly pinned?: boolean;
  /** Called for each field that is marked. */
  readonly onMark: () => void;
}

/** What a field of an image holds, and how it is marked where Flux may rewrite it. */
interface ImageField {
  readonly value: string;
  readonly marker?: SetterMarker;
}

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
  public static _chosenBy(reference: string, policy: ChoosingPolicy): ContainerImage {
    return new ContainerImage(requireImageReference(reference), policy);
  }

  /** Name without tag and digest: `<host>/<path>`. */
  public readonly name: string;
  /** The tag, when there is one. */
  public readonly tag?: string;
  /** The digest, when there is one. */
  public readonly digest?: string;

  private constructor(
    /** `<host>/<path>:<tag>`, as a container's `image` field wants it. */
    public readonly reference: string,
    private readonly policy?: ChoosingPolicy,
  ) {
    [, this.name, this.tag, this.digest] = REFERENCE.exec(reference) as unknown as string[];
    if (policy && this.digest !== undefined && !policy.followsDigests) {
      throw new Error(
        `image ${quoted(reference)} must have no digest, which pipeline '${policy.policyName}' does not follow: ` +
          'Flux would remove it',
      );
    }
  }

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
    this.mark(object, pointer, SetterField.IMAGE);
  }

  /** Marks a field that holds the name alone, as `markIn` does: `repository` in the values of a chart. */
  public markNameIn(object: IConstruct, pointer: string): void {
    this.mark(object, pointer, SetterField.NAME);
  }

  /**
   * Marks a field that holds the tag alone, as `markIn` does: `tag` in the values of a chart. The object gets an annotation
   * with the name of the image, once for each policy.
   *
   * Throws when the image has no tag.
   */
  public markTagIn(object: IConstruct, pointer: string): void {
    this.mark(object, pointer, SetterField.TAG);
  }

  /**
   * Marks a field that holds the digest alone, as `markTagIn` does for the tag.
   *
   * Throws when the image has no digest.
   */
  public markDigestIn(object: IConstruct, pointer: string): void {
    this.mark(object, pointer, SetterField.DIGEST);
  }

  /**
   * Whether it is used by its tag alone, although Flux follows its digest.
   *
   * @internal
   */
  public get _lacksDigest(): boolean {
    return this.digest === undefined && this.policy?.followsDigests === true;
  }

  /**
   * A field of the image below `user`, which `pointer` leads to.
   *
   * @internal
   */
  public _field(user: IConstruct, pointer: string, field: SetterField): ImageField {
    const value = this.part(field);
    if (value === undefined) {
      throw new Error(`image ${quoted(this.reference)} has no ${field}`);
    }
    if (!this.policy) {
      return { value };
    }
    const { tenant, policyName, neverChooses, pinned, repository, updatePath, onMark } =
      this.policy;
    if (tenantOf(user) !== tenant) {
      throw new Error(
        `'${user.node.path}' must not use the image policy '${policyName}' of tenant '${tenant.tenantName}', ` +
          'which is another tenant: Flux would ignore it there',
      );
    }
    onMark();
    const marker = {
      pointer,
      expected: value,
      field,
      imageName: this.name,
      policyNamespace: tenant.homeNamespace,
      policyName,
      neverChooses,
      repository,
      updatePath,
      ...(pinned && { pinned }),
    };
    return { value, marker };
  }

  private part(field: SetterField): string | undefined {
    switch (field) {
      case SetterField.IMAGE:
        return this.reference;
      case SetterField.NAME:
        return this.name;
      case SetterField.TAG:
        return this.tag;
      case SetterField.DIGEST:
        return this.digest;
    }
  }

  private mark(construct: IConstruct, pointer: string, field: SetterField): void {
    const { marker } = this._field(construct, pointer, field);
    if (!marker) {
      return;
    }
    const object = ApiObject.of(construct);
    if (field === SetterField.TAG || field === SetterField.DIGEST) {
      object.metadata.addAnnotation(imageAnnotation(marker.policyName), this.name);
    }
    markSetter(object, marker);
  }
}

function requireImageReference(reference: string): string {
  requireForm('image', reference, TEXT);
  const match = reference.length <= LONGEST_REFERENCE ? REFERENCE.exec(reference) : null;
  if (!match || (match[2] === undefined && match[3] === undefined)) {
    throw new Error(`image must have a tag or a digest, got ${quoted(reference)}`);
  }
  requireOciRepository('image', match[1]);
  return reference;
}
