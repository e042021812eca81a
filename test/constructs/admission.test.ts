import {
  Admission,
  AdmissionMode,
  Cluster,
  Fleet,
  FleetRepo,
  image,
  PlatformComponent,
  Tenant,
} from '../../src';
import { policyFixtures } from '../../src/policies/fixtures/policy-fixtures';
import { tenancyPolicies } from '../../src/policies/tenancy-policies';
import { find, objectsIn, synthesized, temporaryDirectory } from '../synthesized';

function fleetWith(admission?: Admission) {
  const app = new Fleet({ outdir: temporaryDirectory() });
  const fleet = new FleetRepo(app, 'fleet-infra', {
    registry: 'ghcr.io/acme/manifests',
    admission,
  });
  const prod = new Cluster(fleet, 'prod', { environment: 'production' });
  return { app, fleet, prod };
}

function addKyverno(fleet: FleetRepo): PlatformComponent {
  const kyverno = new PlatformComponent(fleet, 'kyverno');
  new image.ImageRepository(kyverno, 'x', {
    metadata: { name: 'x', namespace: 'flux-system' },
    spec: { image: 'ghcr.io/acme/x', interval: '1h' },
  });
  return kyverno;
}

const DIRECTORY = 'fleet-infra/infrastructure/admission';
const NAMES = tenancyPolicies()
  .map(({ name }) => name)
  .sort();

describe('admission policies', () => {
  test('are enforced by the API server, and there before any tenant', () => {
    const { app, fleet, prod } = fleetWith();
    new Tenant(fleet, 'team-a', { clusters: [prod] });
    const files = synthesized(app);
    const policies = objectsIn(files.get(`${DIRECTORY}/validatingadmissionpolicy.yaml`));
    expect(policies.map(({ metadata }) => metadata.name)).toEqual(NAMES);
    expect(policies.map(({ spec }) => spec.failurePolicy)).toEqual(NAMES.map(() => 'Fail'));
    const bindings = objectsIn(files.get(`${DIRECTORY}/validatingadmissionpolicybinding.yaml`));
    expect(bindings.map(({ spec }) => spec)).toEqual(
      NAMES.map((policyName) => ({ policyName, validationActions: ['Deny'] })),
    );
    const [team] = objectsIn(files.get('fleet-infra/clusters/prod/tenants.yaml'));
    expect(team.spec.dependsOn).toEqual([{ name: 'admission' }, { name: 'tenancy' }]);
  });

  test('are the very same for a hundred tenants, whatever their names and sources, as for none', () => {
    const policiesOf = (tenants: number) => {
      const { app, fleet, prod } = fleetWith();
      for (let i = 0; i < tenants; i++) {
        const sources = { git: [`https://git.acme.example/team-${i}`] };
        new Tenant(fleet, `team-${i}`, { clusters: [prod], sources });
      }
      const files = synthesized(app);
      return ['', 'binding'].map((kind) =>
        files.get(`${DIRECTORY}/validatingadmissionpolicy${kind}.yaml`),
      );
    };
    const without = policiesOf(0);
    expect(objectsIn(without[0])).toHaveLength(NAMES.length);
    expect(policiesOf(100)).toEqual(without);
  });

  test('only warn and log in an audit, of which the plan tells', () => {
    const { app, fleet } = fleetWith(Admission.native({ mode: AdmissionMode.AUDIT }));
    const { warnings } = fleet.plan(temporaryDirectory());
    expect(warnings).toEqual([
      '[fleet-infra/admission] admission policies let through what breaks them; enforce them once the audit is clean',
    ]);
    const bindings = objectsIn(
      synthesized(app, warnings).get(`${DIRECTORY}/validatingadmissionpolicybinding.yaml`),
    );
    for (const { spec } of bindings) {
      expect(spec.validationActions).toEqual(['Audit', 'Warn']);
    }
  });

  test('are enforced by Kyverno, once it is there', () => {
    const { app, fleet } = fleetWith(Admission.kyverno({ component: 'kyverno' }));
    addKyverno(fleet);
    const files = synthesized(app);
    const policies = objectsIn(files.get(`${DIRECTORY}/validatingpolicy.yaml`));
    expect(policies.map(({ metadata }) => metadata.name)).toEqual(NAMES);
    for (const { apiVersion, spec } of policies) {
      expect(apiVersion).toBe('policies.kyverno.io/v1');
      expect(spec.validationActions).toEqual(['Deny']);
      expect(spec.failurePolicy).toBe('Fail');
      expect(spec.matchConditions).toBeUndefined();
    }
    expect(find(files, 'Kustomization', 'admission').spec.dependsOn).toEqual([{ name: 'kyverno' }]);
  });

  test('by Kyverno scan what is there, where they do not ask who made it', () => {
    const { app, fleet } = fleetWith(Admission.kyverno({ component: 'kyverno' }));
    addKyverno(fleet);
    const policies = objectsIn(synthesized(app).get(`${DIRECTORY}/validatingpolicy.yaml`));
    const unscanned = policies.filter(({ spec }) => !spec.evaluation.background.enabled);
    expect(unscanned.map(({ metadata }) => metadata.name)).toEqual(['flux-tenants-namespaces']);
  });

  test('by Kyverno need the component that installs it', () => {
    const { app } = fleetWith(Admission.kyverno({ component: 'kyverno' }));
    expect(() => app.synth()).toThrow(
      "[fleet-infra] admission by Kyverno needs a PlatformComponent 'kyverno', which installs it",
    );
    expect(() => Admission.kyverno({ component: 'Ky verno' })).toThrow(
      /platform component must be/,
    );
  });

  test.each(['admission', 'tenancy'])(
    'by Kyverno do not wait for %s to install it',
    (component) => {
      expect(() => Admission.kyverno({ component })).toThrow(
        `component that installs Kyverno must not be '${component}', which every fleet has by itself`,
      );
    },
  );

  test.each([
    ['validatingadmissionpolicy', Admission.native({ breakGlassGroups: ['acme:admins'] })],
    [
      'validatingpolicy',
      Admission.kyverno({ component: 'kyverno', breakGlassGroups: ['acme:admins'] }),
    ],
  ])('name groups that break the glass in one %s alone, and nobody unasked', (kind, admission) => {
    const { app, fleet } = fleetWith(admission);
    addKyverno(fleet);
    const naming = objectsIn(synthesized(app).get(`${DIRECTORY}/${kind}.yaml`)).filter((policy) =>
      JSON.stringify(policy).includes("'acme:admins'"),
    );
    expect(naming.map(({ metadata }) => metadata.name)).toEqual(['flux-tenants-namespaces']);
    expect(Admission.native()._breakGlassGroups).toEqual([]);
  });

  test('select tenants by a label, and namespaces whatever they say of themselves', () => {
    const { app } = fleetWith();
    const policies = objectsIn(synthesized(app).get(`${DIRECTORY}/validatingadmissionpolicy.yaml`));
    const everywhere = policies.filter(({ spec }) => !spec.matchConstraints.namespaceSelector);
    expect(everywhere.map(({ metadata }) => metadata.name)).toEqual(['flux-tenants-namespaces']);
  });
});

