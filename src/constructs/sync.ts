import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Kustomization,
  KustomizationSpecHealthCheckExprs,
} from '../imports/kustomize.toolkit.fluxcd.io';
import { requireContent } from '../vocabulary/artifact-content';
import { Decryption } from '../vocabulary/decryption';
import { fluxDuration, fluxInterval } from '../vocabulary/flux-duration';
import {
  CONSTRUCT,
  DURATION,
  TEXT,
  listOf,
  madeBy,
  optional,
  requireProps,
} from '../vocabulary/form';
import { Health } from '../vocabulary/health';
import { requireDnsLabel } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { ISource, tenantOf } from '../vocabulary/ports';
import { requireRelativePath } from '../vocabulary/relative-path';
import { requireTargetNamespace } from '../vocabulary/target-namespace';
import { canaryThatOutlastsSyncs, recordSync, recordWait } from '../vocabulary/tenant-waits';

/** What Flux applies for a tenant, and when that counts as done. */
export interface SyncProps {
  /** Where the manifests come from: a source of the same tenant. */
  readonly source: ISource;
  /**
   * Directory within the source.
   *
   * @default './'
   */
  readonly path?: string;
  /**
   * When the sync counts as done.
   *
   * @default Health.waitForAll()
   */
  readonly health?: Health;
  /**
   * How often drift is corrected. New revisions are applied at once.
   *
   * @default - 10 minutes, or the timeout where that is longer
   */
  readonly interval?: Duration;
  /**
   * Syncs of the same tenant that must be done first.
   *
   * @default - none
   */
  readonly dependencies?: Sync[];
  /**
   * Namespace that everything is applied to; one of the tenant's.
   *
   * @default - the home namespace
   */
  readonly targetNamespace?: string;
  /**
   * How manifests that are encrypted with SOPS are decrypted: by keys or an identity of the tenant's own.
   *
   * @default - encrypted manifests are refused
   */
  readonly decryption?: Decryption;
}

/** Flagger's canaries have no `Ready` condition, so that without this they would count as healthy at once. */
const CANARY_HEALTH: KustomizationSpecHealthCheckExprs = {
  apiVersion: 'flagger.app/v1beta1',
  kind: 'Canary',
  current: "status.conditions.exists(e, e.type == 'Promoted' && e.status == 'True')",
  failed: "status.conditions.exists(e, e.type == 'Promoted' && e.status == 'False')",
  inProgress:
    "!has(status.conditions) || status.conditions.exists(e, e.type == 'Promoted' && e.status == 'Unknown')",
};

/**
 * A Flux Kustomization that applies manifests from a source as the tenant, and as nobody else. `Tenant.sync`
 * creates one.
 *
 * Throws when a source, dependency or target namespace is another tenant's, the source holds a Helm chart, the path
 * leaves the source, or what decrypts is the account that applies.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class Sync extends Construct {
  /** How long it may take to become healthy. */
  public readonly timeout: Duration;
  /** The object itself, for what the props do not reach. */
  public readonly kustomization: Kustomization;

  public constructor(scope: Construct, id: string, props: SyncProps) {
    super(scope, id);
    requireProps(`sync '${id}'`, props, {
      source: CONSTRUCT,
      path: optional(TEXT),
      health: optional(madeBy(Health, 'waitForAll(Duration.minutes(5))')),
      interval: optional(DURATION),
      dependencies: optional(listOf(CONSTRUCT)),
      targetNamespace: optional(TEXT),
      decryption: optional(madeBy(Decryption, "keys(SecretRef.named('sops-age'))")),
    });
    const tenant = tenantOf(this);
    const health = props.health ?? Health.waitForAll();
    const namespace = tenant.homeNamespace;
    const targetNamespace = requireTargetNamespace(tenant, props.targetNamespace ?? namespace);
    for (const other of [props.source, ...(props.dependencies ?? [])]) {
      if (tenantOf(other) !== tenant) {
        throw new Error(
          `sync '${id}' of tenant '${tenant.tenantName}' must not use '${other.node.path}', which is another tenant's`,
        );
      }
    }
    if (props.decryption?._account === tenant.serviceAccountName) {
      throw new Error(
        `sync '${id}' must not decrypt as '${tenant.serviceAccountName}', which applies: keys and rights of a tenant are apart`,
      );
    }
    requireContent(`sync '${id}'`, props.source, 'manifests');
    this.timeout = health._timeout;
    (health._wait ? recordSync : recordWait)(tenant, this.timeout);
    const interval = props.interval ?? longer(Duration.minutes(10), this.timeout);

    place(this, { file: 'sync' });
    this.kustomization = new Kustomization(this, 'kustomization', {
      metadata: { name: requireDnsLabel('sync', id), namespace },
      spec: {
        ...(props.dependencies?.length && {
          dependsOn: props.dependencies.map((sync) => ({ name: sync.node.id })),
        }),
        ...(props.decryption && { decryption: props.decryption._in(namespace) }),
        ...(health._wait && { healthCheckExprs: [CANARY_HEALTH] }),
        interval: fluxInterval('interval', interval),
        path: requireRelativePath('path', props.path ?? './'),
        prune: true,
        retryInterval: '2m',
        serviceAccountName: tenant.serviceAccountName,
        sourceRef: { kind: props.source.sourceKind as any, name: props.source.sourceName },
        targetNamespace,
        timeout: fluxDuration('timeout', this.timeout),
        wait: health._wait,
      },
    });
    this.node.defaultChild = this.kustomization;
    this.node.addValidation({ validate: () => (health._wait ? this.tooShort() : []) });
  }

  private tooShort(): string[] {
    const canary = canaryThatOutlastsSyncs(tenantOf(this));
    return canary
      ? [
          `sync waits ${fluxDuration('timeout', this.timeout)}, but the rollout of canary '${canary.path}' takes ` +
            `up to ${Math.ceil(canary.seconds / 60)}m; let a sync wait longer: ` +
            `Health.waitForAll(Duration.minutes(${Math.ceil(canary.seconds / 60) + 1}))`,
        ]
      : [];
  }
}

function longer(one: Duration, other: Duration): Duration {
  return one.toSeconds() >= other.toSeconds() ? one : other;
}
