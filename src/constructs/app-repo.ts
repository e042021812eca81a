import { Construct } from 'constructs';
import { fleetOf } from '../vocabulary/fleet-ports';
import { KustomizationFile } from '../vocabulary/kustomization-file';
import { TENANT_LABEL } from '../vocabulary/labels';
import { place, tenancyOf } from '../vocabulary/placement';
import { belongsTo, ITenant } from '../vocabulary/ports';
import { requireRelativePath } from '../vocabulary/relative-path';
import { requireTargetNamespace } from '../vocabulary/target-namespace';
import { Repository } from '../vocabulary/repository';

/** Whose repository it is. */
export interface AppRepoProps {
  readonly tenant: ITenant;
  /**
   * Directory that manifests are written to, each app in one of its own; the path of a `GitTarget`, and what CI
   * publishes.
   *
   * @default - `apps/<tenant>`
   */
  readonly path?: string;
  /**
   * Namespace of everything in it, one of the tenant's: the `targetNamespace` of the sync that applies it.
   *
   * @default - the home namespace
   */
  readonly targetNamespace?: string;
}

/**
 * A repository of a tenant's own, with the manifests of its apps. Everything directly inside it gets a directory named
 * by its id.
 *
 * Synthesis fails on objects that Flux, as the tenant, could not apply, or would move to another namespace.
 */
export class AppRepo extends Repository {
  public constructor(scope: Construct, id: string, props: AppRepoProps) {
    const { tenant } = props;
    const namespace = props.targetNamespace ?? tenant.homeNamespace;
    super(scope, id, {
      namespace,
      labels: { [TENANT_LABEL]: tenant.tenantName },
      disableResourceNameHashes: true,
    });
    requireTargetNamespace(tenant, namespace);
    belongsTo(this, tenant);
    place(this, {
      shelf: { kind: 'app', path: directory(props.path ?? `apps/${tenant.tenantName}`) },
      directoryPerChild: true,
      clusters: tenant.clusters.map((cluster) => cluster.clusterName),
      fleet: fleetOf(tenant).node.path,
      tenancy: { ...tenancyOf(tenant), only: namespace },
    });
    // Without it, Flux would fail rather than prune when the last app is gone.
    new KustomizationFile(this, 'Resources');
  }
}

/** `path` without what its end and start may add to it. */
function directory(path: string): string {
  const plain = requireRelativePath('path', path).replace(/^\.\/|\/$/g, '');
  if (plain === '' || plain === '.') {
    throw new Error(`path must be a directory below the root of the repository, got '${path}'`);
  }
  return plain;
}
