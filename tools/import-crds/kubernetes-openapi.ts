import { readFileSync } from 'fs';
import { join } from 'path';
import { byCodeUnit, type Schema } from './schema';
import { compact, withoutStatus, type SchemaTable, type TableEntry } from './schema-table';

const wantedKinds: { readonly [apiVersion: string]: readonly string[] } = {
  v1: [
    'ConfigMap',
    'LimitRange',
    'Namespace',
    'PersistentVolumeClaim',
    'Pod',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'admissionregistration.k8s.io/v1': [
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['Ingress', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
};

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

interface OpenApi {
  readonly components: { readonly schemas: { readonly [name: string]: Schema } };
  readonly paths: {
    readonly [path: string]: {
      readonly post?: { readonly 'x-kubernetes-group-version-kind'?: GroupVersionKind };
    };
  };
}

/** The wanted kinds from a directory of Kubernetes' OpenAPI v3 files. */
export function kubernetesTable(directory: string): SchemaTable {
  const entries: { [key: string]: TableEntry } = {};
  const definitions: { [name: string]: Schema } = {};
  for (const apiVersion of Object.keys(wantedKinds).sort(byCodeUnit)) {
    const api = readOpenApi(directory, apiVersion);
    for (const kind of wantedKinds[apiVersion]) {
      const key = `${apiVersion}/${kind}`;
      const own = withoutStatus(plainReferences(schemaOf(api, apiVersion, kind)));
      const schema = compact(own, key);
      entries[key] = { scope: scopeOf(api, apiVersion, kind), schema };
      collectDefinitions(api, schema, definitions);
    }
  }
  return { ...entries, $defs: definitions };
}

function readOpenApi(directory: string, apiVersion: string): OpenApi {
  const prefix = apiVersion.includes('/') ? 'apis' : 'api';
  const file = join(directory, `${prefix}__${apiVersion.replace('/', '__')}_openapi.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
}

function schemaOf(api: OpenApi, apiVersion: string, kind: string): Schema {
  const found = Object.values(api.components.schemas).filter((schema) =>
    gvksOf(schema).some((gvk) => names(gvk, apiVersion, kind)),
  );
  if (found.length !== 1) {
    throw new Error(`${found.length} schemas for ${apiVersion} ${kind} in the OpenAPI files`);
  }
  return found[0];
}

function gvksOf(schema: Schema): readonly GroupVersionKind[] {
  return (schema['x-kubernetes-group-version-kind'] ?? []) as readonly GroupVersionKind[];
}

function names(gvk: GroupVersionKind, apiVersion: string, kind: string): boolean {
  const own = gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`;
  return own === apiVersion && gvk.kind === kind;
}

/** A kind is namespaced if it is created below a namespace. */
function scopeOf(api: OpenApi, apiVersion: string, kind: string): 'Namespaced' | 'Cluster' {
  const creating = Object.entries(api.paths).filter(([, { post }]) => {
    const gvk = post?.['x-kubernetes-group-version-kind'];
    return gvk !== undefined && names(gvk, apiVersion, kind);
  });
  if (creating.length === 0) {
    throw new Error(`no path creates ${apiVersion} ${kind} in the OpenAPI files`);
  }
  return creating.some(([path]) => path.includes('/{namespace}/')) ? 'Namespaced' : 'Cluster';
}

const componentPrefix = '#/components/schemas/';

/** References point to `$defs`; a single-element `allOf` around one only carries prose. */
function plainReferences(value: Schema): Schema {
  return JSON.parse(JSON.stringify(value), (key, one) => reviveReference(key, one)) as Schema;
}

function reviveReference(key: string, value: unknown): unknown {
  if (key === '$ref') {
    return `#/$defs/${shortName((value as string).slice(componentPrefix.length))}`;
  }
  const schema = value as Schema | null;
  const only = Array.isArray(schema?.allOf) && schema.allOf.length === 1 ? schema.allOf[0] : {};
  if ('$ref' in only) {
    return { $ref: only.$ref };
  }
  // The zero value of a Go type, not a default of the API.
  if (key === 'default' && (value === '' || value === 0 || JSON.stringify(value) === '{}')) {
    return undefined;
  }
  return value;
}

const prefixes = /^io\.k8s\.(api|apimachinery\.pkg\.(apis|api|runtime|util))\./;

function shortName(name: string): string {
  return name.replace(prefixes, '');
}

function collectDefinitions(
  api: OpenApi,
  schema: Schema,
  definitions: { [name: string]: Schema },
): void {
  const references = JSON.stringify(schema).match(/(?<="#\/\$defs\/)[^"]+/g) ?? [];
  for (const name of references) {
    if (definitions[name] === undefined) {
      definitions[name] = definition(api, name);
      collectDefinitions(api, definitions[name], definitions);
    }
  }
}

function definition(api: OpenApi, name: string): Schema {
  const full = Object.keys(api.components.schemas).filter((one) => shortName(one) === name);
  if (full.length !== 1) {
    throw new Error(`${full.length} definitions for ${name} in the OpenAPI files`);
  }
  const schema = compact(plainReferences(api.components.schemas[full[0]]), name);
  if (name === 'intstr.IntOrString') {
    return { 'x-kubernetes-int-or-string': true };
  }
  // In a CRD, `type: object` alone admits no field; in these files it means any.
  const bare = schema.type === 'object' && Object.keys(schema).length === 1;
  return bare ? { ...schema, 'x-kubernetes-preserve-unknown-fields': true } : schema;
}
