import { Duration } from 'cdk8s';
import {
  AppRepo,
  CanaryApp,
  CanaryHook,
  CanaryHookKind,
  CanaryProvider,
  CanaryRollout,
  CanaryWorkload,
  ContainerImage,
  LoadTester,
  LoadTestOptions,
  RequestMatch,
  Tenant,
} from '../../src';
import { allObjects, find, smallFleet, synthesized } from '../synthesized';

const checks = { interval: Duration.seconds(30), threshold: 2 };
const nginx = CanaryProvider.nginx({ host: 'shop.acme.example' });

function fleetOfTwo() {
  const { app, tenant } = smallFleet();
  const network = { ingressFromNamespaces: ['ingress-nginx'] };
  const team = tenant('team-a', { namespaces: ['team-a', 'team-a-jobs'], network });
  return { app, team, other: tenant('team-b', { network }) };
}

/** What Flagger calls for an app of the tenant. */
function webhooksOf(
  hooksOf: (tester: LoadTester) => CanaryHook[],
  rollout: CanaryRollout = nginx.blueGreen({ ...checks, iterations: 3 }),
): any[] {
  const { app, team } = fleetOfTwo();
  const tester = new LoadTester(team, 'tester');
  addApp(team, hooksOf(tester), rollout);
  return find(synthesized(app), 'Canary').spec.analysis.webhooks;

  function addApp(tenant: Tenant, hooks: CanaryHook[], how: CanaryRollout) {
    const workload = CanaryWorkload.image(ContainerImage.of('ghcr.io/acme/shop:1'));
    const repo = new AppRepo(app, 'repo', { tenant });
    new CanaryApp(repo, 'shop', { workload, port: 8080, rollout: how, hooks });
  }
}

describe('a load tester', () => {
  const { app, team } = fleetOfTwo();
  new LoadTester(team, 'tester');
  const files = synthesized(app);
  const policies = allObjects(files).filter(({ kind }) => kind === 'NetworkPolicy');
  const inHome = (name: string) =>
    policies.find(({ metadata }) => metadata.namespace === 'team-a' && metadata.name === name).spec;

  test('passes the Pod Security Standard restricted, without a token of the API server', () => {
    const { spec } = find(files, 'Deployment', 'tester').spec.template;
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec).not.toHaveProperty('serviceAccountName');
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  });

  test('takes commands for canaries of its namespace alone', () => {
    const [{ args }] = find(files, 'Deployment', 'tester').spec.template.spec.containers;
    expect(args).toContain('-namespace-regexp=^team-a$');
  });

  test('is reached from the namespace of Flagger alone', () => {
    expect(inHome('tester')).toMatchObject({
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchLabels: { 'kubernetes.io/metadata.name': 'flagger-system' },
              },
            },
          ],
          ports: [{ port: 8080, protocol: 'TCP' }],
        },
      ],
      podSelector: { matchLabels: { 'cdk8s-flux-tenants/load-tester': 'tester' } },
    });
    const labels = find(files, 'Deployment', 'tester').spec.template.metadata.labels;
    const selecting = policies
      .filter(({ metadata, spec }) => metadata.namespace === 'team-a' && spec.ingress)
      .filter(({ spec: { podSelector } }) => selects(podSelector, labels));
    expect(selecting.map(({ metadata }) => metadata.name)).toEqual(['tester']);
  });

  test('leaves others as they were: pods of the namespace, other namespaces, other tenants', () => {
    for (const name of ['allow-own-namespaces', 'allow-ingress']) {
      expect(selects(inHome(name).podSelector, { app: 'shop' })).toBe(true);
    }
    expect(inHome('default-deny').podSelector).toEqual({});
    const elsewhere = policies.filter(({ metadata }) => metadata.namespace !== 'team-a');
    expect(elsewhere).toHaveLength(8);
    expect(elsewhere.every(({ spec }) => Object.keys(spec.podSelector).length === 0)).toBe(true);
  });

  test('can be where the canaries are, with another image and from another namespace', () => {
    const two = fleetOfTwo();
    new LoadTester(two.team, 'tester', {
      image: ContainerImage.of('ghcr.io/acme/tester:2'),
      flaggerNamespace: 'flagger',
      targetNamespace: 'team-a-jobs',
      container: { memory: '1Gi', args: ['-log-level=debug'] },
    });
    const written = synthesized(two.app);
    const { metadata, spec } = find(written, 'Deployment', 'tester');
    expect(metadata.namespace).toBe('team-a-jobs');
    const [container] = spec.template.spec.containers;
    expect(container.image).toBe('ghcr.io/acme/tester:2');
    expect(container.resources.limits).toEqual({ memory: '1Gi' });
    expect(container.args).toEqual([
      '-port=8080',
      '-log-level=info',
      '-timeout=1h',
      '-namespace-regexp=^team-a-jobs$',
      '-log-level=debug',
    ]);
    expect(find(written, 'NetworkPolicy', 'tester').spec.ingress[0].from).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'flagger' } } },
    ]);
  });

  test('is for no other namespaces by arguments of its container', () => {
    const { team: own } = fleetOfTwo();
    for (const arg of ['-namespace-regexp=.*', '--namespace-regexp', '-port=80']) {
      expect(() => new LoadTester(own, `t${arg.length}`, { container: { args: [arg] } })).toThrow(
        `must leave its port and namespaces as they are, got '${arg}'`,
      );
    }
  });

  test('is in no namespace of another', () => {
    const two = fleetOfTwo();
    expect(() => new LoadTester(two.team, 'tester', { targetNamespace: 'team-b' })).toThrow(
      /target namespace must be one of tenant 'team-a' \(team-a, team-a-jobs\), got 'team-b'/,
    );
  });

  test('is none of a repository that the tenant applies, whose account writes no NetworkPolicies', () => {
    const two = fleetOfTwo();
    new LoadTester(new AppRepo(two.app, 'repo', { tenant: two.team }), 'tester');
    expect(() => two.app.synth()).toThrow(/NetworkPolicy 'tester' would be refused/);
  });

  test('is for canaries of its namespace', () => {
    const two = fleetOfTwo();
    const tester = new LoadTester(two.other, 'tester');
    const repo = new AppRepo(two.app, 'repo', { tenant: two.team });
    const workload = CanaryWorkload.image(ContainerImage.of('ghcr.io/acme/shop:1'));
    const rollout = nginx.blueGreen({ ...checks, iterations: 3 });
    expect(
      () => new CanaryApp(repo, 'shop', { workload, port: 8080, rollout, hooks: [tester.load()] }),
    ).toThrow(
      "service 'tester' of a hook must be in namespace 'team-a', as the canary, got 'team-b'",
    );
  });
});

