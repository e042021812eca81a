import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Bucket } from '../imports/source.toolkit.fluxcd.io';
import { allowSource } from '../vocabulary/allowed-sources';
import { fluxInterval } from '../vocabulary/flux-duration';
import { DURATION, SECRET_REF, TEXT, oneOf, optional, requireProps } from '../vocabulary/form';
import { requireHost } from '../vocabulary/host';
import { requireObjectName } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { ISource, tenantOf } from '../vocabulary/ports';
import { isPrintable } from '../vocabulary/printable';
import { quoted } from '../vocabulary/quoted';
import { SecretRef } from '../vocabulary/secret-ref';
import { requireBucketName } from '../vocabulary/url';

/** Whose interface a bucket speaks. */
export enum BucketProvider {
  /** S3 with keys: MinIO, Ceph and the like. */
  GENERIC = 'generic',
  AWS = 'aws',
  AZURE = 'azure',
  GCP = 'gcp',
}

/** Where manifests in an object store come from. */
export interface BucketSourceProps {
  /** Host of the object store, without scheme. */
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
   * Secret to read the bucket with.
   *
   * @default - none: the cluster's own identity may read it
   */
  readonly credentials?: SecretRef;
  /**
   * How often the bucket is looked at.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;
}

/**
 * A Bucket of a tenant, always read over TLS.
 *
 * Throws when the endpoint is no host name, or the name, region or prefix of the bucket is none.
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
      credentials: optional(SECRET_REF),
      interval: optional(DURATION),
    });
    const tenant = tenantOf(this);
    this.sourceName = requireObjectName('source', id);
    this.sourceNamespace = tenant.homeNamespace;
    requireBucket(props);

    const endpoint = requireHost('endpoint', props.endpoint, { port: true });
    allowSource(tenant, 'buckets', `${endpoint}/${props.bucketName}`);
    place(this, { file: 'sources' });
    this.bucket = new Bucket(this, 'bucket', {
      metadata: { name: id, namespace: tenant.homeNamespace },
      spec: {
        bucketName: props.bucketName,
        endpoint,
        interval: fluxInterval('interval', props.interval ?? Duration.minutes(10)),
        ...(props.prefix !== undefined && { prefix: props.prefix }),
        provider: props.provider ?? BucketProvider.GENERIC,
        ...(props.region !== undefined && { region: props.region }),
        ...(props.credentials && {
          secretRef: props.credentials._from(tenant.homeNamespace),
        }),
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
