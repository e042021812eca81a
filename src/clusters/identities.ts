import { identityOf } from '../inventory/identity';
import { AppliedObject } from './applied-object';

/** Objects by what tells them apart to Kubernetes. */
export class Identities {
  private readonly firsts = new Map<string, AppliedObject>();
  /** Of what there is more than one, which is little. */
  private readonly several = new Map<string, AppliedObject[]>();

  public constructor(objects: readonly AppliedObject[]) {
    for (const object of objects) {
      const identity = identityOf(object.manifest);
      const first = this.firsts.get(identity);
      if (!first) {
        this.firsts.set(identity, object);
      } else if (!this.several.get(identity)?.push(object)) {
        this.several.set(identity, [first, object]);
      }
    }
  }

  /** The first of them. */
  public find(identity: string): AppliedObject | undefined {
    return this.firsts.get(identity);
  }

  public all(identity: string): readonly AppliedObject[] {
    const first = this.firsts.get(identity);
    return this.several.get(identity) ?? (first ? [first] : []);
  }

  /** The objects that are the same one, of those that are more than one. */
  public get twins(): Iterable<readonly AppliedObject[]> {
    return this.several.values();
  }
}
