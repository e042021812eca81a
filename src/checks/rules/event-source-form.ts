import { isOpaque } from '../../clusters/applied-object';
import { ALERT } from '../alert-example';
import { ObjectCheck } from '../check';
import { itemsAt, mapAt, textAt, valueAt } from '../manifest-fields';

const KINDS = [
  'ArtifactGenerator',
  'Bucket',
  'ExternalArtifact',
  'GitRepository',
  'HelmChart',
  'HelmRelease',
  'HelmRepository',
  'ImagePolicy',
  'ImageRepository',
  'ImageUpdateAutomation',
  'Kustomization',
  'OCIRepository',
];

/** Kinds that Flux Operator, and the guide to notifications of other controllers, add to those that the API server takes. */
const ADDED_KINDS = ['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider', 'Terraform'];

export const eventSourceForm: ObjectCheck = {
  id: 'event-source-form',
  severity: 'error',
  profile: 'recommended',
  summary: 'what an Alert or a Receiver is about must be named as Flux compares names',
  why: "Flux takes a name exactly, and '*' alone for all: a name with '*' in it is that of no object. The API server refuses kinds that are not Flux's own, and of all objects of a kind a Receiver wants to know their labels.",
  remedy: "name one object, or '*' with matchLabels; watch a Canary with Flagger's own alerts",
  links: [
    'https://fluxcd.io/flux/components/notification/alerts/#event-sources',
    'https://fluxcd.io/flux/components/notification/receivers/#resources',
  ],
  types: ['notification.toolkit.fluxcd.io/Alert', 'notification.toolkit.fluxcd.io/Receiver'],
  needs: 'object',
  bad: ALERT.replace("name: '*'", "name: 'podinfo-*'"),
  good: ALERT,
  *examine({ manifest }) {
    const isReceiver = manifest.kind === 'Receiver';
    for (const { value, pointer } of itemsAt(
      manifest,
      'spec',
      isReceiver ? 'resources' : 'eventSources',
    )) {
      const [kind, name] = [textAt(value, 'kind'), textAt(value, 'name')];
      if (kind !== undefined && !isOpaque(kind) && ![...KINDS, ...ADDED_KINDS].includes(kind)) {
        yield {
          message: `must be about a kind of Flux (${KINDS.join(', ')}), got ${kind}`,
          pointer: `${pointer}/kind`,
        };
      }
      const hasLabels = Object.keys(mapAt(value, 'matchLabels')).length > 0;
      if (name?.includes('*') && name !== '*') {
        yield {
          message: `must name an object exactly, or '*' for all, got '${name}'`,
          pointer: `${pointer}/name`,
        };
      } else if (isReceiver && name === '*' && !hasLabels) {
        yield {
          message: "must have matchLabels with name '*', got none",
          pointer: `${pointer}/name`,
        };
      } else if (isReceiver && name !== undefined && name !== '*' && hasLabels && !isOpaque(name)) {
        yield {
          message: `must have name '*' with matchLabels, got '${name}'`,
          pointer: `${pointer}/name`,
        };
      }
    }
    const namespace = valueAt(manifest, 'spec', 'providerRef', 'namespace');
    if (!isReceiver && namespace !== undefined) {
      yield {
        message: `must use a Provider of its own namespace, got providerRef.namespace '${namespace}', which is no field`,
        pointer: '/spec/providerRef/namespace',
      };
    }
  },
};
