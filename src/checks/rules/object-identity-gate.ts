import { AppliedObject, isOpaque, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { COMPONENT_OF } from '../flux-controller';
import { fluxInstallation } from '../flux-installation';
import { DOCUMENTED, fluxPatchedBy, IDENTITY_GATE } from '../lockdown-example';
import { itemsAt, textAt, valueAt } from '../manifest-fields';

const GATE = 'ObjectLevelWorkloadIdentity';

const BUCKET = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: charts
  namespace: apps
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: charts
  namespace: apps
spec:
  bucketName: charts
  endpoint: s3.eu-central-1.amazonaws.com
  interval: 5m
  provider: aws
  region: eu-central-1
  serviceAccountName: charts
`;

/** Kinds whose account may be meant for its pull secrets, for which no gate is needed. */
const PULLING = ['OCIRepository', 'ImageRepository'];

export const objectIdentityGate: ObjectCheck = {
  id: 'object-identity-gate',
  severity: 'error',
  profile: 'recommended',
  summary: 'an object must not name an account for a cloud where Flux does not serve that',
  why:
    'Without the feature gate ObjectLevelWorkloadIdentity a controller refuses an object that names both a provider and an account: ' +
    'it is stalled with reason FeatureGateDisabled.',
  remedy:
    "add '--feature-gates=ObjectLevelWorkloadIdentity=true' to the controller, set spec.cluster.objectLevelWorkloadIdentity of the FluxInstance, or remove serviceAccountName",
  links: [
    'https://fluxcd.io/flux/installation/configuration/workload-identity/',
    'https://fluxcd.io/flux/integrations/',
  ],
  types: [
    'image.toolkit.fluxcd.io/ImageRepository',
    'kustomize.toolkit.fluxcd.io/Kustomization',
    'notification.toolkit.fluxcd.io/Provider',
    'source.toolkit.fluxcd.io/Bucket',
    'source.toolkit.fluxcd.io/GitRepository',
    'source.toolkit.fluxcd.io/OCIRepository',
  ],
  needs: 'cluster',
  bad: `${BUCKET}${fluxPatchedBy(...DOCUMENTED)}`,
  good: `${BUCKET}${fluxPatchedBy(...DOCUMENTED, IDENTITY_GATE)}`,
  *examine(object, cluster) {
    const keys = accountForClouds(object, cluster);
    const component = COMPONENT_OF.get(typeOf(object.manifest));
    const serving = fluxInstallation(cluster)?.controllers.filter(
      (one) => one.component === component,
    );
    if (keys && serving?.length && serving.every((one) => !one.hasGate(GATE))) {
      const account = textAt(object.manifest, ...keys);
      yield {
        message: `must not set ${keys.join('.')}, got '${account}': ${component} has no feature gate '${GATE}'`,
        pointer: `/${keys.join('/')}`,
      };
    }
  },
};

/** Where an object names an account for a cloud; undefined where it names none, or none for certain. */
function accountForClouds({ manifest }: AppliedObject, cluster: ClusterView): string[] | undefined {
  const keys =
    manifest.kind === 'Kustomization'
      ? ['spec', 'decryption', 'serviceAccountName']
      : ['spec', 'serviceAccountName'];
  const account = textAt(manifest, ...keys) ?? '';
  const provider = textAt(manifest, 'spec', 'provider') ?? 'generic';
  if (account === '' || isOpaque(account) || isOpaque(provider)) {
    return undefined;
  }
  if (['Kustomization', 'Provider'].includes(manifest.kind)) {
    return keys;
  }
  const isForClouds =
    ['aws', 'azure', 'gcp'].includes(provider) &&
    (!PULLING.includes(manifest.kind) || hasNoPullSecret(manifest, account, cluster));
  return isForClouds ? keys : undefined;
}

/** Whether an image is certainly not pulled with a Secret, by which a controller tries first. */
function hasNoPullSecret(manifest: any, account: string, cluster: ClusterView): boolean {
  const found = cluster.find('/ServiceAccount', manifest.metadata.namespace, account);
  return (
    found !== undefined &&
    itemsAt(found.manifest, 'imagePullSecrets').length === 0 &&
    valueAt(manifest, 'spec', 'secretRef') === undefined
  );
}
