import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { textAt, valueAt } from '../manifest-fields';
import { OCI_SOURCE } from '../oci-source-example';
import { REGISTRY_TYPES, registryPlace } from '../registry-place';
import { isMap } from '../../vocabulary/is-map';

/** Registries of clouds, whose images are rarely public, by the provider that knows their identities. */
const CLOUDS: readonly (readonly [provider: string, host: RegExp])[] = [
  ['aws', /\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/],
  ['azure', /\.azurecr\.(?:io|cn|us)$/],
  ['gcp', /(?:^|\.)gcr\.io$|-docker\.pkg\.dev$/],
];

export const registryProvider: ObjectCheck = {
  id: 'registry-provider',
  severity: 'warning',
  profile: 'strict',
  summary:
    "what is fetched from a cloud's registry should be fetched with an identity of that cloud",
  why: 'With provider generic and no credentials Flux is nobody to the registry. The passwords of Amazon ECR expire after twelve hours, so a Secret does not last.',
  remedy:
    'set spec.provider to the cloud, and a ServiceAccount or the controller up for its workload identity',
  links: [
    'https://fluxcd.io/flux/components/source/ocirepositories/#provider',
    'https://fluxcd.io/flux/integrations/',
  ],
  types: REGISTRY_TYPES,
  needs: 'object',
  bad: atCloud(''),
  good: atCloud('  provider: aws\n'),
  *examine({ manifest }) {
    const { value: host, pointer } = registryPlace(manifest) ?? {};
    const [cloud] = CLOUDS.find(([, hosts]) => host !== undefined && hosts.test(host)) ?? [];
    const provider = textAt(manifest, 'spec', 'provider') ?? 'generic';
    const hasCredentials =
      isMap(valueAt(manifest, 'spec', 'secretRef')) ||
      valueAt(manifest, 'spec', 'serviceAccountName') !== undefined;
    if (
      cloud &&
      provider !== cloud &&
      !isOpaque(provider) &&
      (cloud === 'aws' || !hasCredentials)
    ) {
      yield {
        message: `should have provider '${cloud}' for '${host}', got '${provider}'`,
        pointer: textAt(manifest, 'spec', 'provider') === undefined ? pointer : '/spec/provider',
      };
    }
  },
};

function atCloud(provider: string): string {
  return OCI_SOURCE.replace('  ref:', `${provider}  ref:`).replace(
    'registry.example.com',
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  );
}
