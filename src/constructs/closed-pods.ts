import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { TENANT_LABEL } from '../vocabulary/labels';
import { ITenant } from '../vocabulary/ports';
import { kubernetesObject } from './kubernetes-object';
import { ALLOW_INGRESS, ALLOW_OWN, namespacePeer } from './tenant-network';

/** Pods that only one namespace may connect to. */
export interface ClosedPods {
  /** Label of its pods, with its name for a value. */
  readonly label: string;
  /** The namespace. */
  readonly from: string;
  readonly port: number;
}

/**
 * Lets pods with a label be reached from one namespace alone, and reach what all pods of the tenant may. NetworkPolicies add up: those
 * that let others in must not select the pods.
 */
export function closeToOthers(
  scope: Construct,
  tenant: ITenant,
  metadata: { readonly name: string; readonly namespace: string },
  { label, from, port }: ClosedPods,
): void {
  const open = { matchExpressions: [{ key: label, operator: 'DoesNotExist' }] };
  tenant.node
    .findAll()
    .filter(
      (one): one is ApiObject => ApiObject.isApiObject(one) && letsIn(one, metadata.namespace),
    )
    .forEach((policy) => policy.addJsonPatch(JsonPatch.replace('/spec/podSelector', open)));
  const ownPods = [{ namespaceSelector: { matchLabels: { [TENANT_LABEL]: tenant.tenantName } } }];
  kubernetesObject(scope, 'network', 'networking.k8s.io/v1', 'NetworkPolicy', metadata, {
    spec: {
      egress: [{ to: ownPods }],
      ingress: [{ from: [namespacePeer(from)], ports: [{ port, protocol: 'TCP' }] }],
      podSelector: { matchLabels: { [label]: metadata.name } },
      policyTypes: ['Ingress', 'Egress'],
    },
  });
}

/** Whether a policy of ours lets others connect to all pods of a namespace. */
function letsIn({ kind, name, metadata }: ApiObject, namespace: string): boolean {
  return (
    kind === 'NetworkPolicy' &&
    [ALLOW_OWN, ALLOW_INGRESS].includes(name) &&
    metadata.namespace === namespace
  );
}
