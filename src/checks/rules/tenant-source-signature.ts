import { typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { artifactVerification } from '../artifact-verification';
import { isolatedTenants } from '../isolated-tenants';
import { TENANT_OCI_SOURCE } from '../oci-source-example';
import { REFERRING_TYPES, referencesOf } from '../references';

const AUTOMATION = 'image.toolkit.fluxcd.io/ImageUpdateAutomation';
const BUCKET = 'source.toolkit.fluxcd.io/Bucket';

export const tenantSourceSignature: ObjectCheck = {
  id: 'tenant-source-signature',
  severity: 'warning',
  profile: 'strict',
  summary: "a tenant's artifact should be verified before it is applied",
  why: 'Without spec.verify Flux applies whatever is pushed to the registry or to Git, whoever has the password to do so. What is in a Bucket Flux cannot verify at all.',
  remedy:
    'sign the artifact where it is built, or the commits and tags, and name the signer in spec.verify; let an OCIRepository take the place of a Bucket',
  links: [
    'https://fluxcd.io/flux/components/source/ocirepositories/#verification',
    'https://fluxcd.io/flux/components/source/gitrepositories/#verification',
  ],
  types: [
    BUCKET,
    'source.toolkit.fluxcd.io/GitRepository',
    'source.toolkit.fluxcd.io/OCIRepository',
  ],
  needs: 'cluster',
  bad: TENANT_OCI_SOURCE.replace(/ {2}verify:[^]*/, ''),
  good: TENANT_OCI_SOURCE,
  *examine({ manifest }, cluster) {
    const tenant = cluster.once(isolatedTenants).ownerOf(manifest.metadata.namespace);
    if (tenant === undefined || cluster.once(writtenOnly).has(keyOf(manifest))) {
      return;
    }
    if (typeOf(manifest) === BUCKET) {
      yield {
        message: `should be a source whose artifact is verified in a namespace of tenant '${tenant}', such as an OCIRepository, got a Bucket, which has no verify`,
      };
    } else if (!artifactVerification(manifest)) {
      yield {
        message: `should have verify in a namespace of tenant '${tenant}', got none`,
        pointer: '/spec',
      };
    }
  },
};

/** The sources that automations beside them write to and nothing is known to apply. */
function writtenOnly(view: ClusterView): ReadonlySet<string> {
  const namedBy = (types: readonly string[], isBeside = false) =>
    types
      .flatMap((type) => view.ofType(type))
      .flatMap(({ manifest }) =>
        referencesOf(manifest).filter(
          ({ namespace }) => !isBeside || namespace === manifest.metadata.namespace,
        ),
      )
      .map(({ type, namespace, name }) => JSON.stringify([type, namespace, name]));
  const read = new Set(namedBy(REFERRING_TYPES.filter((type) => !NOT_APPLYING.includes(type))));
  return new Set(namedBy([AUTOMATION], true).filter((key) => !read.has(key)));
}

/** What refers to sources without taking anything from them. */
const NOT_APPLYING: readonly string[] = [
  AUTOMATION,
  'notification.toolkit.fluxcd.io/Alert',
  'notification.toolkit.fluxcd.io/Receiver',
];

function keyOf(manifest: any): string {
  const { name, namespace } = manifest.metadata;
  return JSON.stringify([typeOf(manifest), namespace, name]);
}
