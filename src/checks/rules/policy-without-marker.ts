import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { appliesPolicy, imageUpdatesIn, looksAt } from '../image-updates';
import { IMAGE_UPDATES } from '../image-updates-example';
import { markedFiles } from '../marked-images';

export const policyWithoutMarker: ObjectCheck = {
  id: 'policy-without-marker',
  severity: 'warning',
  profile: 'strict',
  summary: 'every ImagePolicy that an image automation applies should have a setter marker to fill',
  why: 'Flux scans the registry and chooses an image, and then writes it nowhere. Nothing tells that the marker was forgotten, or lies outside update.path.',
  remedy: 'add the setter marker behind the image, or remove the policy',
  links: [
    'https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources',
  ],
  types: ['image.toolkit.fluxcd.io/ImagePolicy'],
  needs: 'cluster',
  bad: IMAGE_UPDATES.replace(/ # \{"\$imagepolicy".*/, ''),
  good: IMAGE_UPDATES,
  *examine({ manifest }, cluster) {
    const { name, namespace } = manifest.metadata;
    const updates = imageUpdatesIn(cluster, String(namespace));
    const applying = updates.filter((update) => appliesPolicy(update, manifest));
    const isKnown =
      updates.every(({ repository }) => repository !== undefined) &&
      !cluster.mayHoldMore(namespace) &&
      ![name, namespace].some(isOpaque);
    const isMarked = applying.some((update) => {
      const files = markedFiles(cluster).get(update.repository!)?.get(`${namespace}:${name}`);
      return files?.some((file) => looksAt(update, file));
    });
    if (applying.length > 0 && isKnown && manifest.spec?.suspend !== true && !isMarked) {
      const paths = [...new Set(applying.map(({ path }) => `'./${path}'`))].join(', ');
      yield {
        message: `should have a setter marker '${namespace}:${name}' below ${paths}, got none`,
      };
    }
  },
};
