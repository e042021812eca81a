import { argumentPatch, fluxPatchedBy } from '../../src/checks/lockdown-example';
import { runChecks } from '../../src/checks/run-checks';
import { viewClusters } from '../../src/clusters/view-clusters';
import { readSourceFile } from '../../src/inventory/read-source-file';
import { SourceTree } from '../../src/inventory/source-file';
import { fleetIsolation } from '../../src/report/isolation/fleet-isolation';
import { isolationPage } from '../../src/report/page/isolation-page';
import { exampleFleet } from '../checks/example-repository';
import { ACCEPTED, finding, HOSTILE, result } from './results';

const ATTACK = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;

/** A cluster whose every name and value is an attack. */
function hostilePage(attack: string): string {
  const text = JSON.stringify(attack);
  const documents = [
    `kind: Namespace, apiVersion: v1, metadata: {name: ${text}, labels: {toolkit.fluxcd.io/tenant: ${text}, pod-security.kubernetes.io/enforce: ${text}}, annotations: {cdk8s-flux-tenants/allowed-oci: ${text}}}`,
    `kind: ResourceQuota, apiVersion: v1, metadata: {name: ${text}, namespace: ${text}}, spec: {hard: {${text}: ${text}}}`,
    `kind: LimitRange, apiVersion: v1, metadata: {name: ${text}, namespace: ${text}}, spec: {limits: [{type: ${text}}]}`,
    `kind: Role, apiVersion: rbac.authorization.k8s.io/v1, metadata: {name: ${text}, namespace: ${text}}, rules: [{apiGroups: [${text}], resources: [${text}], verbs: [${text}], resourceNames: [${text}]}]`,
    `kind: RoleBinding, apiVersion: rbac.authorization.k8s.io/v1, metadata: {name: ${text}, namespace: ${text}}, roleRef: {kind: Role, name: ${text}}, subjects: [{kind: Group, name: ${text}}, {kind: ServiceAccount, name: ${text}}, {kind: User, name: ${text}}]`,
    `kind: NetworkPolicy, apiVersion: networking.k8s.io/v1, metadata: {name: ${text}, namespace: ${text}}, spec: {podSelector: {}, ingress: [{ports: [{port: ${text}}], from: [{ipBlock: {cidr: ${text}}}, {namespaceSelector: {matchLabels: {${text}: ${text}}}}]}]}`,
    `kind: OCIRepository, apiVersion: source.toolkit.fluxcd.io/v1, metadata: {name: ${text}, namespace: ${text}}, spec: {url: ${text}, ref: {tag: ${text}}, verify: {provider: cosign, matchOIDCIdentity: [{issuer: ${text}, subject: ${text}}]}}`,
    `kind: Kustomization, apiVersion: kustomize.toolkit.fluxcd.io/v1, metadata: {name: ${text}, namespace: ${text}}, spec: {serviceAccountName: ${text}, targetNamespace: ${text}, sourceRef: {kind: ${text}, name: ${text}}}`,
    `kind: ClusterPolicy, apiVersion: kyverno.io/v1, metadata: {name: ${text}}, spec: {rules: [{validate: {}, match: {any: [{resources: {kinds: [${text}]}}]}}]}`,
  ];
  const yaml = documents.map((one) => `{${one}}\n`).join('---\n');
  const files = [
    readSourceFile('clusters/prod/all.yaml', yaml),
    readSourceFile('clusters/prod/flux-system/gotk-sync.yaml', ''),
  ];
  const fleet = viewClusters([{ name: attack, tree: new SourceTree(files) }]);
  expect(fleet.clusters[0].objects).toHaveLength(documents.length);
  const found = finding({ message: attack, path: attack, remedy: attack, repository: attack });
  const accepted = { reason: attack, owner: attack, where: attack, by: 'entry' as const };
  return isolationPage(
    fleetIsolation(fleet, result([found], [{ ...found, suppression: accepted }])),
  );
}

/** The page of a fleet of this library. */
function page(): string {
  const fleet = exampleFleet('# with: tenant team-a\n# with: tenant team-b\n');
  return isolationPage(fleetIsolation(fleet, runChecks(fleet, { profile: 'strict' })));
}

/** Every tag of a page, its text left out. */
function tagsOf(html: string): string[] {
  const [before, after] = html.split(/<script>[^]*<\/script>/);
  return [...`${before}${after}`.matchAll(/<[a-z][^>]*>/g)].map(([tag]) => tag);
}

