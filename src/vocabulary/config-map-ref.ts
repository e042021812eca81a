import type { IConfigMap } from 'cdk8s-plus-28';
import { CONSTRUCT, requireForm } from './form';
import { requireObjectName } from './names';
import { KnownObject, knownObject } from './known-object';

/** A ConfigMap in the namespace of the object that uses it: Flux refuses those of other namespaces. */
export class ConfigMapRef {
  /**
   * A ConfigMap that something else puts into the namespace.
   *
   * @param name name of the ConfigMap. Throws when it is not a Kubernetes object name.
   */
  public static named(name: string): ConfigMapRef {
    return new ConfigMapRef(requireObjectName('config map name', name));
  }

  /**
   * A ConfigMap made with cdk8s-plus. What uses it throws when it is known to lie in another namespace, and labels it where Flux
   * is to notice its changes at once.
   */
  public static fromConfigMap(configMap: IConfigMap): ConfigMapRef {
    requireForm('config map', configMap, CONSTRUCT);
    return new ConfigMapRef(
      requireObjectName('config map name', configMap.name),
      knownObject(configMap),
    );
  }

  private constructor(
    public readonly name: string,
    private readonly known?: KnownObject,
  ) {}

  /**
   * The name, for an object in `namespace` that Flux reads again as soon as the ConfigMap changes. Throws when it is known to
   * lie elsewhere.
   *
   * @internal
   */
  public _watchedFrom(namespace: string): string {
    this.known?.requireIn(namespace, `config map '${this.name}'`);
    this.known?.watch();
    return this.name;
  }
}
