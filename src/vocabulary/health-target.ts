import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import type { KustomizationSpecHealthChecks } from '../imports/kustomize.toolkit.fluxcd.io';
import { apiGroupOf, isClusterScoped } from './cluster-scoped-kinds';
import { CONSTRUCT, TEXT, optional, requireForm } from './form';
import { requireKind } from './kind-reference';
import { requireObjectName } from './names';
import { ITenant, tenantOf } from './ports';
import { requireTargetNamespace } from './target-namespace';

/** An object whose health a sync waits for. */
export class HealthTarget {
  /**
   * An object that the manifests of the source hold.
   *
   * @param namespace one of the tenant's. Default: the sync's target namespace
   */
  public static of(
    apiVersion: string,
    kind: string,
    name: string,
    namespace?: string,
  ): HealthTarget {
    requireForm('apiVersion of a health target', apiVersion, TEXT);
    requireForm('kind of a health target', kind, TEXT);
    requireForm('name of a health target', name, TEXT);
    requireForm('namespace of a health target', namespace, optional(TEXT));
    requireKind('a health target', apiVersion, kind);
    if (isClusterScoped(apiVersion, kind)) {
      throw new Error(
        `health target must lie in a namespace of the tenant, got a ${kind}, which lies in none`,
      );
    }
    requireObjectName('name of a health target', name);
    return new HealthTarget({ apiVersion, kind, name, namespace });
  }

  /**
   * An object of this program.
   *
   * @param object an ApiObject of the tenant whose sync it is, or a construct with one
   */
  public static ofObject(object: IConstruct): HealthTarget {
    requireForm('health target', object, CONSTRUCT);
    const { apiVersion, kind, name, metadata } = ApiObject.of(object);
    const { reference } = HealthTarget.of(apiVersion, kind, name, metadata.namespace);
    return new HealthTarget(reference, tenantOf(object));
  }

  private constructor(
    private readonly reference: KustomizationSpecHealthChecks,
    private readonly owner?: ITenant,
  ) {}

  /** What the field of a sync says of it. Throws when it is not the tenant's. @internal */
  public _check(tenant: ITenant, targetNamespace: string): KustomizationSpecHealthChecks {
    if (this.owner && this.owner !== tenant) {
      throw new Error(
        `health target '${this.reference.name}' must be one of tenant '${tenant.tenantName}', got one of '${this.owner.tenantName}'`,
      );
    }
    const namespace = this.reference.namespace ?? targetNamespace;
    return { ...this.reference, namespace: requireTargetNamespace(tenant, namespace) };
  }

  /** @internal */
  public get _groupAndKind(): string {
    return `${apiGroupOf(this.reference.apiVersion ?? '')}/${this.reference.kind}`;
  }
}
