import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { IMAGE_UPDATES } from '../image-updates-example';
import { textAt, valueAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

/** Actions of a template of Go, without its comments. */
const ACTION = /\{\{(?!-?\s*\/\*)[^]*?\}\}/g;
const REMOVED = /(?<![\w\])])\.(?:Updated\b|Changed\.ImageResult\b)/;

export const automationCommit: ObjectCheck = {
  id: 'automation-commit',
  severity: 'error',
  profile: 'recommended',
  summary:
    'an image automation must say whom its commits are from, in a message that Flux can write',
  why: 'Flux stalls without spec.git, and the API server refuses a commit without the address of its author. A message with .Updated or .Changed.ImageResult, which are gone, stalls as soon as there is something to commit.',
  remedy:
    'set spec.git.commit.author.email, and use .Changed.Changes, .Changed.Objects or .Changed.FileChanges in the message',
  links: [
    'https://fluxcd.io/flux/components/image/imageupdateautomations/#commit',
    'https://fluxcd.io/flux/components/image/imageupdateautomations/#message-template',
  ],
  types: ['image.toolkit.fluxcd.io/ImageUpdateAutomation'],
  needs: 'object',
  bad: IMAGE_UPDATES.replace(
    'range .Changed.Changes }}{{ .NewValue',
    'range .Updated.Images }}{{ .',
  ),
  good: IMAGE_UPDATES,
  *examine({ manifest }) {
    const git = valueAt(manifest, 'spec', 'git');
    if (git === undefined || git === null) {
      yield { message: 'must have spec.git, got nothing', pointer: '/spec' };
      return;
    }
    const email = valueAt(git, 'commit', 'author', 'email');
    if (isMap(git) && (typeof email !== 'string' || email === '')) {
      yield {
        message: `must have spec.git.commit.author.email, got ${JSON.stringify(email) ?? 'nothing'}`,
        pointer: '/spec/git/commit/author/email',
      };
    }
    const template = textAt(git, 'commit', 'messageTemplate') ?? '';
    const actions = isOpaque(template) ? [] : template.match(ACTION);
    const [removed] = REMOVED.exec((actions ?? []).join('')) ?? [];
    if (removed !== undefined) {
      yield {
        message: `must not use '${removed}' in its messageTemplate, which Flux no longer knows`,
        pointer: '/spec/git/commit/messageTemplate',
      };
    }
  },
};
