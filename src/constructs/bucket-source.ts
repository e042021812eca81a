import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Bucket } from '../imports/source.toolkit.fluxcd.io';
import { allowSource } from '../vocabulary/allowed-sources';
import { BucketAccess } from '../vocabulary/bucket-access';
import { fluxInterval } from '../vocabulary/flux-duration';
import { DURATION, TEXT, madeBy, oneOf, optional, requireProps } from '../vocabulary/form';
import { requireHost } from '../vocabulary/host';
import { requireObjectName } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { ISource, tenantOf } from '../vocabulary/ports';
import { isPrintable } from '../vocabulary/printable';
import { quoted } from '../vocabulary/quoted';
import { requireBucketName } from '../vocabulary/url';

/** Whose interface a bucket speaks. */
export enum BucketProvider {
  /** S3 with keys: MinIO, Ceph and the like. */
  GENERIC = 'generic',
  AWS = 'aws',
  AZURE = 'azure',
  GCP = 'gcp',
}

/** The only endpoint that the client for Google Cloud reads from, whatever the object says. */
const GOOGLE = 'storage.googleapis.com';

/** Hosts of Azure, which no other client can talk to. */
const AZURE = /\.blob\.core\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)(?::[0-9]+)?$/;

/** Where manifests in an object store come from. */
export interface BucketSourceProps {
  /**
   * Host of the object store, without scheme: `<account>.blob.core.windows.net` for Azure, `storage.googleapis.com` for Google
   * Cloud.
   */
  readonly endpoint: string;
  readonly bucketName: string;
  /**
   * Whose interface it speaks.
   *
   * @default BucketProvider.GENERIC
   */
  readonly provider?: BucketProvider;
  /**
   * Region of the bucket.
   *
   * @default - the one the provider assumes
   */
  readonly region?: string;
  /**
   * Only objects whose name starts with this.
   *
   * @default - all
   */
  readonly prefix?: string;
  /**
   * Who Flux is to the object store.
   *
   * @default BucketAccess.anonymous() - the bucket is public; only for `BucketProvider.GENERIC`
   */
  readonly access?: BucketAccess;
  /**
   * How often the bucket is looked at.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;
}

/**
 * A Bucket of a tenant, always read over TLS. Flux cannot verify what is in it, of which the strict profile tells: prefer a
 * SignedOciSource.
 *
 * Throws when the endpoint is no host name, the name, region or prefix of the bucket is none, or provider, endpoint and access do not
 * belong together. Synthesis fails where a cluster may not use the identity of a cloud.
 *
 * @see https://fluxcd.io/flux/components/source/buckets/
 */
export class BucketSource extends Construct implements ISource {
  public readonly sourceKind = 'Bucket';
  public readonly sourceName: string;
  public readonly sourceNamespace: string;
  /** The object itself, for what the props do not reach. */
  public readonly bucket: Bucket;

  public constructor(scope: Construct, id: string, props: BucketSourceProps) {
    super(scope, id);
    requireProps(`source '${id}'`, props, {
      endpoint: TEXT,
      bucketName: TEXT,
      provider: optional(oneOf(BucketProvider)),
      region: optional(TEXT),
      prefix: optional(TEXT),
      access: optional(madeBy(BucketAccess, "keys(SecretRef.named('bucket-keys'))")),
      interval: optional(DURATION),
    });
    const tenant = tenantOf(this);
    this.sourceName = requireObjectName('source', id);
    this.sourceNamespace = tenant.homeNamespace;
    requireBucket(props);

    const provider = props.provider ?? BucketProvider.GENERIC;
    const endpoint = requireHost('endpoint', props.endpoint, { port: true });
    if (provider === BucketProvider.GCP && endpoint !== GOOGLE) {
      throw new Error(
        `endpoint must be '${GOOGLE}' for provider 'gcp', which reads from nowhere else, got ${quoted(endpoint)}`,
      );
    }
    if (provider !== BucketProvider.AZURE && AZURE.test(endpoint)) {
      throw new Error(
        `provider must be '${BucketProvider.AZURE}' for endpoint ${quoted(endpoint)}, which speaks no other interface, got ${quoted(provider)}`,
      );
    }
    const access = props.access ?? BucketAccess.anonymous();
    allowSource(tenant, 'buckets', `${endpoint}/${props.bucketName}`);
    place(this, { file: 'sources' });
    this.bucket = new Bucket(this, 'bucket', {
      metadata: { name: id, namespace: tenant.homeNamespace },
      spec: {
        bucketName: props.bucketName,
        // The client for Azure takes a URL, the others take a host.
        endpoint: provider === BucketProvider.AZURE ? `https://${endpoint}` : endpoint,
        interval: fluxInterval('interval', props.interval ?? Duration.minutes(10)),
        ...(props.prefix !== undefined && { prefix: props.prefix }),
        provider,
        ...(props.region !== undefined && { region: props.region }),
        ...access._from(tenant.homeNamespace, provider),
      },
    });
    this.node.defaultChild = this.bucket;
  }
}

function requireBucket({ bucketName, region, prefix }: BucketSourceProps): void {
  requireBucketName('bucket name', bucketName);
  if (region !== undefined && !/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(region)) {
    throw new Error(`region must be letters, digits and '-', got ${quoted(region)}`);
  }
  if (prefix !== undefined && (!isPrintable(prefix) || prefix === '' || prefix.length > 1024)) {
    throw new Error(
      `prefix must be a text of one line, at most 1024 characters, got ${quoted(prefix)}`,
    );
  }
}
