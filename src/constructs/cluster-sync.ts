import { Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Kustomization,
  KustomizationSpecDependsOn,
  KustomizationSpecHealthCheckExprs,
} from '../imports/kustomize.toolkit.fluxcd.io';
import { Decryption } from '../vocabulary/decryption';
import { IPlatformComponent } from '../vocabulary/fleet-ports';
import { fluxDuration, usualInterval } from '../vocabulary/flux-duration';
import { FLUX_NAMESPACE, PRUNE_DISABLED, SHARD_LABEL } from '../vocabulary/labels';
import { directoryOf, Shelf } from '../vocabulary/placement';
import { PLATFORM_SERVICE_ACCOUNT } from './lockdown';

/** What a cluster applies of the fleet repository with Flux's own rights. */
export interface ClusterSync {
  readonly sourceKind: 'GitRepository' | 'OCIRepository';
  readonly shelf: Shelf;
  /** @default - encrypted files are refused */
  readonly decryption?: Decryption;
  /** @default - the main controllers */
  readonly shard?: string;
  /** Whether it stays in the cluster when it disappears from the repository. @default false */
  readonly staysBehind?: boolean;
  /** How it waits until what it applies is healthy. @default - it does not: applied is done */
  readonly health?: {
    readonly dependencies: () => IPlatformComponent[];
    readonly timeout: () => Duration;
    /** When objects are healthy of which Flux cannot tell by itself. @default - there are none */
    readonly expressions?: () => KustomizationSpecHealthCheckExprs[] | undefined;
  };
}

/** Makes the Flux Kustomization `name` of a cluster. */
export function clusterSync(
  scope: Construct,
  name: string,
  { sourceKind, shelf, decryption, shard, staysBehind, health }: ClusterSync,
): void {
  const timeout = health?.timeout ?? (() => Duration.minutes(5));
  new Kustomization(scope, name, {
    metadata: {
      name,
      ...(shard !== undefined && { labels: { [SHARD_LABEL]: shard } }),
      ...(staysBehind && { annotations: PRUNE_DISABLED }),
    },
    spec: {
      ...(decryption && { decryption: decryption._in(FLUX_NAMESPACE) }),
      ...(health && { dependsOn: Lazy.any({ produce: () => dependsOn(health.dependencies()) }) }),
      ...(health?.expressions && {
        healthCheckExprs: Lazy.any({ produce: health.expressions }),
      }),
      interval: Lazy.any({ produce: () => usualInterval(timeout()) }),
      path: `./${directoryOf(shelf)}`,
      prune: true,
      retryInterval: '2m',
      serviceAccountName: PLATFORM_SERVICE_ACCOUNT,
      sourceRef: { kind: sourceKind, name: FLUX_NAMESPACE },
      timeout: Lazy.any({ produce: () => fluxDuration('timeout', timeout()) }),
      ...(health && { wait: true }),
    },
  });
}

function dependsOn(components: IPlatformComponent[]): KustomizationSpecDependsOn[] | undefined {
  const names = components.map((component) => component.componentName).sort();
  return names.length > 0 ? names.map((name) => ({ name })) : undefined;
}
