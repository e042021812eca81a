import { acme } from '../../examples/acme/main';
import {
  AccessAction,
  AccessReview,
  AccessSubject,
  Cluster,
  Fleet,
  Tenant,
  TenantRules,
} from '../../src';
import { smallFleet, temporaryDirectory } from '../synthesized';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const POWER = ['bind', 'escalate', 'impersonate', 'approve', 'sign', 'use', 'proxy'];
const ALL = [...READ, ...WRITE, ...POWER];

/** What no tenant may do to anything of these, anywhere. */
const NEVER: [string, string[], string[]][] = [
  [
    'rights',
    ALL,
    ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'].map(
      (one) => `${one}.rbac.authorization.k8s.io`,
    ),
  ],
  ['its bounds', ALL, ['resourcequotas', 'limitranges', 'networkpolicies.networking.k8s.io']],
  ['namespaces', [...WRITE, ...POWER, 'list', 'watch'], ['namespaces', 'namespaces/finalize']],
  ['identities', ALL, ['serviceaccounts/token', 'tokenreviews.authentication.k8s.io']],
  [
    'identities of people',
    ['impersonate'],
    [
      'users',
      'groups',
      'serviceaccounts',
      'uids.authentication.k8s.io',
      'userextras.authentication.k8s.io/scopes',
    ],
  ],
  [
    'pods from within',
    ALL,
    ['exec', 'attach', 'portforward', 'ephemeralcontainers', 'proxy', 'eviction', 'binding'].map(
      (one) => `pods/${one}`,
    ),
  ],
  ['services through the API server', ALL, ['services/proxy']],
  ['pods themselves', [...WRITE, ...POWER], ['pods', 'pods/log', 'replicasets.apps', 'events']],
  [
    'policy',
    ALL,
    [
      'policyexceptions.kyverno.io',
      'policyexceptions.policies.kyverno.io',
      'policies.kyverno.io',
      'clusterpolicies.kyverno.io',
      'validatingpolicies.policies.kyverno.io',
      'namespacedvalidatingpolicies.policies.kyverno.io',
      'validatingadmissionpolicies.admissionregistration.k8s.io',
      'validatingadmissionpolicybindings.admissionregistration.k8s.io',
      'mutatingwebhookconfigurations.admissionregistration.k8s.io',
    ],
  ],
  [
    'the API',
    ALL,
    ['customresourcedefinitions.apiextensions.k8s.io', 'apiservices.apiregistration.k8s.io'],
  ],
  [
    'sources that nothing verifies',
    ALL,
    [
      'externalartifacts.source.toolkit.fluxcd.io',
      'artifactgenerators.source.extensions.fluxcd.io',
    ],
  ],
  ['where traffic goes', [...WRITE, ...POWER], ['endpoints', 'endpointslices.discovery.k8s.io']],
  [
    'what all tenants share',
    ALL,
    [
      'nodes',
      'nodes/proxy',
      'persistentvolumes',
      'storageclasses.storage.k8s.io',
      'priorityclasses.scheduling.k8s.io',
      'ingressclasses.networking.k8s.io',
      'certificatesigningrequests.certificates.k8s.io',
    ],
  ],
  ['the leases of controllers', ALL, ['leases.coordination.k8s.io']],
];

/** Kinds that a tenant writes. */
const OWN = [
  ...['configmaps', 'secrets', 'services', 'persistentvolumeclaims', 'serviceaccounts'],
  ...['deployments.apps', 'statefulsets.apps', 'jobs.batch', 'cronjobs.batch'],
  'horizontalpodautoscalers.autoscaling',
  'poddisruptionbudgets.policy',
  'ingresses.networking.k8s.io',
  ...['gitrepositories', 'ocirepositories', 'helmrepositories', 'helmcharts', 'buckets'].map(
    (one) => `${one}.source.toolkit.fluxcd.io`,
  ),
  'kustomizations.kustomize.toolkit.fluxcd.io',
  'helmreleases.helm.toolkit.fluxcd.io',
  ...['alerts', 'providers', 'receivers'].map((one) => `${one}.notification.toolkit.fluxcd.io`),
  ...['imagerepositories', 'imagepolicies', 'imageupdateautomations'].map(
    (one) => `${one}.image.toolkit.fluxcd.io`,
  ),
];
const OF_FLAGGER = ['canaries', 'metrictemplates', 'alertproviders'].map(
  (one) => `${one}.flagger.app`,
);

/** What a tenant reads, because Flux waits for it. */
const SEEN = [
  ...['pods', 'pods/log', 'events', 'endpoints', 'replicasets.apps'],
  ...['endpointslices.discovery.k8s.io', 'events.events.k8s.io'],
];

interface Place {
  readonly title: string;
  readonly review: AccessReview;
  readonly tenant: Tenant;
}

/** Each tenant of a program on each of its clusters. */
function places(app: Fleet): Place[] {
  const tenants = app.node.findAll().filter((one): one is Tenant => 'tenantName' in one);
  const reviews = new Map<unknown, AccessReview>();
  return tenants.flatMap((tenant) =>
    (tenant.clusters as Cluster[]).map((cluster) => {
      const review = reviews.get(cluster) ?? app.reviewAccess(cluster);
      reviews.set(cluster, review);
      return { title: `${tenant.tenantName} on ${cluster.clusterName}`, review, tenant };
    }),
  );
}

function small(): Fleet {
  const { app, tenant } = smallFleet();
  tenant('team-x', { namespaces: ['team-x', 'team-x-jobs'] });
  tenant('team-y');
  return app;
}