/** Whether a selector of a NetworkPolicy selects pods with these labels. */
function selects({ matchLabels = {}, matchExpressions = [] }: any, labels: any): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator }: any) => {
      expect(operator).toBe('DoesNotExist');
      return !(key in labels);
    })
  );
}

describe('a hook of a load tester', () => {
  const commandOf = (options?: LoadTestOptions, rollout?: CanaryRollout) =>
    webhooksOf((tester) => [tester.load(options)], rollout)[0].metadata.cmd;

  test('sends requests to the new version for as long as a look takes', () => {
    expect(webhooksOf((tester) => [tester.load({ path: '/a', requestsPerSecond: 5 })])).toEqual([
      {
        name: 'tester rollout',
        type: 'rollout',
        url: 'http://tester.team-a.svc/',
        timeout: '5s',
        metadata: {
          type: 'cmd',
          cmd: 'hey -z 30s -q 2.5 -c 2 http://shop-canary.team-a.svc:8080/a',
        },
      },
    ]);
  });

  test('sends them through what measures them, for the host and with the header of the rollout', () => {
    const through = 'http://ingress-nginx-controller.ingress-nginx';
    expect(commandOf({ through })).toBe(`hey -z 30s -q 5 -c 2 -host shop.acme.example ${through}/`);
    const match = RequestMatch.header('X-Canary', 'insider');
    const abTest = CanaryProvider.contour().abTest({ ...checks, iterations: 3, match });
    expect(commandOf({ through, host: 'a.example' }, abTest)).toBe(
      `hey -z 30s -q 5 -c 2 -host a.example -H 'x-canary: insider' ${through}/`,
    );
    expect(() => commandOf({ through }, abTest)).toThrow(/load test of 'shop' must have a host/);
  });

  test.each<[LoadTestOptions, RegExp]>([
    [{ requestsPerSecond: 0 }, /requestsPerSecond must be/],
    [{ path: '/; curl evil.example' }, /path of a load test must/],
    [{ path: '/$(id)' }, /path of a load test must/],
    [{ path: 'x' }, /path of a load test must start with '\/'/],
    [{ through: 'http://x; id' }, /load test must go through/],
    [{ through: 'http://x/y' }, /load test must go through/],
    [{ through: 'ftp://x' }, /load test must go through/],
    [{ host: "x' -o '" }, /host of a load test must/],
    [{ host: '*.acme.example' }, /host of a load test must/],
  ])('is none with %j, which could be read as part of a command', (options, message) => {
    expect(() => commandOf(options)).toThrow(message);
  });

  test('runs a test before there is traffic, and asks people', () => {
    const [acceptance, gate, rollback] = webhooksOf((tester) => [
      tester.acceptance('curl -sf http://shop-canary.team-a.svc:8080/'),
      tester.gate(CanaryHookKind.CONFIRM_PROMOTION, Duration.hours(2)),
      tester.gate(CanaryHookKind.ROLLBACK),
    ]);
    expect(acceptance).toMatchObject({
      type: 'pre-rollout',
      timeout: '30s',
      metadata: { type: 'bash', cmd: 'curl -sf http://shop-canary.team-a.svc:8080/' },
    });
    expect(gate).toMatchObject({
      type: 'confirm-promotion',
      url: 'http://tester.team-a.svc/gate/check',
    });
    expect(rollback.url).toBe('http://tester.team-a.svc/rollback/check');
  });

  test('is no gate of a kind that waits for nobody, and no empty test', () => {
    const { team } = fleetOfTwo();
    const tester = new LoadTester(team, 'tester');
    expect(() => tester.gate(CanaryHookKind.POST_ROLLOUT)).toThrow(
      "gate must be one of confirm-rollout, confirm-traffic-increase, confirm-promotion, rollback, got 'post-rollout'",
    );
    expect(() => tester.gate(CanaryHookKind.ROLLBACK, Duration.hours(1))).toThrow(
      /hook 'rollback' must have no patience/,
    );
    expect(() => tester.acceptance(' ')).toThrow(/command of an acceptance test must be a text/);
  });
});
