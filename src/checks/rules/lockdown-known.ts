import { ObjectCheck } from '../check';
import { kustomizationFile } from '../example-parts';
import { fluxInstallation } from '../flux-installation';
import { firstOfTenants } from '../isolated-tenants';

export const lockdownKnown: ObjectCheck = {
  id: 'lockdown-known',
  severity: 'warning',
  profile: 'strict',
  summary: 'the repository of a cluster with tenants must say how Flux runs there',
  why: "The flags of the controllers keep tenants from what is the platform's. Where neither the manifests of Flux, nor patches for them, nor a FluxInstance can be read, nobody can tell whether they are set.",
  remedy:
    'keep flux-system in the repository, as flux bootstrap does, or a FluxInstance; audit the repository that has it',
  links: ['https://fluxcd.io/flux/installation/configuration/multitenancy/'],
  types: ['/Namespace'],
  needs: 'cluster',
  bad: `# with: tenant team-a
${kustomizationFile('clusters/prod/flux-system', 'gotk-sync.yaml')}`,
  good: `# with: tenant team-a
`,
  *examine({ manifest }, cluster) {
    const { name } = manifest.metadata;
    if (name === cluster.once(firstOfTenants) && !fluxInstallation(cluster)) {
      yield { message: "is a tenant's, and nothing says how Flux runs on its cluster" };
    }
  },
};
