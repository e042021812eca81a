import { FleetSource } from './fleet-source';
import { FluxEgress, requireEgress } from './flux-egress';
import { FLUX_RELEASE, requireFluxVersion } from './flux-release';
import { BOOLEAN, MAP, TEXT, listOf, madeBy, optional, requireProps } from './form';
import { requireShards } from './sharding';

/** How the Flux controllers of a cluster run. */
export interface FluxOptions {
  /**
   * Names of the shards: each is a source-, kustomize- and helm-controller of its own for the tenants that name it.
   *
   * @default - none: one of each reconciles everything
   */
  readonly shards?: string[];
  /**
   * Whether objects of Flux may authenticate to a cloud as a service account of their own namespace; never do they as a
   * controller or its node. Where they may not, controllers lose the right to create tokens of any service account, so
   * that whoever takes over one that fetches becomes nobody else. kustomize- and helm-controller are cluster administrators
   * and lose nothing.
   *
   * @default false
   */
  readonly workloadIdentity?: boolean;
  /**
   * How controllers reach what is outside of the cluster: by a proxy, trusting authorities of your own. What they fetch for
   * tenants takes the same way; no source of a tenant takes its own.
   *
   * @default - directly, trusting public authorities
   */
  readonly egress?: FluxEgress;
}

/** How Flux Operator runs Flux on a cluster. */
export interface FluxOperatorOptions extends FluxOptions {
  /** Where the cluster finds the fleet repository. */
  readonly source: FleetSource;
  /**
   * Which release of Flux: a patch release, or the newest of a minor release.
   *
   * @default '2.9.x'
   */
  readonly version?: string;
}

const RUNNING = {
  shards: optional(listOf(TEXT)),
  workloadIdentity: optional(BOOLEAN),
  egress: optional(MAP),
};

/** Who installs Flux on a cluster, and how it runs there. The lockdown is the same whoever does. */
export class FluxInstallation {
  /**
   * `flux bootstrap` installs it, and commits its manifests beside the lockdown.
   *
   * Throws when a shard cannot name a controller, or the egress is none that controllers understand.
   *
   * @see https://fluxcd.io/flux/installation/bootstrap/
   */
  public static bootstrap(options: FluxOptions = {}): FluxInstallation {
    requireProps('FluxInstallation.bootstrap', options, RUNNING);
    return new FluxInstallation(options);
  }

  /**
   * Flux Operator installs it, and keeps it up to date, as a FluxInstance in the repository says.
   *
   * Throws when a shard cannot name a controller or a directory of Flux Operator, or the lockdown is not known for the
   * version, or as `bootstrap` does.
   *
   * @see https://fluxoperator.dev/docs/crd/fluxinstance/
   */
  public static operator(options: FluxOperatorOptions): FluxInstallation {
    requireProps('FluxInstallation.operator', options, {
      source: madeBy(FleetSource, 'git({ … })'),
      version: optional(TEXT),
      ...RUNNING,
    });
    if (options.shards?.includes('roles')) {
      throw new Error("shard must not be named 'roles', which Flux Operator calls something else");
    }
    const version = requireFluxVersion(options.version ?? `${FLUX_RELEASE}.x`);
    return new FluxInstallation(options, { source: options.source, version });
  }

  /** @internal */
  readonly _shards: string[];
  /** @internal */
  readonly _workloadIdentity: boolean;
  /** @internal */
  readonly _egress: FluxEgress;

  private constructor(
    options: FluxOptions,
    /**
     * What only Flux Operator is told.
     *
     * @internal
     */
    readonly _operator?: { readonly source: FleetSource; readonly version: string },
  ) {
    this._shards = Object.freeze(requireShards(options.shards ?? [])) as string[];
    this._workloadIdentity = options.workloadIdentity ?? false;
    this._egress = requireEgress(options.egress ?? {});
  }

  /**
   * Kind of the source that the root sync reads.
   *
   * @internal
   */
  public get _sourceKind(): 'GitRepository' | 'OCIRepository' {
    return this._operator?.source._kind ?? 'GitRepository';
  }
}
