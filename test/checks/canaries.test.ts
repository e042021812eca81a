import { CANARY_EXAMPLE, secondsOf, TARGET_EXAMPLE } from '../../src/checks/canaries';
import { runChecks } from '../../src/checks/run-checks';
import { exampleFleet } from './example-repository';
import { foundBy, objectOf, syncOf } from './found-by';

/** What the checks say, of one check where `check` is given. */
function found(example: string, check?: string): string[] {
  return runChecks(exampleFleet(example), { profile: 'strict' })
    .findings.filter((finding) => check === undefined || finding.check === check)
    .map(({ message }) => message);
}

function canary(from: string | RegExp, to: string): string {
  const changed = CANARY_EXAMPLE.replace(from, to);
  expect(changed).not.toBe(CANARY_EXAMPLE);
  return changed;
}

const WEIGHT = 'maxWeight: 50\n    stepWeight: 10';

describe('the analysis of a Canary', () => {
  test.each([
    ['no analysis at all', /  analysis:[^]*$/, '  suspend: false\n', 'must have spec.analysis'],
    ['no spec at all', /spec:[^]*$/, 'status: {}\n', 'must have spec.analysis'],
    ['no threshold', '    threshold: 5\n', '', 'must have threshold in spec.analysis'],
    ['no strategy', WEIGHT, 'maxWeight: 50', "and 'stepWeights' in spec.analysis, got none"],
    ['a step above the maximum', 'stepWeight: 10', 'stepWeight: 60', 'at most its maxWeight, 50'],
    ['a maximum above 100', 'maxWeight: 50', 'maxWeight: 150', 'maxWeight from 1 to 100, got 150'],
    ['weights that fall', WEIGHT, 'stepWeights: [10, 30, 20]', 'got 20 after 30'],
    ['weights that rest', WEIGHT, 'stepWeights: [10, 10]', 'got 10 after 10'],
    ['weights beyond 100', WEIGHT, 'stepWeights: [50, 101]', 'got 101 after 50'],
  ])('is found wrong with %s', (_, from, to, message) => {
    expect(found(canary(from, to), 'canary-analysis')).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['steps without a maximum', WEIGHT, 'stepWeight: 100'],
    ['rising weights', WEIGHT, 'stepWeights: [1, 2, 10, 80]'],
    ['iterations alone', WEIGHT, 'iterations: 10'],
    ['a weight that is not known', WEIGHT, 'maxWeight: ${MAX}\n    stepWeight: 90'],
    ['a strategy that is not chosen', WEIGHT, 'iterations: null\n    stepWeight: 10'],
    ['an interval of minutes and seconds', /interval: 1m/g, 'interval: 1m30s'],
  ])('may have %s', (_, from, to) => {
    expect(found(canary(from, to))).toEqual([]);
  });

  test('is found wrong with numbers in quotes, whatever they are', () => {
    const example = canary(WEIGHT, 'maxWeight: "50"\n    stepWeight: "10"');
    expect(found(example, 'field-value')).toHaveLength(2);
    expect(found(example)).toHaveLength(2);
  });

  test.each(['1h', '90', '1.5m', '1 m', 'm', '10sec'])(
    'must not have an interval of %p, which Flagger does not read',
    (interval) => {
      const example = canary('    interval: 1m\n', `    interval: '${interval}'\n`);
      expect(found(example, 'canary-duration')).toHaveLength(1);
    },
  );

  test('should leave time for the webhooks of a rollout, and only for these', () => {
    const webhook = (type: string, timeout: string) =>
      `      - name: load\n        type: ${type}\n        url: https://example.com/\n        timeout: ${timeout}\n`;
    const example = `${CANARY_EXAMPLE}    webhooks:\n`;
    const long = webhook('rollout', '40s') + webhook("''", '30s');
    expect(found(example + long)).toEqual([expect.stringContaining('may take 70s together')]);
    const apart = webhook('rollout', '40s') + webhook('pre-rollout', '10m');
    expect(found(example + apart)).toEqual([]);
  });
});

test('a patch of a Canary need not be whole', () => {
  const patch = `# file: more/patch.yaml
apiVersion: flagger.app/v1beta1
kind: Canary
metadata:
  name: podinfo
  namespace: apps
spec:
  provider: nginx
`;
  expect(found(patch)).toEqual([]);
});

