import { isOpaque } from '../../clusters/applied-object';
import { requirePlace } from '../../vocabulary/allowed-sources';
import { allowedAnnotation, SOURCE_TYPES } from '../../vocabulary/tenant-annotations';
import { ObjectCheck } from '../check';
import { mapAt, pointerOf } from '../manifest-fields';

const ANY = allowedAnnotation('' as any);

const NAMESPACE = `# with: tenant team-a
# file: clusters/prod/namespace.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: team-a-extra
  annotations:
    cdk8s-flux-tenants/allowed-oci: oci://ghcr.io/acme/team-a
`;

export const sourceAllowlistForm: ObjectCheck = {
  id: 'source-allowlist-form',
  severity: 'error',
  profile: 'recommended',
  summary: 'what a tenant may fetch from must be in the one spelling that policies compare',
  why: "Policies compare the text of a URL. '..', '//', a port that is left out or a host without a dot, which means Docker Hub, make two spellings of one place, or lead to another; a '*' in a path is taken as it is written, and matches nothing.",
  remedy:
    "write each place as '<host>/<path>' in lowercase with the scheme of its type, one space between two",
  links: [
    'https://github.com/opencontainers/distribution-spec/blob/main/spec.md',
    'https://fluxcd.io/flux/components/source/ocirepositories/',
  ],
  types: ['/Namespace'],
  needs: 'object',
  bad: NAMESPACE.replace('acme/team-a', 'acme/*'),
  good: NAMESPACE,
  *examine({ manifest }) {
    const annotations = mapAt(manifest, 'metadata', 'annotations');
    for (const [key, list] of Object.entries(annotations)) {
      if (!key.startsWith(ANY) || typeof list !== 'string' || isOpaque(list)) {
        continue;
      }
      const pointer = pointerOf('metadata', 'annotations', key);
      const type = SOURCE_TYPES.find((one) => key === allowedAnnotation(one));
      if (type === undefined) {
        const known = SOURCE_TYPES.map((one) => `'${allowedAnnotation(one)}'`).join(', ');
        yield {
          message: `has annotation '${key}', which no policy reads; they read ${known}`,
          pointer,
        };
        continue;
      }
      for (const place of list === '' ? [] : list.split(' ')) {
        try {
          requirePlace(type, place);
        } catch (error) {
          yield { message: `has annotation '${key}', but ${(error as Error).message}`, pointer };
        }
      }
    }
  },
};
