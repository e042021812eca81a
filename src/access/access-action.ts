import { TEXT, requireForm } from '../vocabulary/form';
import { isObjectName } from '../vocabulary/names';
import { quoted } from '../vocabulary/quoted';

const VERB = /^[a-z]+$/;
const RESOURCE =
  /^(?<name>[a-z0-9-]+)(?:\.(?<group>[a-z0-9.-]+))?(?:\/(?<subresource>[a-z0-9-]+))?$/;

/** One thing that may be done on a cluster. */
export class AccessAction {
  /**
   * A verb on a resource, spelled as the API server does when it refuses one: `secrets`, `deployments.apps`, `pods/log`.
   * Throws on a wildcard: a question is about one thing. `AccessReview.where` throws on what neither Kubernetes nor Flux nor the
   * program knows: a misspelling is allowed to nobody, and proves nothing.
   *
   * @param verb such as `create`. Requests to `exec`, `attach` and `portforward` come as `get` and as `create`
   * @param resource `<plural>[.<API group>][/<subresource>]`
   * @param name of the object. Default: any, so that a right to one object alone is a right, too
   */
  public static on(verb: string, resource: string, name?: string): AccessAction {
    return AccessAction.onObject(verb, resource, name, false);
  }

  /**
   * As `on`, of a verb or a resource that only operators know which the program does not write: nothing tells whether it is
   * spelled right.
   */
  public static onCustom(verb: string, resource: string, name?: string): AccessAction {
    return AccessAction.onObject(verb, resource, name, true);
  }

  private static onObject(
    verb: string,
    resource: string,
    name: string | undefined,
    isCustom: boolean,
  ): AccessAction {
    requireForm('resource', resource, TEXT);
    const parts = RESOURCE.exec(resource)?.groups;
    if (!parts || (parts.group !== undefined && !isObjectName(parts.group))) {
      throw new Error(
        `resource must be such as 'secrets', 'deployments.apps' or 'pods/log', got ${quoted(resource)}`,
      );
    }
    const { subresource } = parts;
    const description = `${verb} ${resource}${name === undefined ? '' : ` '${name}'`}`;
    const object = { group: parts.group ?? '', name, resource: parts.name, subresource };
    return new AccessAction(verb, description, object, undefined, isCustom);
  }

  /**
   * An HTTP method on a path that is no object's, such as `get` on `/metrics`.
   *
   * @param path throws when it does not start with '/'
   */
  public static onUrl(method: string, path: string): AccessAction {
    if (!path.startsWith('/')) {
      throw new Error(`path must be such as '/metrics', got ${quoted(path)}`);
    }
    return new AccessAction(method, `${method} ${path}`, undefined, path);
  }

  private constructor(
    /** @internal */
    readonly _verb: string,
    private readonly description: string,
    /** @internal */
    readonly _object?: RequestedObject,
    /** @internal */
    readonly _path?: string,
    /** @internal */
    readonly _isCustom: boolean = false,
  ) {
    if (!VERB.test(_verb)) {
      throw new Error(`verb must be one verb, such as 'create', got ${quoted(_verb)}`);
    }
  }

  /**
   * The same on one object.
   *
   * @internal
   */
  public _named(name: string): AccessAction {
    const object = { ...this._object!, name };
    return new AccessAction(this._verb, this.description, object, undefined, this._isCustom);
  }

  /** The action in words. */
  public toString(): string {
    return this.description;
  }
}

/** What a request is about. */
export interface RequestedObject {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** @default - any */
  readonly name?: string;
}
