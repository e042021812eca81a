import { RECEIVER } from '../alert-example';
import { ObjectCheck } from '../check';
import { itemsAt, textAt, textsAt } from '../manifest-fields';

/** What changes by a push to Git, and what by a push to a registry. Of other kinds it cannot be told. */
const KINDS = {
  Git: ['GitRepository'],
  registry: ['ImageRepository', 'OCIRepository'],
} as const;

type Place = keyof typeof KINDS;

/** What each type calls of; by its events where the host has both. */
const CALLERS: Readonly<Record<string, Place | Readonly<Record<string, Place>>>> = {
  acr: 'registry',
  bitbucket: { 'repo:refs_changed': 'Git', 'pr:merged': 'Git' },
  dockerhub: 'registry',
  gcr: 'registry',
  github: { push: 'Git', package: 'registry', registry_package: 'registry' },
  gitlab: { 'push hook': 'Git', 'tag push hook': 'Git' },
  harbor: 'registry',
  nexus: 'registry',
  quay: 'registry',
};

export const receiverCause: ObjectCheck = {
  id: 'receiver-cause',
  severity: 'warning',
  profile: 'recommended',
  summary: 'a Receiver should look at what its calls tell of',
  why: 'A webhook of a Git host comes when commits are pushed. The image or artifact that a pipeline makes of them is not there yet, Flux finds the old one, and the next look is after the interval. A webhook of a registry tells nothing of Git.',
  remedy:
    "let the registry call for images and artifacts, at GitHub by events 'package' and 'registry_package', or the pipeline once it has pushed; for a GitRepository, let the Git host call",
  links: [
    'https://fluxcd.io/flux/guides/webhook-receivers/',
    'https://fluxcd.io/flux/components/notification/receivers/#type',
  ],
  types: ['notification.toolkit.fluxcd.io/Receiver'],
  needs: 'object',
  bad: RECEIVER.replace('- push', '- package'),
  good: RECEIVER,
  *examine({ manifest }) {
    const place = calledOf(manifest);
    const kinds = itemsAt(manifest, 'spec', 'resources').map(({ value }) => textAt(value, 'kind'));
    if (place === undefined || kinds.length === 0) {
      return;
    }
    const others = KINDS[place === 'Git' ? 'registry' : 'Git'] as readonly unknown[];
    if (kinds.every((kind) => others.includes(kind))) {
      const told = [...new Set(kinds)].join(' and ');
      yield {
        message: `should look at what a push to ${place === 'Git' ? 'Git' : 'a registry'} changes, of which calls of '${textAt(manifest, 'spec', 'type')}' tell, got ${told} alone`,
        pointer: '/spec/resources',
      };
    }
  },
};

/** Where what a Receiver is called of happens; undefined where it may be either, or something else. */
function calledOf(manifest: unknown): Place | undefined {
  const type = textAt(manifest, 'spec', 'type') ?? '';
  const caller = Object.hasOwn(CALLERS, type) ? CALLERS[type] : undefined;
  if (caller === undefined || typeof caller === 'string') {
    return caller;
  }
  const places = new Set(
    textsAt(manifest, 'spec', 'events')
      .map((event) => event.toLowerCase())
      .filter((event) => event !== 'ping')
      .map((event) => (Object.hasOwn(caller, event) ? caller[event] : undefined)),
  );
  return places.size === 1 ? [...places][0] : undefined;
}
