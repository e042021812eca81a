import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { ImageUpdate, imageUpdateOf } from '../image-updates';
import { IMAGE_UPDATES } from '../image-updates-example';
import { textAt } from '../manifest-fields';

export const automationPush: ObjectCheck = {
  id: 'automation-push',
  severity: 'error',
  profile: 'recommended',
  summary: 'an image automation must have a branch of a Git repository to push to',
  why: 'Flux commits to a GitRepository only. It fails where neither push.branch nor the checkout names a branch, where a refspec forces or deletes, and where a refspec pushes to the branch that was pushed already.',
  remedy:
    'refer to a GitRepository and set spec.git.push.branch; write a refspec as refs/heads/<branch>:<other ref>',
  links: [
    'https://fluxcd.io/flux/components/image/imageupdateautomations/#push',
    'https://fluxcd.io/flux/components/image/imageupdateautomations/#source-reference',
  ],
  types: ['image.toolkit.fluxcd.io/ImageUpdateAutomation'],
  needs: 'cluster',
  bad: IMAGE_UPDATES.replace('    push:\n      branch: flux-image-updates\n', '').replace(
    /ref:\n +branch: main/g,
    (ref) => ref.replace('branch: main', 'tag: v1.0.0'),
  ),
  good: IMAGE_UPDATES,
  *examine(object, cluster) {
    const { manifest } = object;
    const kind = textAt(manifest, 'spec', 'sourceRef', 'kind') ?? 'GitRepository';
    if (kind !== 'GitRepository' && !isOpaque(kind)) {
      yield {
        message: `must commit to a GitRepository, got ${kind}`,
        pointer: '/spec/sourceRef/kind',
      };
      return;
    }
    const update = imageUpdateOf(cluster, object);
    if (!update.pushed && isRefKnown(update)) {
      yield {
        message: 'must have spec.git.push.branch, or check out a branch, got neither',
        pointer: '/spec/git',
      };
    }
    const refspec = textAt(manifest, 'spec', 'git', 'push', 'refspec') ?? '';
    const problem = isOpaque(refspec) ? undefined : refspecProblem(refspec, update.pushed);
    if (problem !== undefined) {
      yield { message: `${problem}, got '${refspec}'`, pointer: '/spec/git/push/refspec' };
    }
  },
};

/** Whether all that could name a branch has been read. */
function isRefKnown({ automation, git }: ImageUpdate): boolean {
  const spec = automation.manifest.spec?.git;
  return (spec ?? undefined) !== undefined && (spec.checkout !== undefined || git !== undefined);
}

function refspecProblem(refspec: string, pushed: string | undefined): string | undefined {
  if (refspec.startsWith('+') || refspec.startsWith(':')) {
    return 'must have a refspec that neither forces nor deletes';
  }
  const target = refspec.split(':').pop();
  return pushed !== undefined && target === `refs/heads/${pushed}`
    ? `must have a refspec to another place than the branch '${pushed}', which is pushed already`
    : undefined;
}
