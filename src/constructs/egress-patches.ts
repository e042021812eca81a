import { Yaml } from 'cdk8s';
import { FluxEgress } from '../vocabulary/flux-egress';
import { FLUX_NAMESPACE } from '../vocabulary/labels';
import { FluxInstancePatch } from './flux-instance-spec';

/** The container of each controller. */
const CONTAINER = 'manager';
const AUTHORITIES = 'certificate-authorities';
const DIRECTORY = '/etc/flux-certificate-authorities';

/** What is asked within the cluster. Kubernetes fills the address of the API server in, which its clients ask by. */
const IN_CLUSTER = ['.cluster.local.', '.cluster.local', '.svc', '$(KUBERNETES_SERVICE_HOST)'];

/**
 * What has all controllers reach the outside as `egress` says; nothing where it says nothing.
 *
 * @see https://fluxcd.io/flux/installation/configuration/proxy-setting/
 */
export function egressPatches(egress: FluxEgress): FluxInstancePatch[] {
  const { proxy, noProxy = [], authorities } = egress;
  if (proxy === undefined && authorities === undefined) {
    return [];
  }
  const env = {
    ...(proxy !== undefined && {
      HTTPS_PROXY: proxy,
      NO_PROXY: [...IN_CLUSTER, ...noProxy].join(','),
    }),
    // Besides the bundle of the image, which Go reads whatever directory is named.
    ...(authorities && { SSL_CERT_DIR: DIRECTORY }),
  };
  const container = {
    name: CONTAINER,
    env: Object.entries(env).map(([name, value]) => ({ name, value })),
    ...(authorities && {
      volumeMounts: [{ name: AUTHORITIES, mountPath: DIRECTORY, readOnly: true }],
    }),
  };
  const volume = authorities && {
    name: AUTHORITIES,
    secret: { secretName: authorities._from(FLUX_NAMESPACE).name },
  };
  return [
    {
      target: { kind: 'Deployment', labelSelector: 'app.kubernetes.io/part-of=flux' },
      patch: Yaml.stringify({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'all' },
        spec: {
          template: { spec: { containers: [container], ...(volume && { volumes: [volume] }) } },
        },
      }),
    },
  ];
}
