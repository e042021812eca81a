import type { CustomResource, Schema } from './schema';

/**
 * A rule of the targeted release that the CRD files at hand, taken from a release branch, do not
 * have yet. Each one states what it expects to find, so that newer files make it fail instead of
 * leaving it in place unnoticed.
 */
interface Amendment {
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  /** Property names from the object's root; `[]` steps into the items of an array. */
  readonly path: readonly string[];
  readonly keyword: string;
  readonly from: unknown;
  readonly to: unknown;
}

const amendments: readonly Amendment[] = [
  {
    name: 'flux-2.9.4-push-refspec-pattern',
    group: 'image.toolkit.fluxcd.io',
    kind: 'ImageUpdateAutomation',
    path: ['spec', 'git', 'push', 'refspec'],
    keyword: 'pattern',
    from: undefined,
    to: '^$|^[^+:]',
  },
  {
    name: 'flux-2.9.4-artifact-copy-to-pattern',
    group: 'source.extensions.fluxcd.io',
    kind: 'ArtifactGenerator',
    path: ['spec', 'artifacts', '[]', 'copy', '[]', 'to'],
    keyword: 'pattern',
    from: '^@(artifact)/(.*)$',
    to:
      '^@artifact/([^/]{0,1}|[^./][^/]|[.][^./]|[^/]{3,})' +
      '(/([^/]{0,1}|[^./][^/]|[.][^./]|[^/]{3,}))*$',
  },
  {
    name: 'flux-2.9.4-artifact-copy-exclude-length',
    group: 'source.extensions.fluxcd.io',
    kind: 'ArtifactGenerator',
    path: ['spec', 'artifacts', '[]', 'copy', '[]', 'exclude', '[]'],
    keyword: 'maxLength',
    from: undefined,
    to: 1024,
  },
];

/** The resources with every amendment applied; fails if one does not apply. */
export function amend(resources: readonly CustomResource[]): CustomResource[] {
  return amendments.reduce<CustomResource[]>(applyTo, [...resources]);
}

function applyTo(resources: CustomResource[], amendment: Amendment): CustomResource[] {
  const { group, kind, name, path } = amendment;
  const index = resources.findIndex((one) => one.group === group && one.kind === kind);
  if (index < 0) {
    throw new Error(`amendment ${name} does not apply: no ${group}/${kind}`);
  }
  const amended = {
    ...resources[index],
    schema: rewrite(resources[index].schema, path, amendment),
  };
  return resources.map((resource, position) => (position === index ? amended : resource));
}

function rewrite(schema: Schema, path: readonly string[], amendment: Amendment): Schema {
  if (path.length === 0) {
    return setKeyword(schema, amendment);
  }
  const [step, ...rest] = path;
  const child = step === '[]' ? schema.items : schema.properties?.[step];
  if (child === undefined) {
    const { group, kind, name } = amendment;
    const where = amendment.path.join('.');
    throw new Error(`amendment ${name} does not apply: ${group}/${kind} has no ${where}`);
  }
  const next = rewrite(child, rest, amendment);
  return step === '[]'
    ? { ...schema, items: next }
    : { ...schema, properties: { ...schema.properties, [step]: next } };
}

function setKeyword(schema: Schema, { name, keyword, from, to }: Amendment): Schema {
  if (schema[keyword] !== from) {
    const found = JSON.stringify(schema[keyword]) ?? 'nothing';
    const expected = JSON.stringify(from) ?? 'nothing';
    throw new Error(
      `amendment ${name} does not apply: ${keyword} is ${found} where ${expected} was expected`,
    );
  }
  return { ...schema, [keyword]: to };
}
