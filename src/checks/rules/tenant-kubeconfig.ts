import { ObjectCheck } from '../check';
import { tenantSync } from '../example-parts';
import { APPLIER_TYPES } from '../flux-controller';
import { valueAt } from '../manifest-fields';

export const tenantKubeconfig: ObjectCheck = {
  id: 'tenant-kubeconfig',
  severity: 'error',
  profile: 'strict',
  summary: "a tenant's Kustomization or HelmRelease must not set kubeConfig",
  why:
    'With kubeConfig Flux applies to another API server, with the rights that the kubeconfig has there. No role, quota or policy of this cluster bounds what ' +
    'it does, and the controller connects to whatever address it says.',
  remedy: 'remove spec.kubeConfig; let Flux of the other cluster apply there',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#remote-clusters--cluster-api',
    'https://fluxcd.io/flux/security/best-practices/',
  ],
  types: APPLIER_TYPES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${tenantSync('kubeConfig:\n    secretRef:\n      name: other-cluster', 'serviceAccountName: team-a')}`,
  good: `# with: tenant team-a\n${tenantSync('serviceAccountName: team-a')}`,
  *examine(object, cluster) {
    const tenant = cluster.tenantOf(object);
    if (tenant !== undefined && valueAt(object.manifest, 'spec', 'kubeConfig') !== undefined) {
      yield {
        message: `must not set spec.kubeConfig, by which tenant '${tenant}' applies to another cluster`,
        pointer: '/spec/kubeConfig',
      };
    }
  },
};