describe('the page of a hostile repository', () => {
  test.each([ATTACK, `${HOSTILE}</title></style></script>`, `' onfocus=alert(1) '`])(
    'has no tag and no attribute that %j wrote',
    (attack) => {
      const harmless = hostilePage('x y');
      const hostile = hostilePage(attack);
      const names = (html: string) =>
        tagsOf(html).map((tag) =>
          [...tag.replace(/"[^"]*"/g, '').matchAll(/[a-z][a-z0-9-]*/gi)].join(' '),
        );
      expect(new Set(names(hostile))).toEqual(new Set(names(harmless)));
      expect(hostile.match(/<script/g)).toHaveLength(1);
      expect(hostile.match(/<style/g)).toHaveLength(1);
    },
  );

  test('links to places of the page alone', () => {
    const links = tagsOf(hostilePage(`javascript:alert(1)`)).flatMap((tag) =>
      [...tag.matchAll(/ (?:href|src|action)="([^"]*)"/g)].map(([, target]) => target),
    );
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      expect(link).toMatch(/^(?:#[a-z0-9-]+|data:,)$/);
    }
  });

  test('shows characters that turn text around, or cannot be seen, by their numbers', () => {
    const html = hostilePage(HOSTILE);
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/);
    expect(html).toContain('\\u202e');
  });
});

test('the page lets nothing run or load but its own style and script', () => {
  const [, policy] =
    /Content-Security-Policy" content="([^"]*)"/.exec(page().replace(/\n/g, ' ')) ?? [];
  expect(policy).toMatch(
    /^default-src 'none'; img-src data:; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/,
  );
});

test('the page of the same fleet is the same', () => {
  expect(page()).toBe(page());
});

test('every link of the page leads to a place that is there, once', () => {
  const html = page();
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of html.matchAll(/(?:href="#|aria-labelledby="|for=")([^"]*)"/g)) {
    target.split(' ').forEach((id) => expect(ids).toContain(id));
  }
});

test('what is suppressed is listed with its reason and who answers for it', () => {
  const fleet = exampleFleet('');
  const html = isolationPage(
    fleetIsolation(fleet, result([], [finding({ suppression: ACCEPTED })])),
  );
  const [, table] = /id="suppressed"[^]*?<tbody>([^]*?)<\/tbody>/.exec(html) ?? [];
  for (const text of ['platform team', 'until the migration', 'flux-api-version']) {
    expect(table).toContain(text);
  }
});

test('a fleet without tenants has a page that says so', () => {
  const fleet = exampleFleet('');
  const html = isolationPage(fleetIsolation(fleet, runChecks(fleet, { profile: 'recommended' })));
  expect(html).toContain('There are no tenants');
});

test('a tenant that calls itself like a column of the overview is drawn as a tenant', () => {
  const example = ['everything', 'the platform']
    .map(
      (name) =>
        `apiVersion: v1\nkind: Namespace\nmetadata: {name: ns-${name.length}, labels: {toolkit.fluxcd.io/tenant: '${name}'}}\n`,
    )
    .join('---\n');
  const fleet = exampleFleet(example);
  const html = isolationPage(fleetIsolation(fleet, runChecks(fleet, { profile: 'recommended' })));
  const [, own] = /<path class="own" d="([^"]*)"/.exec(html) ?? [];
  expect(own.match(/M/g)).toHaveLength(2);
  expect(own).not.toContain('NaN');
});

test('the page names the repository of a cluster, unless it was audited as the working directory', () => {
  const { clusters, ...fleet } = exampleFleet('# with: tenant team-a\n');
  const [{ repository }] = clusters;
  const named = (name: string) => {
    Object.assign(repository, { name });
    return isolationPage(
      fleetIsolation({ clusters, ...fleet }, result([finding({ repository: name })], [])),
    ).replace(/\s+/g, ' ');
  };
  expect(named('fleet-infra')).toContain('Read from directory clusters/prod of fleet-infra.');
  expect(named('.')).toContain('Read from directory clusters/prod.');
  expect(named('.')).not.toMatch(/ of \.|<span class="kind">\.</);
});

test('the page shows what each controller is told, and judges what keeps tenants apart', () => {
  const text = page().replace(/\s+/g, ' ');
  expect(text).toMatch(/<h3 id="c1-flux">Controllers of Flux<\/h3>/);
  expect(text).toMatch(/Set by <code>clusters\/prod\/flux-system\/kustomization\.yaml:\d+<\/code>/);
  const [, row] = /<th scope="row">kustomize-controller<\/th>(.*?)<\/tr>/.exec(text)!;
  expect(row.match(/class="good"/g)).toHaveLength(3);
  const fleet = exampleFleet(
    `# with: tenant team-a\n${fluxPatchedBy(argumentPatch('--no-remote-bases=true', 'kustomize-controller'))}`,
  );
  const open = isolationPage(fleetIsolation(fleet, result([], []))).replace(/\s+/g, ' ');
  const [, judged] = /<th scope="row">kustomize-controller<\/th>(.*?)<\/tr>/.exec(open)!;
  expect(judged.match(/class="good"/g)).toHaveLength(1);
  expect(judged.match(/class="bad"/g)).toHaveLength(2);
});

test('the page counts a tenant of two clusters once, and says on how many they are', () => {
  const tenant =
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  labels: { toolkit.fluxcd.io/tenant: a }\n';
  const files = ['prod', 'test', 'bare'].flatMap((name) => [
    readSourceFile(`clusters/${name}/flux-system/gotk-sync.yaml`, ''),
    readSourceFile(`clusters/${name}/a.yaml`, name === 'bare' ? '' : tenant),
  ]);
  const fleet = viewClusters([{ name: 'fleet', tree: new SourceTree(files) }]);
  const text = isolationPage(fleetIsolation(fleet, result([], []))).replace(/\s+/g, ' ');
  expect(text).toContain('<dt>Clusters</dt> <dd>3</dd>');
  expect(text).toContain('<dt>Tenants</dt> <dd>1 on 2 clusters</dd>');
});
