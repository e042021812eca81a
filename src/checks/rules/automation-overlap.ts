import { isOpaque } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { gitPlace } from '../../vocabulary/url';
import { grouped } from '../../vocabulary/grouped';
import { ObjectCheck } from '../check';
import { titleOf } from '../finding';
import {
  appliesPolicy,
  ImageUpdate,
  imageUpdatesIn,
  imageUpdateOf,
  imageUpdatesOf,
  looksAt,
} from '../image-updates';
import { IMAGE_UPDATES } from '../image-updates-example';
import { textAt } from '../manifest-fields';

const SECOND = IMAGE_UPDATES.replace(/^[^]*(?=apiVersion.*\nkind: ImageUpdateAutomation)/, '')
  .replace(/# file:[^]*/, '')
  .replace('name: image-updates', 'name: more-updates')
  .replace('branch: flux-image-updates', 'branch: more-updates');

export const automationOverlap: ObjectCheck = {
  id: 'automation-overlap',
  severity: 'warning',
  profile: 'strict',
  summary: 'two image automations should neither update the same files nor push to the same branch',
  why: 'Without a policySelector, an automation applies every policy of its namespace. Two of them commit the same change to the same files, and on one push branch each starts from what the other left there.',
  remedy: 'give each a policySelector or an update.path of its own, and a push branch of its own',
  links: [
    'https://fluxcd.io/flux/components/image/imageupdateautomations/#policyselector',
    'https://fluxcd.io/flux/components/image/imageupdateautomations/#push',
  ],
  types: ['image.toolkit.fluxcd.io/ImageUpdateAutomation'],
  needs: 'cluster',
  bad: IMAGE_UPDATES.replace('# file:', () => `---\n${SECOND}# file:`),
  good: IMAGE_UPDATES.replace(
    '# file:',
    () => `---\n${SECOND.replace('path: ./clusters/prod', 'path: ./apps')}# file:`,
  ),
  *examine(object, cluster) {
    const { manifest } = object;
    const update = imageUpdateOf(cluster, object);
    const place = placeOf(update);
    if (place === undefined) {
      return;
    }
    const others = imageUpdatesIn(cluster, String(manifest.metadata.namespace)).filter(
      (other) => isBefore(other, update) && placeOf(other) === place,
    );
    for (const other of others) {
      if (overlap(update, other) && shareAPolicy(cluster, update, other)) {
        yield {
          message: `should not update the same files with the same policies as ${titleOf(other.automation.manifest)}`,
          pointer: '/spec/update',
        };
      }
    }
    const { pushed, checkedOut } = update;
    const onBranch = cluster.once(updatesByBranch).get(`${place} ${pushed}`) ?? [];
    const sharing = onBranch.find((other) => isBefore(other, update));
    if (sharing && pushed !== undefined && pushed !== checkedOut && !isOpaque(pushed)) {
      yield {
        message: `should not push to branch '${pushed}', as ${titleOf(sharing.automation.manifest)} does`,
        pointer: '/spec/git/push/branch',
      };
    }
  },
};

function updatesByBranch(cluster: ClusterView): ReadonlyMap<string, readonly ImageUpdate[]> {
  return grouped(imageUpdatesOf(cluster), (update) => `${placeOf(update)} ${update.pushed}`);
}

function placeOf({ git }: ImageUpdate): string | undefined {
  const url = textAt(git?.manifest, 'spec', 'url');
  return url === undefined || isOpaque(url) ? undefined : gitPlace(url);
}

/** An order, so that of two each is named once. */
function isBefore(one: ImageUpdate, other: ImageUpdate): boolean {
  return titleOf(one.automation.manifest) < titleOf(other.automation.manifest);
}

function overlap(one: ImageUpdate, other: ImageUpdate): boolean {
  const isSameBranch = one.checkedOut === other.checkedOut;
  return isSameBranch && (looksAt(one, other.path) || looksAt(other, one.path));
}

function shareAPolicy(cluster: ClusterView, one: ImageUpdate, other: ImageUpdate): boolean {
  const { namespace } = one.automation.manifest.metadata;
  return cluster
    .inNamespace(String(namespace))
    .some(
      ({ manifest }) =>
        manifest.kind === 'ImagePolicy' &&
        appliesPolicy(one, manifest) &&
        appliesPolicy(other, manifest),
    );
}
