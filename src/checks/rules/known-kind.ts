import { AppliedObject, isOpaque } from '../../clusters/applied-object';
import { FIELD_SCHEMAS } from '../../imports/field-schemas';
import { apiGroupOf } from '../../vocabulary/cluster-scoped-kinds';
import { nearestWord } from '../../vocabulary/nearest-word';
import { ObjectCheck } from '../check';
import { TENANT_SOURCE } from '../example-parts';
import { isDefined } from '../field-schema';
import { textAt } from '../manifest-fields';

const TOOLKIT = '.toolkit.fluxcd.io';

export const knownKind: ObjectCheck = {
  id: 'known-kind',
  severity: 'error',
  profile: 'recommended',
  summary: 'an object of an API group of Flux or Flagger must be of a kind that the group has',
  why: 'The API server knows no other kind. Flux applies nothing of a Kustomization with an object that it refuses: the message is "no matches for kind".',
  remedy: 'correct the spelling of kind, or of the group in apiVersion',
  links: ['https://fluxcd.io/flux/components/', 'https://docs.flagger.app/'],
  types: ['*'],
  needs: 'cluster',
  bad: `# with: tenant team-a\n${TENANT_SOURCE.replace('kind: OCIRepository', 'kind: OciRepository')}`,
  good: `# with: tenant team-a\n${TENANT_SOURCE}`,
  *examine(object, cluster) {
    const { message, pointer } = wrongWord(object) ?? {};
    if (message !== undefined && !isDefined(object.manifest, cluster)) {
      yield { message, pointer };
    }
  },
};

function wrongWord({ manifest }: AppliedObject): { message: string; pointer: string } | undefined {
  const apiVersion = textAt(manifest, 'apiVersion') ?? '';
  const group = apiGroupOf(apiVersion);
  const kind = String(manifest.kind);
  if (isOpaque(apiVersion) || isOpaque(kind)) {
    return undefined;
  }
  const kinds = KINDS.get(group);
  if (kinds && !kinds.includes(kind)) {
    const meant = nearestWord(kind, kinds);
    const known = meant === undefined ? `one of ${kinds.join(', ')}` : `'${meant}'`;
    return { message: `must be of kind ${known}, got '${kind}'`, pointer: '/kind' };
  }
  if (!kinds && group.endsWith(TOOLKIT)) {
    const known = [...KINDS.keys()].filter((one) => one.endsWith(TOOLKIT));
    return {
      message: `must be of API group ${nearestWord(group, known) ?? known.join(', ')}, got '${group}'`,
      pointer: '/apiVersion',
    };
  }
  return undefined;
}

/** All kinds of each group of Flux and Flagger. */
const KINDS = new Map<string, string[]>();
for (const key of Object.keys(FIELD_SCHEMAS)) {
  const [group, , kind] = key.split('/');
  if (group.endsWith('.fluxcd.io') || group === 'flagger.app') {
    KINDS.set(group, [...(KINDS.get(group) ?? []), kind]);
  }
}
