import { typeOf } from '../../clusters/applied-object';
import { isMap } from '../../vocabulary/is-map';
import { nearestWord } from '../../vocabulary/nearest-word';
import { ALERT } from '../alert-example';
import { ObjectCheck } from '../check';
import { pathOf } from '../field-schema';
import { textsAt } from '../manifest-fields';
import { RefusedValue, refusedValuesOf } from '../refused-values';
import { isDuration } from './duration-form';
import { knownField } from './known-field';
import { isTextByName } from './text-value';

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
};

/** Fields whose choices a check of their own knows, with what others add to those of the schema. */
const CHOSEN_ELSEWHERE: Readonly<Record<string, RegExp>> = {
  'flagger.app/AlertProvider': /^\/spec\/type$/,
  'flagger.app/Canary': /^\/spec\/(?:provider|[a-z]+Ref\/kind)$/,
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': /^\/spec\/sourceRef\/kind$/,
  // Flux Operator adds its kinds to these.
  'notification.toolkit.fluxcd.io/Alert': /^\/spec\/eventSources\/\d+\/kind$/,
  'notification.toolkit.fluxcd.io/Receiver': /^\/spec\/resources\/\d+\/kind$/,
};

/** How much of a text a message repeats. */
const LONGEST = 60;

export const fieldValue: ObjectCheck = {
  id: 'field-value',
  severity: 'error',
  profile: 'recommended',
  summary: 'a field of an object of Flux must have a value that its kind takes',
  why:
    'The API server refuses an object with a value of another type than the schema has for the field, or with another than those it lists, and with the object all that the Kustomization applies. ' +
    'The schema is that of the CustomResourceDefinition in the repository, or else of Flux 2.9.',
  remedy:
    'correct the value: choose one of those that the message lists, put numbers in quotes where a text belongs, and write numbers, true and false without quotes elsewhere',
  links: [
    'https://fluxcd.io/flux/components/',
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  ],
  types: knownField.types,
  needs: 'cluster',
  bad: ALERT.replace('eventSeverity: error', 'eventSeverity: warning'),
  good: ALERT,
  *examine(object, cluster) {
    const isFlux = String(object.manifest.apiVersion).includes('.fluxcd.io/');
    for (const refused of refusedValuesOf(object, cluster)) {
      const { value, choices, pointer } = refused;
      if (isToldBetter(object.manifest, refused)) {
        continue;
      }
      const meant =
        typeof value === 'string' && nearestWord(value, textsAt({ choices }, 'choices'));
      if (choices && !isFlux && !meant) {
        continue; // other versions of Flagger and Kyverno than ours have other choices
      }
      const more = meant ? `; did you mean '${meant}'?` : '';
      yield {
        message: `must have ${allowedBy(refused)} for ${pathOf(pointer)}, got ${shown(value)}${more}`,
        pointer,
      };
    }
  },
};

/** Whether another check says what to write instead. */
function isToldBetter(manifest: any, { value, choices, pointer }: RefusedValue): boolean {
  const type = typeOf(manifest);
  return (
    (choices !== undefined && CHOSEN_ELSEWHERE[type]?.test(pointer)) ||
    (typeof value === 'number' && isDuration(type, pointer)) ||
    isTextByName(type, pointer)
  );
}

function allowedBy({ type = '', choices, value }: RefusedValue): string {
  if (choices) {
    return `one of ${choices.map((one) => (one === '' ? "''" : one)).join(', ')}`;
  }
  const isInQuotes = typeof value === 'string' && /^(?:true|false|-?\d+(?:\.\d+)?)$/.test(value);
  const isBare = typeof value === 'number' || typeof value === 'boolean';
  const how =
    type === 'string' && isBare
      ? ', in quotes,'
      : isInQuotes && ['integer', 'number', 'boolean'].includes(type)
        ? ', without quotes,'
        : '';
  return `${TYPES[type]}${how}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > LONGEST || value.includes('\n') ? 'a longer text' : `'${value}'`;
  }
  return Array.isArray(value) ? 'a list' : isMap(value) ? 'a map' : String(value);
}
