import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { OCIRepository } from '../imports/source.toolkit.fluxcd.io';
import { allowSource } from '../vocabulary/allowed-sources';
import { holds } from '../vocabulary/artifact-content';
import { patchInEnvironment } from '../vocabulary/environment-patch';
import { fluxInterval } from '../vocabulary/flux-duration';
import { DURATION, TEXT, madeBy, oneOf, optional, requireProps } from '../vocabulary/form';
import { requireObjectName } from '../vocabulary/names';
import { OciVersion } from '../vocabulary/oci-version';
import { place } from '../vocabulary/placement';
import { IChartSource, ISource, tenantOf } from '../vocabulary/ports';
import { RegistryAccess } from '../vocabulary/registry-access';
import { Signature } from '../vocabulary/signature';
import { requireOciUrl } from '../vocabulary/url';
import { warn } from '../vocabulary/warning';

/** What an OCI artifact holds. */
export enum OciContent {
  /** Manifests, as `flux push artifact` packs them. */
  MANIFESTS = 'manifests',
  /** A Helm chart, as `helm push` packs it. */
  HELM_CHART = 'helm-chart',
}

/** Where signed artifacts come from. */
export interface SignedOciSourceProps {
  /** Which version is taken. */
  readonly version: OciVersion;
  /** Who must have signed it. */
  readonly signature: Signature;
  /**
   * Where it lies, as `oci://<host>/<path>`. It may be a mirror, which must hold the signatures, too (`oras copy
   * --recursive` takes them along): what is verified is the digest and who signed it, not where it was signed.
   *
   * @default - `oci://<registry of the fleet>/<tenant>`
   */
  readonly url?: string;
  /**
   * Who Flux is to the registry.
   *
   * @default RegistryAccess.anonymous() - the artifact is public
   */
  readonly registryAccess?: RegistryAccess;
  /**
   * What the artifact holds.
   *
   * @default OciContent.MANIFESTS
   */
  readonly content?: OciContent;
  /**
   * How often the registry is asked for a new version.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;
}

const OCI_VERSION = madeBy(OciVersion, "semver('>=1.0.0 <2.0.0')");

/** How a source differs in one environment. */
export interface SignedOciSourceOverrides {
  /** Which version is taken there. */
  readonly version: OciVersion;
}

/**
 * An OCIRepository whose artifacts Flux takes only when they are signed by the right one. An artifact that is not
 * changes nothing: what was verified last stays.
 *
 * Throws when the url is no OCI repository. Synthesis fails where a cluster may not use the identity of a cloud that the
 * registry is to be shown, and warns of a mutable tag and of access that will hardly do for the registry.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
export class SignedOciSource extends Construct implements ISource, IChartSource {
  public readonly sourceKind = 'OCIRepository';
  public readonly sourceName: string;
  public readonly sourceNamespace: string;
  public readonly chartKind = 'OCIRepository';
  public readonly chartName: string;
  public readonly chartNamespace: string;
  /** Where it lies, as `oci://<host>/<path>`: the `url` of the PublishWorkflow, unless it is a mirror. */
  public readonly url: string;
  /** The object itself, for what the props do not reach. */
  public readonly repository: OCIRepository;

  public constructor(scope: Construct, id: string, props: SignedOciSourceProps) {
    super(scope, id);
    requireProps(`source '${id}'`, props, {
      version: OCI_VERSION,
      signature: madeBy(
        Signature,
        "githubActions({ repository: 'acme/team-a', workflow: 'publish.yaml' })",
      ),
      url: optional(TEXT),
      registryAccess: optional(madeBy(RegistryAccess, "pullSecret(SecretRef.named('ghcr-auth'))")),
      content: optional(oneOf(OciContent)),
      interval: optional(DURATION),
    });
    const tenant = tenantOf(this);
    this.sourceName = this.chartName = requireObjectName('source', id);
    this.sourceNamespace = this.chartNamespace = tenant.homeNamespace;

    const url = (this.url = requireOciUrl('url', props.url ?? `oci://${tenant.registry}`));
    const access = props.registryAccess ?? RegistryAccess.anonymous();
    this.warn(access._doubt(url.slice('oci://'.length)), props.version._doubt);
    allowSource(tenant, 'oci', url);
    place(this, { file: 'sources' });
    holds(this, props.content ?? OciContent.MANIFESTS);
    this.repository = new OCIRepository(this, 'repository', {
      metadata: { name: id, namespace: tenant.homeNamespace },
      spec: {
        interval: fluxInterval('interval', props.interval ?? Duration.minutes(10)),
        ...(props.content === OciContent.HELM_CHART && {
          layerSelector: {
            mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
            operation: 'copy' as const,
          },
        }),
        ref: props.version._ref,
        ...access._from(tenant.homeNamespace),
        url,
        verify: props.signature._verifyIn(tenant.homeNamespace),
      },
    });
    this.node.defaultChild = this.repository;
  }

  /** Takes another version in one environment. Throws when the tenant has no cluster in it. */
  public inEnvironment(environment: string, overrides: SignedOciSourceOverrides): void {
    requireProps(`override of source '${this.node.id}'`, overrides, { version: OCI_VERSION });
    patchInEnvironment(this.repository, environment, [
      { op: 'replace', path: '/spec/ref', value: overrides.version._ref },
    ]);
    const { _doubt: doubt } = overrides.version;
    this.warn(doubt && `in environment '${environment}' ${doubt}`);
  }

  private warn(...doubts: (string | undefined)[]): void {
    for (const doubt of doubts) {
      if (doubt !== undefined) {
        warn(this, doubt);
      }
    }
  }
}
