import { isOpaque } from '../../clusters/applied-object';
import { FileCheck } from '../check';
import { IMAGE_UPDATES } from '../image-updates-example';
import { imageName } from '../image-name';
import { textAt } from '../manifest-fields';
import { PlacedPolicy, policiesNamed } from '../marked-images';
import { policySetter } from '../policy-setter';

export const markerImage: FileCheck = {
  id: 'marker-image',
  severity: 'error',
  profile: 'recommended',
  summary: 'a setter marker must stand behind the image that its policy chooses versions of',
  why: "Flux writes the name of the ImageRepository's image along with the tag, so an image with the marker of another is replaced by that one at the next update.",
  remedy:
    'name the policy of the image that stands there, or write the image that the ImageRepository scans',
  links: [
    'https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources',
  ],
  bad: IMAGE_UPDATES.replace(
    'image: registry.example.com/podinfo:',
    'image: registry.example.com/redis:',
  ),
  good: IMAGE_UPDATES,
  *examineFile({ documents }, _repository, fleet) {
    for (const { index, markers } of documents) {
      for (const { pointer, setter, value } of markers) {
        const { namespace, name, part } = policySetter(setter) ?? {};
        const isNamed = part === '' || part === 'name';
        if (!isNamed || !value || isOpaque(setter) || isOpaque(value)) {
          continue;
        }
        const scanned = policiesNamed(fleet, namespace!, name!).map(scannedImage);
        const isKnown = scanned.length > 0 && !scanned.includes(undefined);
        if (isKnown && !scanned.some((image) => imageName(image!) === imageName(value))) {
          yield {
            message: `setter marker '${setter}' must stand behind image '${scanned[0]}', got '${value}', which Flux would replace`,
            pointer,
            index,
          };
        }
      }
    }
  },
};

/** The image that a policy chooses of; undefined where it cannot be told. */
function scannedImage({ policy, view }: PlacedPolicy): string | undefined {
  const name = textAt(policy, 'spec', 'imageRepositoryRef', 'name');
  const namespace =
    textAt(policy, 'spec', 'imageRepositoryRef', 'namespace') || policy.metadata.namespace;
  const found = view.find('image.toolkit.fluxcd.io/ImageRepository', namespace, name)?.manifest;
  const image = textAt(found, 'spec', 'image');
  return isOpaque(image) ? undefined : image;
}
