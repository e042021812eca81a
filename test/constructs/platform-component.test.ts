import { Cluster, Fleet, FleetRepo, PlatformComponent } from '../../src';

/** Two fleets of one program, each with a cluster 'prod' and a component. */
function twoFleets() {
  const app = new Fleet({ outdir: 'unused' });
  return ['one', 'other'].map((id) => {
    const fleet = new FleetRepo(app, id, { registry: 'ghcr.io/acme' });
    const prod = new Cluster(fleet, 'prod', { environment: 'production' });
    return { fleet, prod, ingress: new PlatformComponent(fleet, 'ingress') };
  });
}

test("a platform component cannot be on another fleet's cluster, even if its name is the same", () => {
  const [one, other] = twoFleets();
  expect(() => new PlatformComponent(one.fleet, 'dns', { clusters: [other.prod] })).toThrow(
    "platform component 'dns' must use clusters and components of its own fleet, got 'other/prod'",
  );
});

test("a platform component cannot wait for another fleet's, even if its name is the same", () => {
  const [one, other] = twoFleets();
  const dependencies = [one.ingress, other.ingress];
  expect(() => new PlatformComponent(one.fleet, 'dns', { dependencies })).toThrow(
    "platform component 'dns' must use clusters and components of its own fleet, got 'other/ingress'",
  );
});
