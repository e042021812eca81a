import {
  Cluster,
  FleetSource,
  FluxInstallation,
  GitRevision,
  GitSource,
  HelmSource,
  OciVersion,
  PlatformComponent,
  Receiver,
  ReceiverKind,
  ReceiverProps,
  SecretRef,
  Signature,
  SignedOciSource,
  Tenant,
} from '../../src';
import { allowedAnnotation } from '../../src/vocabulary/tenant-annotations';
import { addPipeline } from '../pipelines';
import { find, smallFleet, synthesized } from '../synthesized';
import { expectAdmitted, strictWarnings } from './strict';

const secret = SecretRef.named('webhook-token');
const secretRef = { name: 'webhook-token' };
const resources = [{ kind: 'GitRepository', name: 'manifests' }];
const signature = Signature.githubActions({ repository: 'acme/x', workflow: 'publish.yaml' });

/** A source of a tenant. */
function sourceOf(team: Tenant): GitSource {
  const props = { url: 'https://github.com/acme/x', revision: GitRevision.branch('main') };
  return new GitSource(team, 'manifests', props);
}

const KINDS: [string, ReceiverKind, any][] = [
  ['GitHub', ReceiverKind.github(secret), { events: ['ping', 'push'], secretRef, type: 'github' }],
  [
    'GitHub, about what it is asked',
    ReceiverKind.github(secret, ['release']),
    { events: ['release'], secretRef, type: 'github' },
  ],
  [
    "GitHub's packages",
    ReceiverKind.githubPackages(secret),
    { events: ['ping', 'package', 'registry_package'], secretRef, type: 'github' },
  ],
  [
    'GitHub Actions',
    ReceiverKind.githubActions('acme/team-a.io'),
    {
      oidcProviders: [
        {
          audience: 'notification-controller',
          issuerURL: 'https://token.actions.githubusercontent.com',
          validations: [
            {
              expression: "claims.repository == 'acme/team-a.io'",
              message: 'the job must be one of acme/team-a.io',
            },
          ],
        },
      ],
      type: 'generic-oidc',
    },
  ],
  [
    'GitLab',
    ReceiverKind.gitlab(secret),
    { events: ['Push Hook', 'Tag Push Hook'], secretRef, type: 'gitlab' },
  ],
  ['Gitea', ReceiverKind.gitea(secret), { events: ['push'], secretRef, type: 'github' }],
  [
    'Bitbucket Server',
    ReceiverKind.bitbucketServer(secret),
    { events: ['repo:refs_changed'], secretRef, type: 'bitbucket' },
  ],
  ['Harbor', ReceiverKind.harbor(secret), { secretRef, type: 'harbor' }],
  ['Nexus', ReceiverKind.nexus(secret), { secretRef, type: 'nexus' }],
  ['Google', ReceiverKind.googleArtifactRegistry(secret), { secretRef, type: 'gcr' }],
  ['Docker Hub', ReceiverKind.dockerHub(secret), { secretRef, type: 'dockerhub' }],
  ['Quay', ReceiverKind.quay(secret), { secretRef, type: 'quay' }],
  ['Azure', ReceiverKind.azureContainerRegistry(secret), { secretRef, type: 'acr' }],
  [
    'CDEvents',
    ReceiverKind.cdEvents(secret, ['dev.cdevents.change.merged.0.2.0']),
    { events: ['dev.cdevents.change.merged.0.2.0'], secretRef, type: 'cdevents' },
  ],
  ['whoever signs', ReceiverKind.signedCall(secret), { secretRef, type: 'generic-hmac' }],
  ['whoever knows it', ReceiverKind.unsignedCall(secret), { secretRef, type: 'generic' }],
];

/** A repository of charts, which may lie anywhere. */
function chartsOf(team: Tenant): HelmSource {
  return new HelmSource(team, 'charts', { url: 'https://charts.acme.example' });
}

/** Why synthesis warns of the kinds that prove nothing, by their places in `KINDS`. */
const UNPROVEN = new Map([
  [10, 'Docker Hub signs none of its calls'],
  [11, 'Quay signs none of its calls'],
  [12, 'Azure signs none of its calls'],
  [13, 'CDEvents are not signed'],
  [15, 'use ReceiverKind.signedCall where the caller can sign'],
]);

