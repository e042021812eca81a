import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { ALERT_PROVIDER } from '../alert-example';
import { mapAt, textAt } from '../manifest-fields';

const TYPES = ['slack', 'msteams', 'discord', 'rocket', 'gchat'];

export const alertProviderForm: ObjectCheck = {
  id: 'alert-provider-form',
  severity: 'error',
  profile: 'recommended',
  summary: "Flagger's AlertProvider must have a type, and one of address and secretRef",
  why: 'The API server refuses an AlertProvider with both address and secretRef, with neither of them, or of a type that Flagger does not know, and with it the whole Kustomization.',
  remedy: "set type, and a secretRef to a Secret with the URL at key 'address'",
  links: ['https://docs.flagger.app/usage/alerting'],
  types: ['flagger.app/AlertProvider'],
  // A patch, which may lie beside what is applied, need not be whole.
  needs: 'cluster',
  bad: ALERT_PROVIDER.replace('  secretRef:\n    name: on-call-url\n', ''),
  good: ALERT_PROVIDER,
  *examine({ manifest }) {
    const { address, secretRef } = mapAt(manifest, 'spec');
    const type = textAt(manifest, 'spec', 'type');
    if (!TYPES.includes(type ?? '') && !isOpaque(type)) {
      const allowed = TYPES.map((one) => `'${one}'`).join(', ');
      yield {
        message: `must have a type among ${allowed}, got ${type === undefined ? 'none' : `'${type}'`}`,
        pointer: type === undefined ? '/spec' : '/spec/type',
      };
    }
    const given = [address, secretRef].filter((one) => one !== undefined && one !== null);
    if (given.length !== 1) {
      yield {
        message: `must have one of address and secretRef, got ${given.length === 0 ? 'none' : 'both'}`,
        pointer: '/spec',
      };
    }
  },
};