describe('what a Canary refers to', () => {
  test('may be unknown where a chart may install it', () => {
    const metric = CANARY_EXAMPLE.replace(
      'name: request-success-rate',
      'name: errors\n        templateRef:\n          name: errors',
    );
    expect(found(metric)).toEqual([expect.stringContaining("refers to MetricTemplate 'errors'")]);
    const release = `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: metrics
  namespace: apps
spec:
  interval: 1h
  chart:
    spec:
      chart: metrics
      sourceRef:
        kind: HelmRepository
        name: charts
`;
    expect(found(metric + release, 'canary-reference-exists')).toEqual([]);
  });

  test('may be in a namespace of the platform, where the Canary is no tenant’s', () => {
    const metric = CANARY_EXAMPLE.replace(
      'name: request-success-rate',
      'name: errors\n        templateRef:\n          name: errors\n          namespace: flagger-system',
    );
    const template = `---
apiVersion: flagger.app/v1beta1
kind: MetricTemplate
metadata:
  name: errors
  namespace: flagger-system
spec:
  provider:
    type: prometheus
    address: https://prometheus.example.com
  query: up{namespace="{{ namespace }}"}
`;
    expect(found(metric + template)).toEqual([]);
    const tenants = metric.replace('namespace: apps', 'namespace: team-a');
    expect(found(`# with: tenant team-a\n${tenants}${template}`)).toEqual([
      expect.stringContaining("in namespace 'flagger-system', which must be of tenant 'team-a'"),
    ]);
  });

  test('must be whole', () => {
    const nameless = canary('    name: podinfo\n  service', '  service');
    expect(found(nameless)).toEqual([expect.stringContaining('must have name in spec.targetRef')]);
    const none = canary(/  targetRef:[^]*?  service/, '  service');
    expect(found(none)).toEqual([expect.stringContaining('must have spec.targetRef')]);
  });
});

describe('the provider of a Canary', () => {
  test('may be left to Flagger, or to a variable', () => {
    expect(found(canary('  provider: istio\n', ''))).toEqual([]);
    expect(found(canary('provider: istio', 'provider: ${PROVIDER}'))).toEqual([]);
  });

  test.each([
    ['gatewayapi', "must have a provider among 'apisix'"],
    ['gatewayapi:v1', 'must have spec.service.gatewayRefs'],
    ['nginx', 'must have spec.ingressRef'],
    ['skipper', 'must have spec.ingressRef'],
    ['apisix', 'must have spec.routeRef'],
    ['appmesh', 'must have spec.service.meshName'],
  ])('%p is found wrong where something is missing', (provider, message) => {
    const example = canary('provider: istio', `provider: ${provider}`);
    expect(found(example)).toEqual([expect.stringContaining(message)]);
  });

  test('is given what it needs', () => {
    const gateway = canary('provider: istio', 'provider: gatewayapi:v1').replace(
      'port: 9898',
      'port: 9898\n    gatewayRefs:\n      - name: public\n        namespace: gateways',
    );
    expect(found(gateway)).toEqual([]);
    const mesh = canary('provider: istio', 'provider: appmesh').replace(
      'port: 9898',
      'port: 9898\n    meshName: global',
    );
    expect(found(mesh)).toEqual([]);
  });

  test('must be able to do what is asked of it', () => {
    const asked = (provider: string) =>
      `${CANARY_EXAMPLE.replace('provider: istio', `provider: ${provider}`)}    mirror: true
    match:
      - headers:
          x-canary:
            exact: insider
    sessionAffinity:
      cookieName: canary
`;
    expect(found(asked('linkerd'))).toEqual([
      expect.stringContaining('mirrors traffic'),
      expect.stringContaining('matches requests'),
      expect.stringContaining('has session affinity'),
    ]);
    expect(found(asked('istio'))).toEqual([]);
    // Nobody says what these can do.
    expect(found(asked('osm'))).toEqual([]);
  });

  test('knative needs no Service, as it has its own', () => {
    const knative = canary('provider: istio', 'provider: knative')
      .replace('apps/v1', 'serving.knative.dev/v1')
      .replace('kind: Deployment', 'kind: Service')
      .replace('  service:\n    port: 9898\n', '');
    const service = TARGET_EXAMPLE.replace('apps/v1', 'serving.knative.dev/v1')
      .replace('kind: Deployment', 'kind: Service')
      .replace(/ {2}selector:\n.*\n.*\n/, '');
    expect(found(knative + service)).toEqual([]);
  });

  test.each(['0', '65536', '80.5', "'http'", 'true'])('is no use with port %s', (port) => {
    expect(found(canary('port: 9898', `port: ${port}`), 'canary-service-port')).toHaveLength(1);
  });
});

