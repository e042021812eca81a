/** What a setter marker names: `<namespace>:<policy>`, and which part of the image. */
export interface PolicySetter {
  readonly namespace: string;
  readonly name: string;
  /** 'tag', 'name' or 'digest'; empty for the image as a whole. */
  readonly part: string;
}

/** The only setters that Flux knows of a policy. */
const SETTER = /^([^:]+):([^:]+)(?::(tag|name|digest))?$/;

/** What the setter of a marker names; undefined where Flux would know none of that name. */
export function policySetter(setter: string): PolicySetter | undefined {
  const [, namespace, name, part = ''] = SETTER.exec(setter) ?? [];
  return namespace === undefined ? undefined : { namespace, name, part };
}
