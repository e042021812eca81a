import { Duration } from 'cdk8s';
import {
  AccessAction,
  AccessSubject,
  AppRepo,
  CanaryApp,
  CanaryProvider,
  CanaryScaling,
  CanaryWorkload,
  Cluster,
  CommitSigning,
  ContainerImage,
  DigestReflection,
  Fleet,
  FleetRepo,
  FluxInstallation,
  GitRevision,
  GitSource,
  GitTarget,
  HelmApp,
  HelmSource,
  HelmValuesFrom,
  ImageAutomationPipeline,
  OciVersion,
  PlatformComponent,
  PullRequestWorkflow,
  RegistryAccess,
  SecretRef,
  Signature,
  SignedOciSource,
  SlackAlerting,
  SlackCredentials,
  TagPolicy,
  Tenant,
  TenantAccess,
  TenantRules,
  WorkflowRef,
} from '../../src';
import { nearestWord } from '../../src/vocabulary/nearest-word';
import { TARGET } from '../pipelines';
import { smallFleet } from '../synthesized';

/** What a program in JavaScript may say, for want of a compiler. */
const js = (value: unknown): any => value;

const { app, fleet, prod, tenant } = smallFleet();
const team = tenant('team-a');
const repo = new AppRepo(app, 'apps', { tenant: team });
let count = 0;
/** An id that nothing else has. */
const id = () => `x${count++}`;

const charts = new HelmSource(team, 'charts', { url: 'https://charts.acme.example' });
const chart = charts.chart('redis', '1.x');
const slack = SlackCredentials.webhook(SecretRef.named('slack'));
const source = {
  version: OciVersion.semver('>=1.0.0 <2.0.0'),
  signature: Signature.cosignKey(SecretRef.named('cosign')),
};
const pipeline = {
  image: 'ghcr.io/acme/shop',
  tags: TagPolicy.semver('>=1.0.0 <2.0.0'),
  commitTo: GitTarget.pullRequestBranch({ ...TARGET, environment: 'staging' }),
  registryAccess: RegistryAccess.anonymous(),
};
const canary = {
  workload: CanaryWorkload.image(ContainerImage.of('ghcr.io/acme/shop:1.0.0')),
  port: 8080,
  rollout: CanaryProvider.kubernetes().blueGreen({
    interval: Duration.minutes(1),
    threshold: 2,
    iterations: 3,
  }),
};

