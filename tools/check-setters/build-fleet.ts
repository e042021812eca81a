import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AppRepo,
  CanaryApp,
  CanaryProvider,
  CanaryWorkload,
  Cluster,
  ContainerImage,
  DigestReflection,
  Fleet,
  FleetRepo,
  GitTarget,
  ImageAutomationPipeline,
  RegistryAccess,
  SecretRef,
  Tenant,
  TenantRules,
} from '../../src';
import { AppSpec, FleetSpec, LONG, PipelineSpec, TenantSpec } from './generated-fleets';

/** How a program differs from the one that its spec asks for. */
interface Variant {
  /** Before the names of all policies: Flux takes them for others. */
  readonly policies?: string;
  /** Before the ids of all apps: their files move, and their objects keep their names. */
  readonly apps?: string;
  /** Whether the tags of the program stand against those that Flux committed. */
  readonly pinned?: boolean;
}

export function buildFleet(spec: FleetSpec, outdir: string, variant: Variant = {}): Fleet {
  const app = new Fleet({ outdir });
  const fleet = new FleetRepo(app, 'fleet-infra', {
    registry: 'ghcr.io/acme/manifests',
    tenantRules: [
      TenantRules.flagger(),
      TenantRules.allowing({ apiGroup: 'example.com', resources: ['widgets'] }),
    ],
  });
  const cluster = new Cluster(fleet, 'staging', { environment: 'staging' });
  for (const tenant of spec) {
    const team = new Team(app, new Tenant(fleet, tenant.name, { clusters: [cluster] }), tenant);
    team.addApps(variant);
  }
  return app;
}

class Team {
  private readonly repos = new Map<string, AppRepo>();
  private readonly images = new Map<PipelineSpec, ContainerImage>();

  public constructor(
    private readonly app: Fleet,
    private readonly tenant: Tenant,
    private readonly spec: TenantSpec,
  ) {}

  public addApps(variant: Variant): void {
    const { pipelines, apps } = this.spec;
    apps.forEach((one, i) => {
      const pipeline = pipelines[one.pipeline % pipelines.length];
      const repo = this.repo(pipeline);
      const image = this.images.get(pipeline) ?? this.chosenBy(pipeline, variant);
      if (!this.images.has(pipeline) && pipeline.replaces) {
        repo.useImage(image, `replaced-by-${pipeline.name}`);
      }
      this.images.set(pipeline, image);
      addApp(new Construct(repo, `${variant.apps ?? ''}app-${i}`), `app-${i}`, one, image);
    });
  }

  private repo({ target }: PipelineSpec): AppRepo {
    const [id, path] = this.placeOf(target);
    const repo = this.repos.get(id) ?? new AppRepo(this.app, id, { tenant: this.tenant, path });
    this.repos.set(id, repo);
    return repo;
  }

  private placeOf(target: PipelineSpec['target']): [id: string, path: string] {
    const { name, path, elsewhere } = this.spec;
    return target === 'elsewhere' ? [`${name}-elsewhere`, elsewhere] : [name, path];
  }

  private chosenBy(spec: PipelineSpec, { policies = '', pinned }: Variant): ContainerImage {
    const [tags, tag] = spec.policy;
    const [id, path] = this.placeOf(spec.target);
    const image = new ImageAutomationPipeline(this.tenant, `${policies}${spec.name}`, {
      image: spec.image,
      tags: tags(),
      registryAccess: RegistryAccess.anonymous(),
      digests: spec.digest === 'none' ? DigestReflection.never() : DigestReflection.whenChosen(),
      commitTo: GitTarget.pullRequestBranch({
        repository: `https://github.com/acme/${id}`,
        path: `./${path}`,
        credentials: SecretRef.named('git-push'),
        author: { email: 'bot@acme.example' },
        ...(spec.target !== 'own' && { name: spec.target }),
      }),
    }).image(tag, spec.digest === 'given' ? `sha256:${'0123456789abcdef'.repeat(4)}` : undefined);
    return pinned ? image.pinned() : image;
  }
}

function addApp(scope: Construct, name: string, spec: AppSpec, used: ContainerImage): void {
  if (spec.canary) {
    new CanaryApp(scope, `${name}-canary`, {
      workload: CanaryWorkload.image(used),
      port: 9898,
      rollout: CanaryProvider.nginx({
        host: `${Tenant.ownerOf(scope).tenantName}.acme.example`,
      }).linear({
        interval: Duration.minutes(1),
        threshold: 5,
        stepWeight: 10,
        maxWeight: 50,
      }),
    });
  }
  spec.objects.forEach((texts, i) => {
    const fields = Object.fromEntries(texts.map((one, j) => [`text-${j}`, one]));
    const object = new ApiObject(scope, `object-${i}`, {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: `${name}-${i}`, annotations: { 'example.com/note': texts[0] } },
      data: fields,
      image: used.reference,
      spec: {
        'a/b~c': used.reference,
        ...fields,
        list: [texts[0], { image: used.reference, text: texts[0] }, used.reference],
        nested: [[used.reference, LONG], []],
        none: null,
        number: 1.5,
        values: { repository: used.name, tag: used.tag, digest: used.digest },
      },
    });
    for (const pointer of [
      '/image',
      '/spec/a~1b~0c',
      '/spec/list/1/image',
      '/spec/list/2',
      '/spec/nested/0/0',
    ]) {
      used.markIn(object, pointer);
    }
    used.markNameIn(object, '/spec/values/repository');
    used.markTagIn(object, '/spec/values/tag');
    if (used.digest !== undefined) {
      used.markDigestIn(object, '/spec/values/digest');
    }
  });
}
