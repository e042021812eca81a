import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AccessAction, AccessSubject, Cluster, FleetRepo, PlatformComponent } from '../../src';
import { binding, role, rule, user } from '../access/rbac-manifests';
import { smallFleet } from '../synthesized';

const jane = AccessSubject.user('jane');
const readPods = AccessAction.on('get', 'pods');

/** A component of the platform that holds objects. */
function component(fleet: FleetRepo, id: string, objects: any[], clusters?: Cluster[]): void {
  const scope = new PlatformComponent(fleet, id, { clusters });
  objects.forEach(
    (object, i) => new ApiObject(scope, `object-${i}`, JSON.parse(JSON.stringify(object))),
  );
}

const readers = role('readers', [rule('get', 'pods')]);
const janeReads = binding('jane-reads', 'readers', [user('jane')], 'team-a');

describe('the access to a cluster', () => {
  test('is what that cluster applies, and nothing of what another does', () => {
    const { app, fleet, prod, staging } = smallFleet();
    component(fleet, 'readers', [readers]);
    component(fleet, 'people', [janeReads], [staging]);
    expect(app.reviewAccess(staging).where(jane, readPods).namespaces).toEqual(['team-a']);
    expect(app.reviewAccess(prod).where(jane, readPods).isNowhere).toBe(true);
  });

  test('of one fleet is not that of another with a cluster of the same name', () => {
    const { app, fleet, prod } = smallFleet();
    const other = new FleetRepo(app, 'other', { registry: 'ghcr.io/acme' });
    const otherProd = new Cluster(other, 'prod', { environment: 'production' });
    component(other, 'readers', [readers, janeReads]);
    component(fleet, 'nothing', [readers]);
    expect(app.reviewAccess(otherProd).where(jane, readPods).namespaces).toEqual(['team-a']);
    expect(app.reviewAccess(prod).where(jane, readPods).isNowhere).toBe(true);
  });

  test('does not hide in a list', () => {
    const { app, fleet, prod } = smallFleet();
    const list = (kind: string, items: unknown) => ({
      apiVersion: 'v1',
      kind,
      metadata: { name: kind.toLowerCase() },
      items,
    });
    component(fleet, 'lists', [list('List', [readers, list('RoleBindingList', [janeReads])])]);
    const answer = app.reviewAccess(prod).where(jane, readPods);
    expect(answer.namespaces).toEqual(['team-a']);
    expect(answer.grants[0].constructPaths).toEqual(['fleet-infra/lists/object-0']);
  });

  test('is not known where the program does not look', () => {
    const { app, fleet, prod, staging, tenant } = smallFleet();
    tenant('team-a').includeFile('secrets.yaml');
    tenant('team-b', { clusters: [staging] }).includeFile('more.yaml');
    const release = {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: 'flagger', namespace: 'flux-system' },
      spec: { serviceAccountName: 'helm-controller' },
    };
    component(fleet, 'flagger', [release]);
    expect(app.reviewAccess(prod).unread).toEqual([
      'clusters/prod/flux-system/gotk-components.yaml',
      'clusters/prod/flux-system/gotk-sync.yaml',
      'tenants/base/team-a/secrets.yaml',
      "what HelmRelease 'flagger' in namespace 'flux-system' applies",
    ]);
  });

  test('is told of a program without errors, and of a cluster of its own', () => {
    const [one, other] = [smallFleet(), smallFleet()];
    expect(() => one.app.reviewAccess(other.prod)).toThrow(
      "cluster 'fleet-infra/prod' is not part of this Fleet",
    );
    const forged: any = new Construct(one.fleet, 'forged');
    Object.assign(forged, { clusterName: 'forged', environment: 'production' });
    expect(() => one.app.reviewAccess(forged)).toThrow(
      "cluster 'fleet-infra/forged' is not part of this Fleet",
    );
    new ApiObject(one.tenant('team-a'), 'x', { apiVersion: 'v1', kind: 'Namespace' });
    expect(() => one.app.reviewAccess(one.prod)).toThrow("is cluster-wide and can be no tenant's");
  });
});
