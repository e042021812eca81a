import { filtersOf } from '../admission-selectors';
import { ObjectCheck } from '../check';
import { FLUX_VERSIONS } from '../flux-versions';
import { itemsAt, textsAt } from '../manifest-fields';
import { kyvernoLegacyPolicy } from './kyverno-legacy-policy';

/** Groups of Flux, by the kinds in them. */
const GROUPS: ReadonlyMap<string, string> = new Map(
  [...FLUX_VERSIONS.keys()].map((type): [string, string] => {
    const [group, kind] = type.split('/');
    return [kind, group];
  }),
);

export const kyvernoBareKind: ObjectCheck = {
  id: 'kyverno-bare-kind',
  severity: 'warning',
  profile: 'strict',
  summary: 'a Kyverno policy for objects of Flux should name their API group',
  why: 'A kind without group matches those of every group: HelmChart is one of k3s, too, and Provider and Bucket are those of Crossplane.',
  remedy: "write the group and any version, such as 'source.toolkit.fluxcd.io/*/OCIRepository'",
  links: ['https://kyverno.io/docs/policy-types/overview/'],
  types: ['kyverno.io/ClusterPolicy', 'kyverno.io/Policy'],
  needs: 'object',
  bad: kyvernoLegacyPolicy.bad.replace('- Namespace', '- Provider'),
  good: kyvernoLegacyPolicy.good
    .replace('apiGroups: [""]', 'apiGroups: [notification.toolkit.fluxcd.io]')
    .replace('[namespaces]', '[providers]'),
  *examine({ manifest }) {
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'rules')) {
      for (const kind of filtersOf(value).flatMap((filter) => textsAt(filter, 'kinds'))) {
        if (GROUPS.has(kind)) {
          yield {
            message: `matches '${kind}' of any group; use '${GROUPS.get(kind)}/*/${kind}'`,
            pointer: `${pointer}/match`,
          };
        }
      }
    }
  },
};
