import { Construct } from 'constructs';
import { TENANT_LABEL } from '../vocabulary/labels';
import { place } from '../vocabulary/placement';
import { belongsTo, ITenant } from '../vocabulary/ports';
import { requireRelativePath } from '../vocabulary/relative-path';
import { Repository } from '../vocabulary/repository';
import { strayObjects } from './stray-objects';

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
}

/**
 * A repository of a tenant's own, with the manifests of its apps. Everything directly inside it gets a directory named
 * by its id.
 *
 * Synthesis fails on objects outside the tenant's namespaces, which Flux, as the tenant, could not apply.
 */
export class AppRepo extends Repository {
  public constructor(scope: Construct, id: string, props: AppRepoProps) {
    const { tenant } = props;
    super(scope, id, {
      namespace: tenant.homeNamespace,
      labels: { [TENANT_LABEL]: tenant.tenantName },
      disableResourceNameHashes: true,
    });
    belongsTo(this, tenant);
    place(this, {
      shelf: { kind: 'app', path: directory(props.path ?? `apps/${tenant.tenantName}`) },
      directoryPerChild: true,
      clusters: tenant.clusters.map((cluster) => cluster.clusterName),
    });
    this.node.addValidation({ validate: () => strayObjects(this, tenant) });
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
