import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { CORE_COMPONENTS } from '../vocabulary/flux-controllers';
import { FluxInstallation } from '../vocabulary/flux-installation';
import { KustomizationFile } from '../vocabulary/kustomization-file';
import { FLUX_NAMESPACE, PRUNE_DISABLED, SHARD_LABEL } from '../vocabulary/labels';
import { directoryOf, place } from '../vocabulary/placement';
import { egressPatches } from './egress-patches';
import { extraComponents } from './flux-components';
import { FluxInstanceCluster, FluxInstancePatch, FluxInstanceSpec } from './flux-instance-spec';
import { jsonPatch, withoutTokens } from './flux-patches';
import { kubernetesObject } from './kubernetes-object';
import { LOCKDOWN } from './lockdown';

/**
 * `flux-system/flux-instance.yaml`: Flux as Flux Operator installs it. The root sync that the operator makes applies the
 * file itself, so that a change of it in Git is one of the cluster. Removed from Git it stays: Flux Operator would
 * remove Flux with it. The kustomization file beside it keeps what an earlier bootstrap left there from being applied.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export function fluxInstance(
  scope: Construct,
  cluster: string,
  installation: FluxInstallation,
  objects: () => Iterable<ApiObject>,
): ApiObject {
  const { source, version } = installation._operator!;
  const shards = installation._shards;
  const patches = patchesOf(installation);
  const spec: FluxInstanceSpec = {
    cluster: lockedDown(),
    components: Lazy.any({
      produce: () => [...CORE_COMPONENTS, ...extraComponents(objects())],
    }) as any,
    distribution: { registry: 'ghcr.io/fluxcd', version },
    ...(patches.length > 0 && { kustomize: { patches } }),
    ...(shards.length > 0 && { sharding: { key: SHARD_LABEL, shards } }),
    sync: {
      kind: source._kind,
      path: directoryOf({ kind: 'cluster', cluster }),
      pullSecret: source._secretName,
      ...source._place,
    },
  };
  new KustomizationFile(scope, 'Resources');
  const file = new Construct(scope, 'Instance');
  place(file, { file: 'flux-instance' });
  return kubernetesObject(
    file,
    'FluxInstance',
    'fluxcd.controlplane.io/v1',
    'FluxInstance',
    { name: 'flux', namespace: FLUX_NAMESPACE, annotations: PRUNE_DISABLED },
    { spec },
  );
}

function lockedDown(): FluxInstanceCluster {
  const fields = LOCKDOWN.controllerArguments.map(({ instance }) => instance);
  return Object.assign({ networkPolicy: true }, ...fields);
}

/** What no field of a FluxInstance says. */
function patchesOf(installation: FluxInstallation): FluxInstancePatch[] {
  const { _kind: kind, _verify: verify } = installation._operator!.source;
  return [
    ...(installation._workloadIdentity ? [] : [withoutTokens()]),
    ...egressPatches(installation._egress),
    ...(verify
      ? [
          {
            target: { kind, name: FLUX_NAMESPACE },
            patch: jsonPatch({ op: 'add', path: '/spec/verify', value: verify }),
          },
        ]
      : []),
  ];
}
