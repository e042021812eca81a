import { Construct } from 'constructs';
import { CanaryRollout } from '../vocabulary/canary-rollout';
import { kubernetesObject } from './kubernetes-object';

/** The Ingress that Flagger copies for the canary's share; its backend is the Service that Flagger makes. */
export function addIngress(
  scope: Construct,
  metadata: { name: string; namespace: string },
  { _traits: { hosts = [], ingressClass } }: CanaryRollout,
  { service, port }: { service: string; port: number },
): void {
  const backend = { service: { name: service, port: { number: port } } };
  kubernetesObject(scope, 'ingress', 'networking.k8s.io/v1', 'Ingress', metadata, {
    spec: {
      ingressClassName: ingressClass,
      rules: hosts.map((host) => ({
        host,
        http: { paths: [{ path: '/', pathType: 'Prefix', backend }] },
      })),
    },
  });
}
