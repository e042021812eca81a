import {
  CheckProfile,
  Cluster,
  Fleet,
  FleetRepo,
  FluxInstallation,
  Tenant,
  TenantProps,
} from '../../src';
import { tenancyPolicies } from '../../src/policies/tenancy-policies';
import { messages } from '../policies/cel';
import { validateAgainstSchemas } from '../schemas/schema-table';
import { allObjects, find, temporaryDirectory } from '../synthesized';

/** A fleet of one tenant that the strict checks judge. */
export function strictFleet(props: Partial<TenantProps> = {}, flux?: FluxInstallation) {
  const app = new Fleet({ outdir: temporaryDirectory(), checkProfile: CheckProfile.STRICT });
  const fleet = new FleetRepo(app, 'fleet-infra', { registry: 'ghcr.io/acme/manifests' });
  const prod = new Cluster(fleet, 'prod', { environment: 'production', flux });
  return { app, fleet, team: new Tenant(fleet, 'team-a', { clusters: [prod], ...props }) };
}

/** The same on a cluster that gives objects identities of a cloud. */
export function cloudFleet() {
  return strictFleet({}, FluxInstallation.bootstrap({ workloadIdentity: true }));
}

/** What the strict checks, and the library itself, say of a fleet with one tenant. */
export function strictWarnings(
  add: (team: Tenant, fleet: FleetRepo) => unknown,
): readonly string[] {
  const { fleet, team } = strictFleet();
  add(team, fleet);
  return fleet.plan(temporaryDirectory()).warnings;
}

/** Fails unless the API server, and the policies of the tenant's namespace, admit all objects of some kinds. */
export function expectAdmitted(
  files: Map<string, string>,
  kinds: readonly string[],
  count: number,
): void {
  const objects = allObjects(files).filter(({ kind }) => kinds.includes(kind));
  expect(objects).toHaveLength(count);
  expect(objects.flatMap((object) => validateAgainstSchemas(object))).toEqual([]);
  const namespaceObject = find(files, 'Namespace', 'team-a');
  const judged = objects.flatMap((object) =>
    policiesFor(object).map((policy) => ({ policy, object, namespaceObject })),
  );
  expect(judged.length).toBeGreaterThanOrEqual(count);
  expect(messages(judged).flat()).toEqual([]);
}

function policiesFor(object: any) {
  const group = object.apiVersion.split('/')[0];
  return tenancyPolicies().filter(({ scopes }) =>
    scopes.some(
      (scope) => scope.group === group && scope.resources.includes(`${object.kind.toLowerCase()}s`),
    ),
  );
}
