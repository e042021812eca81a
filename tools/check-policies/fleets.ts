import { ApiObject } from 'cdk8s';
import { join } from 'path';
import { Admission, Cluster, Fleet, FleetRepo, PlatformComponent } from '../../src';

const ADMISSIONS = {
  native: () => Admission.native(),
  kyverno: () => Admission.kyverno({ component: 'kyverno', tests: true }),
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