const everywhere = [...places(acme(temporaryDirectory())), ...places(small())];

test('there are tenants to look at', () => {
  expect(everywhere.map(({ title }) => title)).toEqual([
    'team-a on prod',
    'team-a on staging',
    'team-b on prod',
    'team-b on staging',
    'team-c on staging',
    'team-x on prod',
    'team-x on staging',
    'team-y on prod',
    'team-y on staging',
  ]);
});

describe.each(everywhere.map((place) => [place.title, place] as const))(
  '%s',
  (_, { review, tenant }) => {
    const account = AccessSubject.accountOf(tenant);
    const where = (verb: string, resource: string, name?: string) =>
      review.where(account, AccessAction.on(verb, resource, name));
    const rights = review.rightsOf(account);

    test.each(NEVER)('has no power over %s', (_what, verbs, resources) => {
      for (const verb of verbs) {
        for (const resource of resources) {
          expect(`${where(verb, resource)}`).toMatch(/nowhere that is known$/);
          expect(where(verb, resource).isNowhere).toBe(true);
        }
      }
    });

    test('has no power over the status or the finalizers of anything', () => {
      const resources = [
        ...OWN,
        ...OF_FLAGGER,
        ...SEEN,
        'namespaces',
        'ingresses.networking.k8s.io',
      ]
        .map((one) => one.replace('/log', ''))
        .flatMap((one) => [`${one}/status`, `${one}/finalizers`]);
      for (const resource of resources) {
        for (const verb of ALL) {
          expect(where(verb, resource).isNowhere).toBe(true);
        }
      }
    });

    test('has rights in its own namespaces alone, none of the whole cluster, and all of them are known', () => {
      expect(rights.namespaces).toEqual([...tenant.namespaces].sort());
      expect(rights.isClusterWide).toBe(false);
      expect(rights.unknowns).toEqual([]);
    });

    test('has no right that is a wildcard, a URL, or deletes a whole collection', () => {
      for (const { rule } of rights.grants) {
        const words = [...rule.apiGroups, ...rule.resources, ...rule.verbs];
        expect(words.filter((word) => word.includes('*'))).toEqual([]);
        expect(rule.nonResourceUrls).toEqual([]);
        expect(
          rule.verbs.filter((verb) => ![...READ, ...WRITE.slice(0, 4)].includes(verb)),
        ).toEqual([]);
      }
    });

    test('has all of it by one binding a namespace, to one role of the platform', () => {
      const by = rights.grants.map(({ binding, role, subject }) => [binding, role, subject].join());
      expect([...new Set(by)].sort()).toEqual(
        [...tenant.namespaces]
          .sort()
          .map((one) =>
            [
              `RoleBinding '${tenant.tenantName}-reconciler' in namespace '${one}'`,
              "ClusterRole 'tenant-app-admin'",
              `ServiceAccount '${tenant.tenantName}' in namespace '${tenant.homeNamespace}'`,
            ].join(),
          ),
      );
    });

    test.each([...OWN, ...OF_FLAGGER])(
      'applies, awaits and prunes %s in each of them',
      (resource) => {
        for (const verb of [...READ, 'create', 'update', 'patch', 'delete']) {
          expect(where(verb, resource).namespaces).toEqual([...tenant.namespaces].sort());
        }
      },
    );

    test.each(SEEN)('reads %s in each of them', (resource) => {
      for (const verb of READ) {
        expect(where(verb, resource).namespaces).toEqual([...tenant.namespaces].sort());
      }
    });

    test('reads its own Namespace objects, and none by another name', () => {
      for (const namespace of tenant.namespaces) {
        expect(where('get', 'namespaces', namespace).namespaces).toEqual([namespace]);
      }
      for (const namespace of ['flux-system', 'kube-system', 'team-z']) {
        expect(where('get', 'namespaces', namespace).isNowhere).toBe(true);
      }
    });

    test.each(['default', 'flux-system'])(
      'whose namespaces have an account %p that may do nothing',
      (name) => {
        for (const namespace of tenant.namespaces) {
          expect(
            review.rightsOf(AccessSubject.serviceAccount(namespace, name).asStranger()).isNowhere,
          ).toBe(true);
        }
      },
    );
  },
);

test.each([
  AccessSubject.anonymous(),
  AccessSubject.user('jane').asStranger(),
  AccessSubject.group('system:serviceaccounts:team-x'),
])('%s has no right by being somebody', (subject) => {
  const { app, prod, tenant } = smallFleet();
  tenant('team-x');
  expect(app.reviewAccess(prod).rightsOf(subject).isNowhere).toBe(true);
});

test('rules that a fleet adds hold in namespaces of tenants, and nowhere else', () => {
  const { app, tenant, prod } = smallFleet({
    tenantRules: [
      TenantRules.daemonSets(),
      TenantRules.gatewayRoutes(),
      TenantRules.allowing({ apiGroup: 'monitoring.coreos.com', resources: ['servicemonitors'] }),
    ],
  });
  const account = AccessSubject.accountOf(tenant('team-x'));
  const review = app.reviewAccess(prod);
  for (const resource of [
    'daemonsets.apps',
    'httproutes.gateway.networking.k8s.io',
    'servicemonitors.monitoring.coreos.com',
  ]) {
    const answer = review.where(account, AccessAction.on('create', resource));
    expect([answer.namespaces, answer.isClusterWide]).toEqual([['team-x'], false]);
  }
  for (const resource of ['canaries.flagger.app', 'gateways.gateway.networking.k8s.io']) {
    expect(review.where(account, AccessAction.onCustom('create', resource)).isNowhere).toBe(true);
  }
});
