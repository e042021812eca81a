import { isAddressOrLocalhost } from '../../vocabulary/host';
import { ObjectCheck } from '../check';
import { OCI_SOURCE } from '../oci-source-example';
import { REGISTRY_TYPES, registryPlace } from '../registry-place';

export const registryHost: ObjectCheck = {
  id: 'registry-host',
  severity: 'warning',
  profile: 'strict',
  summary: 'the address of an artifact should begin with a host that is talked to over TLS',
  why: 'What has neither a dot nor a port before the first slash is no host: it means a repository of Docker Hub, in which somebody else may have that name. An IP address or localhost is talked to without TLS.',
  remedy: "begin with the host of the registry, 'docker.io' for Docker Hub, by its name",
  links: [
    'https://fluxcd.io/flux/components/source/ocirepositories/#url',
    'https://github.com/google/go-containerregistry/blob/main/pkg/name/registry.go',
  ],
  types: REGISTRY_TYPES,
  needs: 'object',
  bad: OCI_SOURCE.replace('oci://registry.example.com/', 'oci://registry/'),
  good: OCI_SOURCE,
  *examine({ manifest }) {
    const { value: host, pointer } = registryPlace(manifest) ?? {};
    if (host === undefined) {
      return;
    }
    const isNoHost = !/[.:]/.test(host) && host !== 'localhost';
    if (isNoHost && manifest.kind !== 'ImageRepository') {
      yield { message: `should begin with a host, got '${host}', which means Docker Hub`, pointer };
    } else if (!isNoHost && isAddressOrLocalhost(host)) {
      yield { message: `should name a host that has TLS, got '${host}'`, pointer };
    }
  },
};
