import { isOpaque } from '../../clusters/applied-object';
import { canariesByTarget, CANARY_EXAMPLE, CANARY_TYPE, targetKeyOf } from '../canaries';
import { ObjectCheck } from '../check';
import { mapAt } from '../manifest-fields';

const OTHER = CANARY_EXAMPLE.replace('name: podinfo', 'name: podinfo-nightly');

export const canaryTargetShared: ObjectCheck = {
  id: 'canary-target-shared',
  severity: 'error',
  profile: 'recommended',
  summary: 'no two Canaries must have the same target',
  why: 'Flagger only logs that bad things will happen: both Canaries scale one target and write the same copies and Services.',
  remedy: 'keep one of them, or give each a target of its own',
  links: ['https://docs.flagger.app/usage/how-it-works'],
  types: [CANARY_TYPE],
  needs: 'cluster',
  bad: `${CANARY_EXAMPLE}---\n${OTHER}`,
  good: `${CANARY_EXAMPLE}---\n${OTHER.replace('    name: podinfo\n', '    name: podinfo-nightly\n')}`,
  *examine({ manifest }, cluster) {
    const { kind, name } = mapAt(manifest, 'spec', 'targetRef');
    const others = cluster.once(canariesByTarget).get(targetKeyOf(manifest)) ?? [];
    const other = others.find(({ metadata }) => metadata.name !== manifest.metadata.name);
    if (typeof name === 'string' && !isOpaque(name) && !isOpaque(kind) && other) {
      yield {
        message: `must have a target of its own, but ${kind} '${name}' is that of Canary '${other.metadata.name}', too`,
        pointer: '/spec/targetRef/name',
      };
    }
  },
};