describe('the target of a Canary', () => {
  const SCALED = TARGET_EXAMPLE.replace('spec:\n', 'spec:\n  replicas: 2\n');

  test('may say how many pods it has where an autoscaler is named, or none', () => {
    const scaler = `  autoscalerRef:
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    name: podinfo
  service:`;
    expect(found(canary('  service:', scaler) + SCALED)).toEqual([]);
    expect(found(CANARY_EXAMPLE + SCALED.replace('replicas: 2', 'replicas: 0'))).toEqual([]);
  });

  test('may say so where the Kustomization ignores it', () => {
    const sync = (ignore: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
${ignore}# file: apps/app.yaml
${CANARY_EXAMPLE}${SCALED}`;
    const check = 'canary-target-replicas';
    const ignored = (kind: string, path: string) =>
      `  ignore:\n    - target:\n        kind: ${kind}\n      paths: [${path}]\n`;
    expect(found(sync(''), check)).toHaveLength(1);
    expect(found(sync(ignored('Deployment', '/spec/replicas')), check)).toEqual([]);
    expect(found(sync('  ignore:\n    - paths: [/spec/replicas]\n'), check)).toEqual([]);
    expect(found(sync(ignored('StatefulSet', '/spec/replicas')), check)).toHaveLength(1);
    expect(found(sync(ignored('Deployment', '/spec/template')), check)).toHaveLength(1);
  });

  test('of another namespace or name is none', () => {
    expect(found(CANARY_EXAMPLE + SCALED.replace('namespace: apps', 'namespace: web'))).toEqual([]);
    expect(found(CANARY_EXAMPLE + SCALED.replace('name: podinfo', 'name: other'))).toEqual([]);
  });

  test('may have labels of the platform’s choice where Flagger may be told so', () => {
    const target = TARGET_EXAMPLE.replace(/app: podinfo/g, 'component: podinfo');
    const flagger = (values: string) => `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: flagger
  namespace: flagger-system
spec:
  interval: 1h
  chart:
    spec:
      chart: flagger
      sourceRef:
        kind: HelmRepository
        name: flagger
${values}`;
    const check = 'canary-selector-label';
    const labels = '  values:\n    selectorLabels: component\n';
    expect(found(CANARY_EXAMPLE + target + flagger(''), check)).toHaveLength(1);
    expect(found(CANARY_EXAMPLE + target + flagger(labels), check)).toEqual([]);
  });

  test('keeps Services of other names, and those that Flux only begins', () => {
    const service = (name: string, annotation = 'a: b') => `---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: apps
  annotations:
    ${annotation}
spec:
  ports:
    - port: 80
`;
    const check = 'canary-owned-objects';
    for (const name of ['podinfo', 'podinfo-primary', 'podinfo-canary']) {
      expect(found(CANARY_EXAMPLE + service(name), check)).toHaveLength(1);
    }
    expect(found(CANARY_EXAMPLE + service('podinfo-headless'), check)).toEqual([]);
    const once = 'kustomize.toolkit.fluxcd.io/ssa: IfNotPresent';
    expect(found(CANARY_EXAMPLE + service('podinfo', once), check)).toEqual([]);
    const renamed = canary('port: 9898', 'port: 9898\n    name: web');
    expect(found(renamed + service('podinfo'), check)).toEqual([]);
    expect(found(renamed + service('web'), check)).toHaveLength(1);
  });
});

test('no two Canaries have Flagger make one Service', () => {
  const other = (name: string) =>
    `${CANARY_EXAMPLE}---\n${CANARY_EXAMPLE.replaceAll('name: podinfo', `name: ${name}`)}`;
  const check = 'canary-owned-objects';
  expect(found(other('podinfo-canary'), check)).toHaveLength(2);
  expect(found(other('podinfo-primary'), check)).toHaveLength(2);
  expect(found(other('podinfo-b'), check)).toEqual([]);
  const elsewhere = other('podinfo-canary').replace(
    /namespace: apps(?![^]*namespace: apps)/,
    'namespace: b',
  );
  expect(found(elsewhere, check)).toEqual([]);
});

test('webhooks of tenants may be anywhere but at Services of others', () => {
  const at = (url: string) =>
    found(
      `# with: tenant team-a\n# with: tenant team-b\n${CANARY_EXAMPLE.replace('namespace: apps', 'namespace: team-a')}    webhooks:
      - name: gate
        url: ${url}
        timeout: 5s
`,
      'canary-webhook-host',
    );
  expect(at('http://loadtester.team-b/')).toHaveLength(1);
  expect(at('http://LOADTESTER.team-b.svc.cluster.local:80/x')).toHaveLength(1);
  expect(at('http://me:secret@loadtester.kube-system.svc/')).toHaveLength(1);
  for (const url of [
    'http://loadtester.team-a/',
    'http://loadtester.team-a.svc.cluster.local/',
    'http://loadtester/',
    'https://example.com/loadtester.team-b.svc/',
    'https://hooks.svc.example.com/',
    'https://${HOST}/',
    '"not a url"',
  ]) {
    expect(at(url)).toEqual([]);
  }
});

test('a quota for some pods only is none for a Canary', () => {
  const scoped = `---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: priority
  namespace: apps
spec:
  hard:
    pods: "0"
  scopeSelector:
    matchExpressions:
      - operator: In
        scopeName: PriorityClass
        values: [system-node-critical]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: podinfo
  namespace: apps
spec:
  maxReplicas: 4
`;
  const scaled = canary(
    '  service:',
    '  autoscalerRef:\n    apiVersion: autoscaling/v2\n    kind: HorizontalPodAutoscaler\n    name: podinfo\n  service:',
  );
  expect(found(scaled + scoped, 'canary-quota')).toEqual([]);
  const all = scoped.replace(/ {2}scopeSelector:[^]*?---/, '---');
  expect(found(scaled + all, 'canary-quota')).toHaveLength(1);
});

describe('requests for a Canary', () => {
  const denying = (peers: string, podSelector = '{}') => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: apps
spec: {podSelector: {}, policyTypes: [Ingress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow
  namespace: apps
spec: {podSelector: ${podSelector}, ingress: [{from: [${peers}]}]}
`;
  const NGINX = '{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}';
  const OWN = '{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: apps}}}';
  const through = (provider: string, policies: string, service = '') =>
    found(
      canary(/provider: istio/, `provider: ${provider}`).replace('    port: 9898', `$&${service}`) +
        TARGET_EXAMPLE +
        policies,
      'canary-traffic',
    );
  const gatewayIn = (namespace: string) =>
    `\n    hosts: [a.example.com]\n    gatewayRefs: [{name: public, namespace: ${namespace}}]`;

  test.each([
    ['nginx', denying(OWN)],
    ['contour', denying('{podSelector: {}}')],
    ['traefik', denying(OWN)],
    ['nginx', denying(NGINX, '{matchLabels: {app: load-tester}}')],
    ['gatewayapi:v1', denying(OWN), gatewayIn('gateways')],
  ])('of provider %s are kept away where none but its tenant is let in (%#)', (...given) => {
    expect(through(...(given as [string, string]))).toEqual([
      expect.stringContaining("no NetworkPolicy in namespace 'apps' lets anybody else connect"),
    ]);
  });

  test.each([
    ['its own controller is let in', 'nginx', denying(NGINX)],
    ['its own pods are chosen', 'nginx', denying(NGINX, '{matchLabels: {app: podinfo}}')],
    ['those of its copy are', 'nginx', denying(NGINX, '{matchLabels: {app: podinfo-primary}}')],
    ['some pods of any namespace are let in', 'nginx', denying('{namespaceSelector: {}}')],
    ['addresses are let in', 'nginx', denying('{ipBlock: {cidr: 10.0.0.0/8}}')],
    ['nothing is denied', 'nginx', ''],
    ['they come from its namespace', 'gatewayapi:v1', denying(OWN), gatewayIn('apps')],
    ['it is not known from where', 'gatewayapi:v1', denying(OWN), gatewayIn('${NAMESPACE}')],
    ['they come from the mesh', 'linkerd', denying(OWN)],
    [
      'other policies decide',
      'nginx',
      `${denying(OWN)}---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: a, namespace: apps}
`,
    ],
  ])('may come where %s', (_, ...given) => {
    expect(through(...(given as [string, string]))).toEqual([]);
  });
});

test('an address of an alert that is no credential may be in Git', () => {
  const provider = (spec: string) =>
    `apiVersion: flagger.app/v1beta1\nkind: AlertProvider\nmetadata:\n  name: a\n  namespace: apps\nspec:\n${spec}`;
  expect(
    found(provider('  type: slack\n  address: https://slack.com/api/chat.postMessage\n')),
  ).toEqual([]);
  expect(found(provider('  type: discord\n  address: ${HOOK}\n'))).toEqual([]);
  expect(
    found(
      provider('  type: slack\n  address: https://a.example.com/\n  secretRef:\n    name: a\n'),
    ),
  ).toEqual([expect.stringContaining('got both')]);
});

test('durations are read as Go does', () => {
  const read = ['90s', '1m30s', '1.5m', '500ms', '2h', '', '1d', '-5s', ' 5s'].map(secondsOf);
  const none = undefined;
  expect(read).toEqual([90, 90, 90, 0.5, 7200, none, none, none, none]);
});

describe('a query of a MetricTemplate', () => {
  const template = (provider: string, query: string) =>
    objectOf('flagger.app/v1beta1', 'MetricTemplate', 'errors', {
      spec: `provider: ${provider}\nquery: ${JSON.stringify(query)}`,
    });
  const told = (provider: string, query: string) =>
    foundBy(['metric-query', 'metric-query-namespace'], template(provider, query));
  const shared = '{type: prometheus, address: "http://prometheus.monitoring.svc:9090"}';

  test('that Flagger could not fill in is found whoever is asked, and once', () => {
    for (const provider of [shared, '{type: datadog}']) {
      expect(told(provider, 'x{a="{{ namspace }}"}')).toEqual([
        expect.stringContaining("can fill in, got '{{ namspace }}', which is nothing"),
      ]);
    }
  });

  test('to the Prometheus of all asks of one namespace', () => {
    expect(told(shared, 'up{pod=~"{{ target }}-.*"}')).toEqual([
      'MetricTemplate apps/errors should ask of one namespace, such as namespace="{{ namespace }}", got none',
    ]);
    expect(told(shared, 'up{namespace="{{ namespace }}"}')).toEqual([]);
    expect(told(shared, 'up{namespace="apps"}')).toEqual([]);
  });

  test.each([
    '{type: prometheus, address: "http://prometheus.apps.svc:9090"}',
    '{type: prometheus, address: "http://prometheus.apps:9090"}',
    '{type: prometheus, address: "${PROMETHEUS}"}',
    '{type: datadog, secretRef: {name: keys}}',
    '{type: graphite}',
  ])('to %s may ask of what it likes', (provider) => {
    expect(told(provider, 'up')).toEqual([]);
  });

  test('with a variable of Flux, or that is no text, is not judged', () => {
    expect(told(shared, 'up{a="${A}",b="{{ c }}"}')).toEqual([]);
    // Nor by the first of those who apply it, for the others.
    const syncs = [
      syncOf('metrics'),
      syncOf('again', { spec: 'path: ./metrics\npostBuild: {substitute: {B: b}}' }),
    ];
    for (const order of [syncs, [...syncs].reverse()]) {
      const file = `# file: metrics/a.yaml\n${template(shared, 'up{a="${A}",b="{{ c }}"}')}`;
      expect(foundBy('metric-query', `${order.join('')}${file}`)).toEqual([]);
    }
    expect(foundBy('metric-query', template(shared, '').replace(/query: .*/, 'query: {}'))).toEqual(
      [],
    );
  });
});
