import { ApiObject } from 'cdk8s';
import { join } from 'path';
import { Admission, Cluster, Fleet, FleetRepo, PlatformComponent } from '../../src';

/** Whose people may change what decides over tenants, in both fleets. */
export const BREAK_GLASS_GROUP = 'acme:platform admins';

const breakGlassGroups = [BREAK_GLASS_GROUP];
const ADMISSIONS = {
  native: () => Admission.native({ breakGlassGroups }),
  kyverno: () => Admission.kyverno({ component: 'kyverno', tests: true, breakGlassGroups }),
};

/** Writes the policies of an engine, and for Kyverno their tests; returns the directory of the policies. */
export function writePolicies(engine: keyof typeof ADMISSIONS, outdir: string): string {
  const app = new Fleet({ outdir });
  const fleet = new FleetRepo(app, 'fleet-infra', {
    registry: 'ghcr.io/acme/manifests',
    admission: ADMISSIONS[engine](),
  });
  new Cluster(fleet, 'prod', { environment: 'production' });
  new ApiObject(new PlatformComponent(fleet, 'kyverno'), 'namespace', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'kyverno' },
  });
  app.synth();
  return join(outdir, 'fleet-infra', 'infrastructure', 'admission');
}