describe('a receiver', () => {
  describe('of every kind', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const source = sourceOf(team);
    const charts = [chartsOf(team)];
    KINDS.forEach(
      ([, kind], i) => new Receiver(team, `r${i}`, { kind, sources: [source], charts }),
    );
    const warnings = [...UNPROVEN].map(
      ([i, why]) => `[fleet-infra/team-a/r${i}] believes whoever knows its path; ${why}`,
    );
    const files = synthesized(app, warnings);

    test.each(KINDS.map((one, i) => [...one, i] as const))('is called by %s', (_, __, spec, i) => {
      const receiver = find(files, 'Receiver', `r${i}`);
      expect(receiver.metadata.namespace).toBe('team-a');
      expect(receiver.spec).toEqual({
        ...spec,
        resources: [...resources, { kind: 'HelmRepository', name: 'charts' }],
      });
    });

    test('is what the API server and the policies of the tenant admit', () => {
      expectAdmitted(files, ['Receiver'], KINDS.length);
    });

    test('believes the issuer alone that its tenant may', () => {
      expect(
        find(files, 'Namespace', 'team-a').metadata.annotations[allowedAnnotation('endpoints')],
      ).toBe('https://token.actions.githubusercontent.com');
    });
  });

  test('covers every prop, and names each object exactly and once', () => {
    const { prod, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [prod] });
    const source = sourceOf(team);
    const artifact = new SignedOciSource(team, 'artifact', {
      version: OciVersion.semver('>=1.0.0'),
      signature,
    });
    const pipeline = addPipeline(team);
    const props: Required<ReceiverProps> = {
      kind: ReceiverKind.harbor(secret),
      sources: [source, artifact, source],
      images: [pipeline],
      charts: [chartsOf(team)],
    };
    expect(new Receiver(team, 'hook', props).webhook.toJson().spec.resources).toEqual([
      ...resources,
      { kind: 'OCIRepository', name: 'artifact' },
      { kind: 'ImageRepository', name: pipeline.node.id },
      { kind: 'HelmRepository', name: 'charts' },
    ]);
  });

  test('of the platform is of the source that the clusters read the fleet from', () => {
    const { app, fleet } = smallFleet();
    const component = new PlatformComponent(fleet, 'hooks');
    new Receiver(component, 'fleet', { kind: ReceiverKind.github(secret) });
    const { metadata, spec } = find(synthesized(app), 'Receiver');
    expect(metadata).toEqual({ name: 'fleet', namespace: 'flux-system' });
    expect(spec.resources).toEqual([{ kind: 'GitRepository', name: 'flux-system' }]);
  });

  test('of the platform is of one kind of source', () => {
    const make = (isApart: boolean) => {
      const { app, fleet, prod, staging } = smallFleet();
      const flux = FluxInstallation.operator({
        source: FleetSource.signedOci({ url: 'oci://ghcr.io/acme/fleet', tag: 'main', signature }),
      });
      const edge = new Cluster(fleet, 'edge', { environment: 'edge', flux });
      const kind = ReceiverKind.signedCall(secret);
      const clusters = isApart ? [[prod, staging], [edge]] : [[prod, edge]];
      clusters.forEach((some, i) => {
        const component = new PlatformComponent(fleet, `hooks-${i}`, { clusters: some });
        new Receiver(component, `fleet-${i}`, { kind });
      });
      return synthesized(app);
    };
    expect(() => make(false)).toThrow(
      /must read the fleet's repository from sources of one kind, got GitRepository and OCIRepository/,
    );
    const files = make(true);
    expect(find(files, 'Receiver', 'fleet-1').spec.resources).toEqual([
      { kind: 'OCIRepository', name: 'flux-system' },
    ]);
  });

  test('passes the strict checks', () => {
    const checked = (isOn: boolean) =>
      strictWarnings((team, fleet) => {
        const sources = [sourceOf(team)];
        const charts = [chartsOf(team)];
        if (isOn) {
          KINDS.forEach(([, kind], i) => {
            if (!UNPROVEN.has(i)) {
              new Receiver(team, `r${i}`, { kind, sources, charts });
            }
          });
          const component = new PlatformComponent(fleet, 'hooks');
          new Receiver(component, 'fleet', { kind: ReceiverKind.github(secret) });
        }
      });
    expect(checked(true)).toEqual(checked(false));
  });

  test.each([...UNPROVEN.keys()].map((i) => [KINDS[i][0], KINDS[i][1]] as const))(
    'that %s calls is told of by the strict checks, too',
    (_, kind) => {
      const warnings = strictWarnings((team) => {
        const charts = [chartsOf(team)];
        new Receiver(team, 'hook', { kind, charts });
      });
      expect(warnings.join('\n')).toMatch(/should be of a type that proves who calls/);
    },
  );

  test.each<[string, (team: Tenant, other: Tenant) => Omit<ReceiverProps, 'kind'>, RegExp]>([
    ['nothing to look at', () => ({}), /must have sources, images or charts to look at, got none/],
    [
      'the source of another tenant',
      (_, other) => ({ sources: [sourceOf(other)] }),
      /must not look at 'fleet-infra\/team-b\/manifests', which is another tenant's/,
    ],
    [
      'the images of another tenant',
      (team, other) => ({ sources: [sourceOf(team)], images: [addPipeline(other)] }),
      /which is another tenant's/,
    ],
    [
      'the charts of another tenant',
      (_, other) => ({ charts: [new HelmSource(other, 'x', { url: 'https://a.example' })] }),
      /which is another tenant's/,
    ],
  ])('with %s is refused', (_, props, message) => {
    const { prod, tenant } = smallFleet();
    const [team, other] = ['team-a', 'team-b'].map((id) => tenant(id, { clusters: [prod] }));
    const kind = ReceiverKind.github(secret);
    expect(() => new Receiver(team, 'hook', { kind, ...props(team, other) })).toThrow(message);
  });

  test('of the platform cannot look at what is a tenant’s', () => {
    const { fleet, tenant } = smallFleet();
    const component = new PlatformComponent(fleet, 'hooks');
    const sources = [sourceOf(tenant('team-a'))];
    const kind = ReceiverKind.github(secret);
    expect(() => new Receiver(component, 'fleet', { kind, sources })).toThrow(
      /must have no sources, images or charts in a component/,
    );
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      'without Secret',
      () => ReceiverKind.github(undefined as any),
      /secret of a receiver is missing/,
    ],
    [
      'with the token for a Secret',
      () => ReceiverKind.unsignedCall('hunter2' as any),
      /secret of a receiver must be a SecretRef/,
    ],
    [
      'of no events, which Flux takes for all',
      () => ReceiverKind.github(secret, []),
      /events must be some/,
    ],
    [
      'of an event that is none',
      () => ReceiverKind.gitlab(secret, ['a\nb']),
      /event must be the name/,
    ],
    [
      'of a repository that would end the expression',
      () => ReceiverKind.githubActions("a/b' || true || '"),
      /repository must be 'owner\/name'/,
    ],
    ['of an owner', () => ReceiverKind.githubActions('acme'), /repository must be 'owner\/name'/],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
