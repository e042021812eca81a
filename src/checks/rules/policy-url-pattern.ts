import { filtersOf } from '../admission-selectors';
import { ObjectCheck, Problem } from '../check';
import { itemsAt, textsAt, valueAt } from '../manifest-fields';
import { kyvernoLegacyPolicy } from './kyverno-legacy-policy';
import { isMap } from '../../vocabulary/is-map';

const SOURCES = /(?:^|\/)(?:Bucket|GitRepository|HelmRepository|ImageRepository|OCIRepository)$/;
const FIELDS = ['endpoint', 'image', 'url'];

/** `object.spec.url.startsWith('…')`, unless it is denied. */
const STARTS_WITH =
  /(!?)\s*object\.spec\.(?:endpoint|image|url)\.startsWith\(\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*\)/g;

const SOURCE_POLICY = kyvernoLegacyPolicy.good
  .replace('apiGroups: [""]', 'apiGroups: [source.toolkit.fluxcd.io]')
  .replace('[namespaces]', '[ocirepositories]')
  .replace(/expression: .*/, "expression: object.spec.url.startsWith('oci://ghcr.io/acme/')")
  .replace(/message: .*/, 'message: Artifacts must come from acme.');

export const policyUrlPattern: ObjectCheck = {
  id: 'policy-url-pattern',
  severity: 'error',
  profile: 'recommended',
  summary: 'what a policy allows to fetch from must end where a host or an owner ends',
  why: "Text that begins like an allowed place need not be in it: 'https://github.com/acme' begins 'https://github.com/acme-evil/x' too, and the host of anybody may begin with that of another. In Kyverno's patterns '*' is any text, '/' included.",
  remedy: "end what is compared with '/', and write hosts and owners without wildcard",
  links: ['https://kyverno.io/docs/policy-types/overview/'],
  types: [
    'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
    'kyverno.io/ClusterPolicy',
    'kyverno.io/Policy',
    'policies.kyverno.io/ValidatingPolicy',
  ],
  needs: 'object',
  bad: SOURCE_POLICY.replace("acme/')", "acme')"),
  good: SOURCE_POLICY,
  *examine({ manifest }) {
    yield* openPrefixes(manifest, ['spec', 'validations']);
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'rules')) {
      for (const problem of openPrefixes(value, ['validate', 'cel', 'expressions'])) {
        yield { ...problem, pointer: pointer + problem.pointer };
      }
      if (
        filtersOf(value).some((filter) => textsAt(filter, 'kinds').some((one) => SOURCES.test(one)))
      ) {
        const patterns = [
          { value: valueAt(value, 'validate', 'pattern'), pointer: '/validate/pattern' },
          ...itemsAt(value, 'validate', 'anyPattern'),
        ];
        for (const pattern of patterns) {
          yield* openPatterns(pattern.value, pointer + pattern.pointer);
        }
      }
    }
  },
};

function* openPrefixes(
  from: any,
  keys: readonly string[],
): Generator<Problem & { pointer: string }> {
  for (const { value, pointer } of itemsAt(from, ...keys)) {
    const expression = valueAt(value, 'expression');
    for (const [, denied, single, double] of String(expression).matchAll(STARTS_WITH)) {
      const prefix = single ?? double;
      const [, rest] = /^(?:[a-z]+:\/\/)?([^]*)$/.exec(prefix)!;
      if (denied === '' && rest !== '' && !rest.endsWith('/') && rest.split('/').length <= 2) {
        yield {
          message: `allows all that begins with '${prefix}', which others' places may, too; end it with '/'`,
          pointer: `${pointer}/expression`,
        };
      }
    }
  }
}

function* openPatterns(pattern: any, pointer: string): Generator<Problem> {
  const spec = Object.entries(isMap(pattern) ? pattern : {}).filter(
    ([key]) => bare(key) === 'spec',
  );
  for (const [, fields] of spec) {
    for (const [key, value] of Object.entries(isMap(fields) ? fields : {})) {
      if (FIELDS.includes(bare(key)) && typeof value === 'string') {
        const open = value
          .split('|')
          .map((one) => one.trim())
          .find(isOpen);
        if (open !== undefined) {
          yield {
            message: `allows '${open}', where '*' is any text, '/' included, so that it is in places of others, too`,
            pointer,
          };
        }
      }
    }
  }
}

/** Whether a wildcard stands where a host or its first directory should be all there. */
function isOpen(pattern: string): boolean {
  const [, rest] = /^(?:[a-z]+:\/\/)?([^]*)$/.exec(pattern)!;
  if (/^!|\{\{|\$\(|&/.test(pattern) || /^[?*]*$/.test(rest)) {
    return false; // denied, computed, or open on purpose
  }
  const [host, owner = ''] = rest.split('/');
  return host.includes('*') || (owner.includes('*') && !/^[?*]*$/.test(owner));
}

/** A key without the anchor of Kyverno around it. */
function bare(key: string): string {
  return key.replace(/^[=X^<+]?\((.*)\)$/, '$1');
}
