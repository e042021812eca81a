import { gitPlace } from '../../vocabulary/url';
import { ObjectCheck } from '../check';
import { imageUpdateOf } from '../image-updates';
import { IMAGE_UPDATES } from '../image-updates-example';
import { isolatedTenants } from '../isolated-tenants';
import { textAt } from '../manifest-fields';

const OF_TENANT = IMAGE_UPDATES.replaceAll('namespace: apps', 'namespace: team-a').replace(
  'apps:podinfo',
  'team-a:podinfo',
);

export const automationOfFleet: ObjectCheck = {
  id: 'automation-of-fleet',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's image automation must commit to a repository of its own",
  why: "The automation pushes with a Secret in the tenant's namespace, which the tenant can use, too. With the right to push to the repository that clusters are read from, it decides over the platform and every other tenant.",
  remedy:
    "let the automation commit to the tenant's own repository, or run it for the platform in its own namespace",
  links: [
    'https://fluxcd.io/flux/components/image/imageupdateautomations/#source-reference',
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  ],
  types: ['image.toolkit.fluxcd.io/ImageUpdateAutomation'],
  needs: 'cluster',
  bad: `# with: tenant team-a\n${OF_TENANT}`,
  good: `# with: tenant team-a\n${OF_TENANT.replace('acme/fleet-infra', 'acme/team-a').replace(/# file[^]*/, '')}`,
  *examine(object, cluster) {
    const { manifest } = object;
    const tenant = cluster.once(isolatedTenants).ownerOf(manifest.metadata.namespace);
    const update = imageUpdateOf(cluster, object);
    const url = textAt(update.git?.manifest, 'spec', 'url');
    const isFleet =
      update.repository === cluster.repository ||
      (url !== undefined && gitPlace(url) === cluster.repository.place);
    if (tenant !== undefined && update.git && isFleet) {
      yield {
        message: `must commit to a repository of tenant '${tenant}', got '${url}', which the cluster is read from`,
        pointer: '/spec/sourceRef',
      };
    }
  },
};
