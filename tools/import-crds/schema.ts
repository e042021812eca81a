/** The part of a Kubernetes OpenAPI v3 schema that the importer reads. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly format?: string;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly default?: unknown;
}

/** One version of one kind, as the importer's outputs need it. */
export interface CustomResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** Of the whole object, as in the CRD. */
  readonly schema: Schema;
}

/** Compares by code unit, which unlike `localeCompare` is the same on every machine. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function apiVersionOf(resource: CustomResource): string {
  return `${resource.group}/${resource.version}`;
}
