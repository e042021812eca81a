import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { gitSource } from '../example-parts';
import { pointerOf, textAt } from '../manifest-fields';

const FIELD: Record<string, string> = {
  GitRepository: 'url',
  HelmRepository: 'url',
  ImageRepository: 'image',
  OCIRepository: 'url',
};

export const sourceUrl: ObjectCheck = {
  id: 'source-url',
  severity: 'error',
  profile: 'recommended',
  summary: 'the address of a source must have the form that its kind wants',
  why: 'The API server refuses another scheme, and source-controller or image-reflector-controller stalls at a tag or digest where it wants a repository.',
  remedy:
    'write ssh://git@host/path for Git, oci://host/path for artifacts and host/path for images; a version belongs in ref or in an ImagePolicy',
  links: [
    'https://fluxcd.io/flux/components/source/gitrepositories/#url',
    'https://fluxcd.io/flux/components/source/ocirepositories/#url',
    'https://fluxcd.io/flux/components/image/imagerepositories/#image',
  ],
  types: [
    'image.toolkit.fluxcd.io/ImageRepository',
    'source.toolkit.fluxcd.io/GitRepository',
    'source.toolkit.fluxcd.io/HelmRepository',
    'source.toolkit.fluxcd.io/OCIRepository',
  ],
  needs: 'object',
  bad: gitSource('podinfo', 'apps', 'git@git.example.com:acme/podinfo'),
  good: gitSource('podinfo', 'apps', 'ssh://git@git.example.com/acme/podinfo'),
  *examine({ manifest }) {
    const field = FIELD[manifest.kind];
    const url = textAt(manifest, 'spec', field);
    const expected = url === undefined || isOpaque(url) ? undefined : broken(manifest.kind, url);
    if (expected !== undefined) {
      yield { message: `must have ${expected}, got '${url}'`, pointer: pointerOf('spec', field) };
    }
  },
};

/** What the address must be and is not. */
function broken(kind: string, url: string): string | undefined {
  switch (kind) {
    case 'GitRepository':
      return /^(?:https?|ssh):\/\//.test(url)
        ? undefined
        : "a url that starts with 'https://', 'http://' or 'ssh://'";
    case 'HelmRepository':
      return /^(?:https?|oci):\/\//.test(url)
        ? undefined
        : "a url that starts with 'https://', 'http://' or 'oci://'";
    case 'OCIRepository':
      if (!url.startsWith('oci://')) {
        return "a url that starts with 'oci://'";
      }
      return isVersioned(url.slice('oci://'.length))
        ? 'a url without tag and digest, which belong in ref'
        : undefined;
    default:
      if (url.includes('://')) {
        return 'an image without a scheme';
      }
      return isVersioned(url) ? 'an image without tag and digest' : undefined;
  }
}

/** Whether a tag or a digest follows the repository; a port is before its first '/'. */
function isVersioned(repository: string): boolean {
  return /[:@]/.test(repository.slice(repository.lastIndexOf('/') + 1));
}
