import {
  BucketAccess,
  BucketProvider,
  BucketSource,
  BucketSourceProps,
  SecretRef,
} from '../../src';
import { TENANT_NAMESPACE } from '../../src/policies/fixtures/fixture';
import { BUCKETS } from '../../src/policies/source-policies';
import { allowedAnnotation } from '../../src/vocabulary/tenant-annotations';
import { messages } from '../policies/cel';
import { validateAgainstSchemas } from '../schemas/schema-table';
import { find, smallFleet, synthesized, temporaryDirectory } from '../synthesized';
import { cloudFleet } from './strict';

const keys = BucketAccess.keys(SecretRef.named('bucket-keys'));
const AWS = { provider: BucketProvider.AWS, endpoint: 's3.eu-west-1.amazonaws.com' };
const AZURE = { provider: BucketProvider.AZURE, endpoint: 'acme.blob.core.windows.net' };
const GCP = { provider: BucketProvider.GCP, endpoint: 'storage.googleapis.com' };
const GENERIC = { endpoint: 's3.acme.example:9000' };

type Store = Pick<BucketSourceProps, 'access' | 'endpoint' | 'provider'>;

describe('a bucket', () => {
  test.each<[string, Store, object]>([
    ['public', GENERIC, { endpoint: 's3.acme.example:9000', provider: 'generic' }],
    [
      'of S3 with keys',
      { ...GENERIC, access: keys },
      {
        endpoint: 's3.acme.example:9000',
        provider: 'generic',
        secretRef: { name: 'bucket-keys' },
      },
    ],
    [
      'of AWS',
      { ...AWS, access: BucketAccess.workloadIdentity('reader') },
      { endpoint: AWS.endpoint, provider: 'aws', serviceAccountName: 'reader' },
    ],
    [
      'of Google Cloud',
      { ...GCP, access: BucketAccess.workloadIdentity('reader') },
      { endpoint: GCP.endpoint, provider: 'gcp', serviceAccountName: 'reader' },
    ],
    [
      'of Azure, whose endpoint is a URL',
      { ...AZURE, access: keys },
      {
        endpoint: 'https://acme.blob.core.windows.net',
        provider: 'azure',
        secretRef: { name: 'bucket-keys' },
      },
    ],
  ])(
    '%s is one that the API server, the policies and the strict checks take but for what nobody signed',
    (_, store, spec) => {
      const { app, fleet, team } = cloudFleet();
      const source = new BucketSource(team, 'manifests', { bucketName: 'team-a', ...store });
      team.sync('apps', { source });
      const { warnings } = fleet.plan(temporaryDirectory());
      expect(warnings).toEqual([
        expect.stringMatching(/got a Bucket, which has no verify \(tenant-source-signature\)/),
      ]);

      const bucket = find(synthesized(app, [...warnings]), 'Bucket');
      expect(bucket.spec).toEqual({ bucketName: 'team-a', interval: '10m', ...spec });
      expect(validateAgainstSchemas(bucket)).toEqual([]);
      const annotations = { [allowedAnnotation('buckets')]: `${store.endpoint}/team-a` };
      const { metadata, ...rest } = TENANT_NAMESPACE;
      const namespaceObject = { ...rest, metadata: { ...metadata, annotations } };
      expect(messages([{ policy: BUCKETS, object: bucket, namespaceObject }])).toEqual([[]]);
    },
  );

  const make = (store: Store) => () =>
    new BucketSource(smallFleet().tenant('team-a'), 'm', { bucketName: 'team-a', ...store });

  test.each<[string, Store]>([
    ['aws', AWS],
    ['azure', AZURE],
    ['gcp', GCP],
  ])('of %s is read as somebody, never as Flux itself', (provider, store) => {
    expect(make(store)).toThrow(
      `BucketAccess.anonymous() is for provider generic, got '${provider}'; use BucketAccess.keys`,
    );
  });

  test.each<[string, Store]>([
    ['generic', GENERIC],
    ['azure', AZURE],
  ])('of %s cannot be shown the identity of a ServiceAccount', (provider, store) => {
    expect(make({ ...store, access: BucketAccess.workloadIdentity('reader') })).toThrow(
      `BucketAccess.workloadIdentity is for provider aws, gcp, got '${provider}'; use BucketAccess.keys`,
    );
  });

  test('of Google Cloud has its one endpoint, because Flux would read from no other', () => {
    expect(make({ ...GCP, endpoint: 's3.acme.example', access: keys })).toThrow(
      "endpoint must be 'storage.googleapis.com' for provider 'gcp', which reads from nowhere else, got 's3.acme.example'",
    );
  });

  test.each<[string, Store]>([
    ['generic', { endpoint: AZURE.endpoint }],
    ['aws', { ...AZURE, provider: BucketProvider.AWS }],
  ])('of Azure is not read as one of provider %s', (provider, store) => {
    expect(make({ ...store, access: keys })).toThrow(
      `provider must be 'azure' for endpoint 'acme.blob.core.windows.net', which speaks no other interface, got '${provider}'`,
    );
  });

  test('of Azure has its endpoint without scheme, as every bucket', () => {
    expect(make({ ...AZURE, endpoint: `https://${AZURE.endpoint}`, access: keys })).toThrow(
      /^endpoint must be a host name in lowercase/,
    );
  });

  test('is shown no identity by a cluster that gives none to objects', () => {
    const { app, tenant } = smallFleet();
    const access = BucketAccess.workloadIdentity('reader');
    new BucketSource(tenant('team-a'), 'm', { bucketName: 'team-a', ...AWS, access });
    expect(() => app.synth()).toThrow(
      /must not use an identity of cloud 'aws' on cluster 'prod', which has workloadIdentity off/,
    );
  });

  test.each(['', '../x', 'A'])('is not shown that of ServiceAccount %p', (name) => {
    expect(() => BucketAccess.workloadIdentity(name)).toThrow(/^service account must be/);
  });
});
