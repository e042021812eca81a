import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { metadataOf } from './setter-marker';
import { tenantOf } from './ports';

/** One step of an RFC 6902 JSON patch. */
export interface JsonPatchOperation {
  /** `add`, `remove`, `replace` or `test`. */
  readonly op: string;
  /** JSON pointer, such as `/spec/interval`. */
  readonly path: string;
  /** The value to add, replace or test. @default - none */
  readonly value?: any;
}

/** How one object differs in one environment. */
export interface EnvironmentPatch {
  readonly environment: string;
  readonly operations: JsonPatchOperation[];
}

const PATCH = 'cdk8s-flux-tenants:environment-patch';
const OPERATIONS = ['add', 'remove', 'replace', 'test'];

/** Remembers that `object`, which is in a tenant's base, differs in `environment`. Throws when the tenant is not there. */
export function patchInEnvironment(
  object: ApiObject,
  environment: string,
  operations: JsonPatchOperation[],
): void {
  requireEnvironment(object, environment);
  for (const { op, path } of operations) {
    if (!OPERATIONS.includes(op)) {
      throw new Error(`patch operation must be one of ${OPERATIONS.join(', ')}, got '${op}'`);
    }
    if (!path.startsWith('/')) {
      throw new Error(`patch path must be a JSON pointer such as '/spec/interval', got '${path}'`);
    }
  }
  object.node.addMetadata(PATCH, { environment, operations });
}

/** Returns `environment` when the tenant of `scope` runs in it; throws otherwise. */
export function requireEnvironment(scope: IConstruct, environment: string): string {
  const tenant = tenantOf(scope);
  const environments = environmentsOf(tenant);
  if (!environments.includes(environment)) {
    throw new Error(
      `tenant '${tenant.tenantName}' has no cluster in environment '${environment}', it is in ${environments.join(', ')}`,
    );
  }
  return environment;
}

/** The environments of a tenant's clusters, each once, in order of name. */
export function environmentsOf(tenant: { clusters: { environment: string }[] }): string[] {
  return [...new Set(tenant.clusters.map((cluster) => cluster.environment))].sort();
}

export function environmentPatchesOf(construct: IConstruct): EnvironmentPatch[] {
  return metadataOf(construct, PATCH);
}
