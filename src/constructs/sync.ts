import { Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Kustomization } from '../imports/kustomize.toolkit.fluxcd.io';
import { requireContent, requireFetched } from '../vocabulary/artifact-content';
import { requireCelExpression } from '../vocabulary/cel-expression';
import { Decryption } from '../vocabulary/decryption';
import { fluxDuration, fluxInterval, usualInterval } from '../vocabulary/flux-duration';
import {
  CONSTRUCT,
  DURATION,
  Form,
  SOURCE,
  TEXT,
  listOf,
  madeBy,
  optional,
  requireForm,
  requireProps,
} from '../vocabulary/form';
import { Health } from '../vocabulary/health';
import { requireDnsLabel } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { ISource, ITenant, requireOwn, tenantOf } from '../vocabulary/ports';
import { requireRelativePath } from '../vocabulary/relative-path';
import { requireTargetNamespace } from '../vocabulary/target-namespace';
import {
  canaryThatOutlastsSyncs,
  canaryTimeout,
  recordAdaptingSync,
  recordSync,
  recordWait,
} from '../vocabulary/tenant-waits';

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
   * Syncs of the same tenant that must be done first: `crds`, or `crds.readyWhen('…')`.
   *
   * @default - none
   */
  readonly dependencies?: ISyncDependency[];
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

/** What must be done before a sync: another sync, or what its `readyWhen` gives. */
export interface ISyncDependency {
  /** The sync that is waited for. */
  readonly awaited: Sync;
  /**
   * CEL over the two syncs, `dep` and `self`, that must be true besides: that the awaited one is ready is always asked.
   *
   * @default - it is ready
   */
  readonly readyExpr?: string;
}

/** What of a dependency Flux no longer asks by itself where there is an expression. */
const IS_READY =
  'dep.metadata.generation == dep.status.observedGeneration && ' +
  "dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";

/** Flux's timeout where nothing else is said. */
const USUAL_TIMEOUT = Duration.minutes(5);

const DEPENDENCY: Form = {
  words: "a Sync, or what its readyWhen('…') gives",
  fits: (value) => CONSTRUCT.fits(value?.awaited),
};

/**
 * A Flux Kustomization that applies manifests from a source as the tenant, and as nobody else. `Tenant.sync`
 * creates one.
 *
 * Throws when a source, dependency, health target or target namespace is another tenant's, the source holds a Helm chart,
 * the path leaves the source or is left out of its sparse checkout, or what decrypts is the account that applies.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class Sync extends Construct implements ISyncDependency {
  /** The object itself, for what the props do not reach. */
  public readonly kustomization: Kustomization;
  private readonly health: Health;

  public constructor(scope: Construct, id: string, props: SyncProps) {
    super(scope, id);
    requireProps(`sync '${id}'`, props, {
      source: SOURCE,
      path: optional(TEXT),
      health: optional(madeBy(Health, 'waitForAll(Duration.minutes(5))')),
      interval: optional(DURATION),
      dependencies: optional(listOf(DEPENDENCY)),
      targetNamespace: optional(TEXT),
      decryption: optional(madeBy(Decryption, "keys(SecretRef.named('sops-age'))")),
    });
    const tenant = tenantOf(this);
    this.health = props.health ?? Health.waitForAll();
    const namespace = tenant.homeNamespace;
    const targetNamespace = requireTargetNamespace(tenant, props.targetNamespace ?? namespace);
    const dependencies = props.dependencies ?? [];
    requireOwn(tenant, `sync '${id}' of tenant '${tenant.tenantName}' must not use`, [
      props.source,
      ...dependencies.map(({ awaited }) => awaited),
    ]);
    if (props.decryption?._account === tenant.serviceAccountName) {
      throw new Error(
        `sync '${id}' must not decrypt as '${tenant.serviceAccountName}', which applies: keys and rights of a tenant are apart`,
      );
    }
    requireContent(`sync '${id}'`, props.source, 'manifests');
    const path = requireRelativePath('path', props.path ?? './');
    requireFetched(`sync '${id}'`, props.source, path);
    const health = this.health._in(tenant, targetNamespace);
    this.recordTimeout(tenant);
    const interval = props.interval && fluxInterval('interval', props.interval);

    place(this, { file: 'sync' });
    this.kustomization = new Kustomization(this, 'kustomization', {
      metadata: { name: requireDnsLabel('sync', id), namespace },
      spec: {
        ...(dependencies.length > 0 && {
          dependsOn: dependencies.map(({ awaited, readyExpr }) => ({
            name: awaited.node.id,
            ...(readyExpr !== undefined && {
              readyExpr: readyAnd(requireCelExpression('readyExpr', readyExpr)),
            }),
          })),
        }),
        ...(props.decryption && { decryption: props.decryption._in(namespace) }),
        ...health,
        interval: interval ?? Lazy.any({ produce: () => usualInterval(this.timeout) }),
        path,
        prune: true,
        retryInterval: '2m',
        serviceAccountName: tenant.serviceAccountName,
        sourceRef: { kind: props.source.sourceKind as any, name: props.source.sourceName },
        targetNamespace,
        timeout: Lazy.any({ produce: () => fluxDuration('timeout', this.timeout) }),
      },
    });
    this.node.defaultChild = this.kustomization;
    this.node.addValidation({ validate: () => (health.wait ? this.tooShort() : []) });
  }

  /** How long it may take to become healthy; where no timeout was given, as far as canaries of the tenant are known yet. */
  public get timeout(): Duration {
    return (
      this.health._timeout ??
      (this.health._waitsForCanaries ? canaryTimeout(tenantOf(this)) : USUAL_TIMEOUT)
    );
  }

  public get awaited(): Sync {
    return this;
  }

  /**
   * This sync as a dependency that takes more than to be ready.
   *
   * Flux's own question is part of the expression, but for one thing: where both syncs have the same source, Flux then no longer
   * sees to it that this one has applied the same revision first.
   *
   * @param expression CEL that is true when all is done, where `dep` is this sync and `self` the one that depends on it. Throws
   * when it is certainly no CEL
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#dependency-ready-expression
   */
  public readyWhen(expression: string): ISyncDependency {
    requireForm(`expression of dependency '${this.node.id}'`, expression, TEXT);
    requireCelExpression(`expression of dependency '${this.node.id}'`, expression);
    return { awaited: this, readyExpr: expression };
  }

  private recordTimeout(tenant: ITenant): void {
    if (!this.health._waitsForCanaries) {
      recordWait(tenant, this.timeout);
    } else if (this.health._timeout) {
      recordSync(tenant, this.health._timeout);
    } else {
      recordAdaptingSync(tenant);
    }
  }

  private tooShort(): string[] {
    const canary = canaryThatOutlastsSyncs(tenantOf(this));
    return canary
      ? [
          `sync waits ${fluxDuration('timeout', this.timeout)}, but the rollout of canary '${canary.path}' takes ` +
            `up to ${Math.ceil(canary.seconds / 60)}m; let a sync wait longer: ` +
            `Health.waitForAll(Duration.minutes(${Math.ceil(canary.seconds / 60) + 1})), or without a timeout for as long as it takes`,
        ]
      : [];
  }
}

/** Where there is an expression, Flux asks that alone. */
function readyAnd(expression: string): string {
  // A comment at its end must not take the bracket with it.
  const end = expression.includes('//') ? '\n' : '';
  return `${IS_READY} && (${expression}${end})`;
}
