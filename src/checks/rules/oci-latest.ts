import { ObjectCheck } from '../check';
import { mapAt } from '../manifest-fields';
import { OCI_SOURCE } from '../oci-source-example';

export const ociLatest: ObjectCheck = {
  id: 'oci-latest',
  severity: 'warning',
  profile: 'strict',
  summary: "an OCIRepository should say which version it fetches, and not 'latest'",
  why: "Without a reference Flux fetches the tag 'latest'. Whatever is pushed there last is applied, and what ran before cannot be told from the repository.",
  remedy: 'set ref.semver, ref.digest or the tag of a version',
  links: ['https://fluxcd.io/flux/components/source/ocirepositories/#reference'],
  types: ['source.toolkit.fluxcd.io/OCIRepository'],
  needs: 'object',
  bad: OCI_SOURCE.replace('semver: 6.x', 'tag: latest'),
  good: OCI_SOURCE,
  *examine({ manifest }) {
    const { digest, semver, tag } = mapAt(manifest, 'spec', 'ref');
    if (!digest && !semver && (!tag || tag === 'latest')) {
      yield {
        message: `should have a ref to a version, got ${tag ? "tag 'latest'" : "none, which means 'latest'"}`,
        pointer: '/spec/ref',
      };
    }
  },
};
