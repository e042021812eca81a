import { Construct } from 'constructs';
import { FluxInstallation } from '../vocabulary/flux-installation';
import { KustomizationFile, KustomizePatch } from '../vocabulary/kustomization-file';
import { FLUX_NAMESPACE, SHARD_LABEL } from '../vocabulary/labels';
import { place } from '../vocabulary/placement';
import { egressPatches } from './egress-patches';
import { argumentPatch, jsonPatch, oneOf, withoutTokens } from './flux-patches';
import { LOCKDOWN, PLATFORM_SERVICE_ACCOUNT } from './lockdown';

const COMPONENTS = 'gotk-components.yaml';
const COMPONENT_LABEL = 'app.kubernetes.io/component';
const ROLE_ANNOTATION = 'sharding.fluxcd.io/role';

const DELETION = 'apiVersion: v1\nkind: all\nmetadata:\n  name: all\n$patch: delete\n';

/**
 * What `flux bootstrap` finds beside its own files: `flux-system/kustomization.yaml` with the lockdown, and a directory
 * for each shard. kustomize chooses an object by the names that it had before, too, so that the lockdown meets
 * the controllers of shards. A controller that is not installed is no error.
 *
 * @see https://fluxcd.io/flux/installation/configuration/bootstrap-customization/
 * @see https://fluxcd.io/flux/installation/configuration/sharding/
 */
export function bootstrapFiles(
  scope: Construct,
  cluster: string,
  installation: FluxInstallation,
): void {
  const shards = installation._shards;
  new KustomizationFile(scope, 'Lockdown', {
    foreignResources: [COMPONENTS, 'gotk-sync.yaml'],
    directories: shards,
    patches: [
      ...LOCKDOWN.controllerArguments.map(({ controllers, value }) => ({
        target: { kind: 'Deployment', name: oneOf(controllers) },
        patch: argumentPatch(value),
      })),
      ...(installation._workloadIdentity ? [] : [withoutTokens()]),
      ...egressPatches(installation._egress),
      ...(shards.length > 0 ? [withoutShards()] : []),
      {
        target: { kind: 'Kustomization', name: FLUX_NAMESPACE },
        patch: jsonPatch({
          op: 'add',
          path: '/spec/serviceAccountName',
          value: PLATFORM_SERVICE_ACCOUNT,
        }),
      },
    ],
  });
  for (const shard of shards) {
    const directory = new Construct(scope, `Shard-${shard}`);
    place(directory, { shelf: { kind: 'flux-shard', cluster, shard } });
    shardControllers(directory, cluster, shard);
  }
}

/** What the main controllers leave to those of shards. */
function withoutShards(): KustomizePatch {
  return {
    target: {
      kind: 'Deployment',
      name: oneOf(LOCKDOWN.sharded),
      annotationSelector: `!${ROLE_ANNOTATION}`,
    },
    patch: argumentPatch(`--watch-label-selector=!${SHARD_LABEL}`),
  };
}

/** The controllers of a shard, of the same manifests and with the same accounts as the main ones. */
function shardControllers(directory: Construct, cluster: string, shard: string): void {
  new KustomizationFile(directory, 'Controllers', {
    base: { kind: 'flux-system', cluster },
    baseFile: COMPONENTS,
    nameSuffix: `-${shard}`,
    annotations: { [ROLE_ANNOTATION]: 'shard' },
    patches: [
      {
        target: { labelSelector: `${COMPONENT_LABEL} notin (${LOCKDOWN.sharded.join(',')})` },
        patch: DELETION,
      },
      { target: { kind: '(CustomResourceDefinition|ServiceAccount)' }, patch: DELETION },
      ...LOCKDOWN.sharded.map((controller) => ({
        target: { kind: 'Deployment', name: controller },
        patch: jsonPatch(
          ...['/spec/selector/matchLabels/app', '/spec/template/metadata/labels/app'].map(
            (path) => ({ op: 'replace', path, value: `${controller}-${shard}` }),
          ),
        ),
      })),
      {
        target: { kind: 'Deployment', name: oneOf(LOCKDOWN.sharded) },
        patch: argumentPatch(`--watch-label-selector=${SHARD_LABEL}=${shard}`),
      },
      ...ownArtifacts(`source-controller-${shard}`),
    ],
  });
}

/** Has a source-controller serve its artifacts under its own name. */
function ownArtifacts(name: string): KustomizePatch[] {
  return [
    {
      target: { kind: 'Service', name: 'source-controller' },
      patch: jsonPatch({ op: 'replace', path: '/spec/selector/app', value: name }),
    },
    {
      // The last of two counts. Without the domain of the cluster, which bootstrap alone knows.
      target: { kind: 'Deployment', name: 'source-controller' },
      patch: argumentPatch(`--storage-adv-addr=${name}.$(RUNTIME_NAMESPACE).svc`),
    },
  ];
}