describe('tests of admission policies', () => {
  test('are written beside them on request, and applied by nobody', () => {
    const { app, fleet } = fleetWith(Admission.kyverno({ component: 'kyverno', tests: true }));
    addKyverno(fleet);
    const files = synthesized(app);
    const [list] = objectsIn(files.get(`${DIRECTORY}/kustomization.yaml`));
    expect(list.resources).toEqual(['validatingpolicy.yaml']);
    expect(files.has(`${DIRECTORY}/tests/kustomization.yaml`)).toBe(false);
    const fixtures = policyFixtures();
    expect(objectsIn(files.get(`${DIRECTORY}/tests/resources.yaml`))).toHaveLength(fixtures.length);
    const tests = objectsIn(files.get(`${DIRECTORY}/tests/kyverno-test.yaml`));
    const test = tests.find(({ metadata }) => metadata.name === 'tenancy');
    expect(test.policies.map((file: string) => file.replace('..', DIRECTORY))).toEqual(
      [...files.keys()].filter((file) => file.startsWith(`${DIRECTORY}/validating`)),
    );
    const expected = test.results.flatMap(({ resources, result }: any) =>
      resources.map((name: string) => `${name} ${result}`),
    );
    expect(expected.sort()).toEqual(
      fixtures.map(({ name, passes }) => `team-a/${name} ${passes ? 'pass' : 'fail'}`).sort(),
    );
  });

  test('are of new namespaces, too: a tenant makes itself none, and the platform does', () => {
    const { app, fleet } = fleetWith(Admission.kyverno({ component: 'kyverno', tests: true }));
    addKyverno(fleet);
    const files = synthesized(app);
    const tests = objectsIn(files.get(`${DIRECTORY}/tests/kyverno-test.yaml`)).filter(
      ({ userinfo }) => userinfo !== undefined,
    );
    const users = tests.map(({ userinfo, resources, results }) => {
      const [user] = objectsIn(files.get(`${DIRECTORY}/tests/${userinfo}`));
      const [namespace] = objectsIn(files.get(`${DIRECTORY}/tests/${resources}`));
      expect(namespace.kind).toBe('Namespace');
      return [user.userInfo.username, namespace.metadata.name, results[0].result];
    });
    expect(users.sort()).toEqual([
      ['system:serviceaccount:flux-system:kustomize-controller', 'team-a', 'pass'],
      ['system:serviceaccount:team-a:team-a', 'team-a', 'fail'],
    ]);
  });

  test('are not written otherwise', () => {
    const { app, fleet } = fleetWith(Admission.kyverno({ component: 'kyverno' }));
    addKyverno(fleet);
    expect([...synthesized(app).keys()].filter((file) => file.includes('/tests/'))).toEqual([]);
  });
});