describe('a program in JavaScript that', () => {
  test.each<[string, () => unknown, RegExp]>([
    [
      'gives no props',
      () => new FleetRepo(new Fleet(), 'f', js(undefined)),
      /^fleet repository 'f' must have props \(registry, gitHost, .*\), got nothing$/,
    ],
    [
      'leaves a prop out',
      () => new Cluster(fleet, 'c', js({})),
      /^'environment' of cluster 'c' is missing: it must be a text$/,
    ],
    [
      'leaves a value object out',
      () => new SignedOciSource(team, id(), js({ ...source, version: undefined })),
      /^'version' of source 'x\d+' is missing: it must be an OciVersion, such as OciVersion.semver\(/,
    ],
    [
      'gives a version as a text, with which Flux would have taken any',
      () => new SignedOciSource(team, id(), js({ ...source, version: '1.x' })),
      /must be an OciVersion, such as OciVersion.semver\('>=1.0.0 <2.0.0'\), got '1.x'$/,
    ],
    [
      'gives the name of a Secret',
      () => new SignedOciSource(team, id(), js({ ...source, registryAccess: 'ghcr-auth' })),
      /^'registryAccess' of source 'x\d+' must be a RegistryAccess, such as RegistryAccess.pullSecret\(.*, got 'ghcr-auth'$/,
    ],
    [
      'gives the name of a Secret to a value object',
      () => RegistryAccess.pullSecret(js('ghcr-auth')),
      /^pull secret must be a SecretRef/,
    ],
    [
      'gives the name of a Secret deep within',
      () => CanaryWorkload.image(ContainerImage.of('ghcr.io/a/b:1'), { pullSecret: js('x') }),
      /^'pullSecret' of container of a canary must be a SecretRef/,
    ],
    [
      'gives another value object',
      () =>
        new ImageAutomationPipeline(
          team,
          id(),
          js({ ...pipeline, registryAccess: SecretRef.named('x') }),
        ),
      /must be a RegistryAccess, such as RegistryAccess.pullSecret\(.*, got an object \(SecretRef\)$/,
    ],
    [
      'gives a level of pod security as a text, with which there would have been none',
      () => new Tenant(fleet, id(), { clusters: [prod], podSecurity: js('baseline') }),
      /must be a PodSecurity, such as PodSecurity.baseline\(\), got 'baseline'$/,
    ],
    [
      'gives the engine of admission as a text',
      () => new FleetRepo(new Fleet(), 'f', { registry: 'ghcr.io/acme', admission: js('kyverno') }),
      /must be an Admission, such as Admission.native\(\), got 'kyverno'$/,
    ],
    [
      'gives a time as a text',
      () => new SignedOciSource(team, id(), { ...source, interval: js('10m') }),
      /must be a Duration of cdk8s, such as Duration.minutes\(10\), got '10m'$/,
    ],
    [
      'gives the name of a construct',
      () => team.sync(id(), { source: js('manifests') }),
      /^'source' of sync 'x\d+' must be a source of manifests, .*, not its name, got 'manifests'$/,
    ],
    [
      'gives names of constructs',
      () => new Tenant(fleet, id(), { clusters: js(['prod']) }),
      /^'clusters' of tenant 'x\d+' must be a list, each item a construct, not its name, got a list of 'prod'$/,
    ],
    [
      'gives one item for a list',
      () => new Tenant(fleet, id(), { clusters: js(prod) }),
      /must be a list, .* got an object \(Cluster\)$/,
    ],
    [
      'gives a text for a list of texts, each letter of which would have been a group',
      () => new TenantAccess(team, id(), { viewers: js('acme:team-a') }),
      /^'viewers' of access 'x\d+' must be a list, each item a text, got 'acme:team-a'$/,
    ],
    [
      'misspells a required prop',
      () => new Tenant(fleet, 't', js({ cluster: [prod] })),
      /^tenant 't' has no 'cluster'; did you mean 'clusters'\?$/,
    ],
    [
      'misspells a prop with a default',
      () => new PlatformComponent(fleet, 'p', js({ gateTenants: true })),
      /^platform component 'p' has no 'gateTenants'; did you mean 'gatesTenants'\?$/,
    ],
    [
      'gives a prop that there is none like, without which anybody could have signed',
      () =>
        new GitSource(
          team,
          id(),
          js({
            url: 'https://github.com/a/b',
            revision: GitRevision.branch('main'),
            signers: SecretRef.named('signers'),
          }),
        ),
      /^source 'x\d+' has no 'signers'; it has url, revision, access, verification, sparseCheckout, interval$/,
    ],
    [
      'hands on more than a construct takes',
      () => new Tenant(fleet, 'more', js({ clusters: [prod], owner: 'jane' })),
      /^tenant 'more' has no 'owner'; it has clusters, namespaces, /,
    ],
    [
      'misspells a prop within another',
      () => new Tenant(fleet, 't', { clusters: [prod], quota: js({ memoryLimit: '1Gi' }) }),
      /^quota of tenant 't' has no 'memoryLimit'; did you mean 'memoryLimits'\?$/,
    ],
    [
      'gives a tag as a number',
      () => GitRevision.tag(js(1.2)),
      /^tag must be letters, digits, .* got '1.2'$/,
    ],
    [
      'gives a list for the prefix of tags',
      () => WorkflowRef.tags(js(['v'])),
      /^tag prefix must be letters, digits, .* got 'v'$/,
    ],
    [
      'gives a list for a commit',
      () => GitRevision.commit(js(['a'.repeat(40)])),
      /^commit must be 40 hexadecimal digits/,
    ],
    [
      'gives a list for a digest',
      () => OciVersion.digest(js([`sha256:${'a'.repeat(64)}`])),
      /^digest must be 'sha256:'/,
    ],
    [
      'gives a tag of an artifact as a number',
      () => OciVersion.mutableTag(js(1)),
      /^tag must be letters, digits/,
    ],
    [
      'gives true for a choice',
      () => new ImageAutomationPipeline(team, id(), { ...pipeline, digests: js(true) }),
      /must be a DigestReflection, such as DigestReflection.never\(\), got true$/,
    ],
    [
      'gives a word that is none of an enumeration',
      () => new SignedOciSource(team, id(), { ...source, content: js('chart') }),
      /must be one of manifests, helm-chart, got 'chart'$/,
    ],
    [
      'gives a text to a factory that takes an object',
      () => CanaryProvider.nginx(js('shop.acme.example')),
      /^NGINX provider must have props \(host, ingressClass\), got 'shop.acme.example'$/,
    ],
    [
      'gives no author',
      () => GitTarget.pullRequestBranch(js({ ...TARGET, author: undefined })),
      /^'author' of Git target is missing/,
    ],
    [
      'gives a branch as a text',
      () => new GitSource(team, id(), { url: 'https://github.com/a/b', revision: js('main') }),
      /must be a GitRevision, such as GitRevision.branch\('main'\), got 'main'$/,
    ],
    [
      'gives a chart as a text',
      () => new HelmApp(team, id(), { chart: js('podinfo') }),
      /^'chart' of release 'x\d+' must be a chart, such as .* not its name, got 'podinfo'$/,
    ],
    [
      'gives a repository of charts for a chart',
      () => new HelmApp(team, id(), { chart: js(charts) }),
      /^'chart' of release 'x\d+' must be a chart, such as helmSource.chart\(.*, got an object \(HelmSource\)$/,
    ],
    [
      'gives a repository of charts for manifests',
      () => team.sync(id(), { source: js(charts) }),
      /^'source' of sync 'x\d+' must be a source of manifests, .*, got an object \(HelmSource\)$/,
    ],
    [
      'gives a chart for manifests',
      () => team.sync(id(), { source: js(chart) }),
      /^'source' of sync 'x\d+' must be a source of manifests, .*, got an object \(RepositoryChart\)$/,
    ],
    [
      'gives a chart for a release to wait for',
      () => new HelmApp(team, id(), { chart, dependencies: js([chart]) }),
      /^'dependencies' of release 'x\d+' must be a list, each item a HelmApp, not its name, got a list of an object/,
    ],
    [
      'gives a repository of charts for values',
      () => new HelmApp(team, id(), { chart, values: charts }),
      /^'values' of release 'x\d+' must be texts, numbers, .* maps of them, got an object \(HelmSource\); what lies/,
    ],
    [
      'gives a Secret for a value',
      () => new HelmApp(team, id(), { chart, values: { a: [{ b: SecretRef.named('x') }] } }),
      /got an object \(SecretRef\) at 'a.0.b'; what lies in a ConfigMap or Secret belongs in 'valuesFrom'$/,
    ],
    [
      'gives a function for a value in one environment',
      () => new HelmApp(team, id(), { chart }).inEnvironment('staging', { values: { a: () => 1 } }),
      /^'values' of override of release 'x\d+' must be texts, .* got a function at 'a'/,
    ],
    [
      'calls the key of values as Flux does',
      () => HelmValuesFrom.secret(SecretRef.named('auth'), js({ valuesKey: 'password' })),
      /^values has no 'valuesKey'; it has key, targetPath, optional$/,
    ],
    [
      'gives the key of values as a number',
      () => HelmValuesFrom.secret(SecretRef.named('auth'), { key: js(1) }),
      /^'key' of values must be a text, got 1$/,
    ],
    [
      'gives the key of values as a text',
      () => HelmValuesFrom.secret(SecretRef.named('auth'), js('password')),
      /^values must have props \(key, targetPath, optional\), got 'password'$/,
    ],
    [
      'gives a reference to values as Flux has it',
      () => new HelmApp(team, id(), { chart, valuesFrom: js([{ kind: 'Secret', name: 'auth' }]) }),
      /^'valuesFrom' of release 'x\d+' must be a list, each item a HelmValuesFrom, such as/,
    ],
    [
      'gives a metric without a bound',
      () => new CanaryApp(repo, id(), { ...canary, metrics: js([repo]) }),
      /^'metrics' of canary 'x\d+' must be a list, each item a MetricCheck, such as new CanaryMetric\(…\).atMost\(1\), got/,
    ],
    [
      'gives the name of who is told of a canary',
      () => new CanaryApp(repo, id(), { ...canary, alerts: js(['slack']) }),
      /^'alerts' of canary 'x\d+' must be a list, each item a CanaryAlerting, such as new CanaryAlerting\(…\), got a list of 'slack'$/,
    ],
    [
      'gives values as YAML',
      () => new HelmApp(team, id(), { chart, values: 'replicaCount: 2' }),
      /^'values' of release 'x\d+' must be an object of names and values/,
    ],
    [
      'gives shards as a text',
      () => FluxInstallation.bootstrap({ shards: js('payments') }),
      /must be a list, each item a text/,
    ],
    [
      'gives rules as a text',
      () => TenantRules.allowing(js({ apiGroup: 'a.example', resources: 'foos' })),
      /^'resources' of tenant rule/,
    ],
    ['gives no range', () => OciVersion.semver(js(undefined)), /^semver range is missing/],
    ['gives no directory', () => fleet.plan(js(undefined)), /^directory of the clone is missing/],
    [
      'asks by the name of a cluster',
      () => app.reviewAccess(js('prod')),
      /^cluster must be a construct, not its name/,
    ],
    [
      'asks in words',
      () => app.reviewAccess(prod).where(js('team-a'), AccessAction.on('get', 'pods')),
      /^subject must be an AccessSubject, such as AccessSubject.accountOf\(tenant\), got 'team-a'$/,
    ],
    [
      'asks nothing',
      () => app.reviewAccess(prod).where(AccessSubject.accountOf(team), js(undefined)),
      /^action is missing: it must be an AccessAction/,
    ],
    [
      'patches with one operation rather than a list',
      () => team.patchInEnvironment('staging', repo, js({ op: 'remove', path: '/spec' })),
      /^patch must be a list/,
    ],
    [
      'gives the token of a bot as a text',
      () => new SlackAlerting(team, id(), { credentials: js('xoxb-1'), channel: 'team-a' }),
      /^'credentials' of alerting 'x\d+' must be a SlackCredentials, such as SlackCredentials.bot\(/,
    ],
    [
      'misspells the severity of alerts, which would have been that of failures',
      () => new SlackAlerting(team, id(), js({ credentials: slack, severty: 'info' })),
      /^alerting 'x\d+' has no 'severty'; did you mean 'severity'\?$/,
    ],
    [
      'misspells a type of sources',
      () =>
        new Tenant(fleet, 't', { clusters: [prod], sources: js({ gti: ['https://a.example/b'] }) }),
      /^sources of tenant 't' has no 'gti'; did you mean 'git'\?$/,
    ],
    [
      'gives one host for a list, to a mesh',
      () => CanaryProvider.istio({ hosts: js('shop.example') }),
      /^'hosts' of Istio provider must be a list, each item a text, got 'shop.example'$/,
    ],
    [
      'misspells what runs in a container',
      () => CanaryWorkload.image(ContainerImage.of('ghcr.io/a/b:1'), js({ healthPaht: '/' })),
      /^container of a canary has no 'healthPaht'; did you mean 'healthPath'\?$/,
    ],
    [
      'gives a provider without a strategy',
      () => new CanaryApp(repo, id(), { ...canary, rollout: js(CanaryProvider.kubernetes()) }),
      /^'rollout' of canary 'x\d+' must be a CanaryRollout, such as CanaryProvider.nginx\(.*, got an object \(BlueGreenProvider\)$/,
    ],
    [
      'gives an image for a workload',
      () => new CanaryApp(repo, id(), { ...canary, workload: js('ghcr.io/a/b:1') }),
      /^'workload' of canary 'x\d+' must be a CanaryWorkload, such as CanaryWorkload.image\(/,
    ],
    [
      'gives the number of pods as a text',
      () => CanaryScaling.byCpu({ minReplicas: js('2') }),
      /^'minReplicas' of scaling must be a number, got '2'$/,
    ],
    [
      'gives the interval of digests as a text',
      () => DigestReflection.always(js('1h')),
      /^digest interval must be a Duration of cdk8s/,
    ],
    [
      'gives the name of a signing key',
      () => CommitSigning.gpg(js('signing')),
      /^secret with a signing key must be a SecretRef/,
    ],
    [
      'gives a signature of commits as a text',
      () => GitTarget.pullRequestBranch({ ...TARGET, signing: js('gpg') }),
      /^'signing' of Git target must be a CommitSigning, such as CommitSigning.gpg\(/,
    ],
    [
      'gives no Secret for a reference',
      () => SecretRef.fromSecret(js('pull')),
      /^secret must be a construct, not its name, got 'pull'$/,
    ],
    [
      'misspells the files that a write takes over',
      () => fleet.plan('/nowhere', js({ adpot: ['x'] })),
      /^options of a write has no 'adpot'; did you mean 'adopt'\?$/,
    ],
    [
      'gives the name of a target to a workflow',
      () => PullRequestWorkflow.github(js('image-updates')),
      /^target must be a GitTarget, such as GitTarget.pullRequestBranch\(/,
    ],
    [
      'asks about groups by a text, each letter of which would have been one',
      () => AccessSubject.user('jane', js('acme:team-a')),
      /^groups must be a list, each item a text, got 'acme:team-a'$/,
    ],
    [
      'lists a gateway that is none',
      () => new Tenant(fleet, id(), { clusters: [prod], network: { gateways: ['public'] } }),
      /got 'public'; it is in 'network.gateways' of tenant 'x\d+'$/,
    ],
    [
      'shares a host that is none',
      () => new Tenant(fleet, id(), { clusters: [prod], network: { sharedHosts: ['*'] } }),
      /got '\*'; it is in 'network.sharedHosts' of tenant 'x\d+'$/,
    ],
    [
      'lists a place that is none',
      () =>
        new Tenant(fleet, 't', { clusters: [prod], network: { hosts: ['https://shop.example'] } }),
      /got 'https:\/\/shop.example'; it is in 'network.hosts' of tenant 't'$/,
    ],
  ])('%s is told what to give', (_, mistake, message) => {
    expect(mistake).toThrow(message);
  });

  test('says null for what it leaves to the default gets the default', () => {
    const revision = GitRevision.branch('main');
    const props = js({ url: 'https://github.com/a/b', revision, access: null, former: null });
    expect(() => new GitSource(team, 'null', props)).not.toThrow();
  });
});

test.each([
  ['cluster', 'clusters'],
  ['Clusters', 'clusters'],
  ['nameSpaces', 'namespaces'],
  ['sceret', 'secret'],
  ['owner', undefined],
  ['x', undefined],
])('the word that is most like %j is %j', (word, nearest) => {
  expect(nearestWord(word, ['clusters', 'namespaces', 'secret', 'shard'])).toBe(nearest);
});
