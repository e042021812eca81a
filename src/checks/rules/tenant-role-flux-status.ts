import { ObjectCheck } from '../check';
import { tenantRoleWith } from '../example-parts';
import { allowedOn, listed, ROLES, tenantRules } from '../tenant-roles';

/** What Flux downloads from where its status says. */
const TRUSTED = [
  'buckets',
  'externalartifacts',
  'gitrepositories',
  'helmcharts',
  'helmrepositories',
  'ocirepositories',
].map((plural) => `${plural}.source.toolkit.fluxcd.io/status`);

export const tenantRoleFluxStatus: ObjectCheck = {
  id: 'tenant-role-flux-status',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's role must not allow to write the status of Flux sources",
  why:
    'kustomize-controller downloads what status.artifact.url of a source says and compares it with a digest in the same status. Who writes that status chooses what is ' +
    'applied, past the list of allowed URLs and past the verification of signatures.',
  remedy: "name the resources without '/status', and not by '*', which takes in subresources",
  links: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources',
    'https://fluxcd.io/flux/components/source/ocirepositories/#artifact',
  ],
  types: ROLES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${tenantRoleWith('source.toolkit.fluxcd.io', 'ocirepositories/status', ['patch'])}`,
  good: `# with: tenant team-a\n${tenantRoleWith('source.toolkit.fluxcd.io', 'ocirepositories/status', ['get'])}`,
  *examine(object, cluster) {
    for (const { rule, pointer, tenant, binding } of tenantRules(object, cluster)) {
      const found = allowedOn(rule, ['update', 'patch'], TRUSTED);
      if (found.length > 0) {
        yield {
          message: `lets tenant '${tenant}' by ${binding} write ${listed(found)}, which only Flux may`,
          pointer,
        };
      }
    }
  },
};
