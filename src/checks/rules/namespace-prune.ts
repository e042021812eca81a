import { ObjectCheck } from '../check';
import { namespaceFile } from '../example-bounds';
import { isolatedTenants } from '../isolated-tenants';
import { mapAt, valueAt } from '../manifest-fields';

const PRUNE = 'kustomize.toolkit.fluxcd.io/prune';

/** A tenant's namespace as this library has it, with or without an annotation. */
function example(annotation: string): string {
  return namespaceFile(
    `    pod-security.kubernetes.io/audit: restricted
    pod-security.kubernetes.io/audit-version: v1.34
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: v1.34
    pod-security.kubernetes.io/warn: restricted
    pod-security.kubernetes.io/warn-version: v1.34
`,
    `    cdk8s-flux-tenants/namespaces: team-a
    cdk8s-flux-tenants/service-account: team-a
${annotation}`,
  );
}

export const namespacePrune: ObjectCheck = {
  id: 'namespace-prune',
  severity: 'warning',
  profile: 'strict',
  summary: "a tenant's namespace must stay when it disappears from the repository",
  why:
    'Flux prunes what a Kustomization no longer holds, and Kubernetes deletes a namespace with all that is in it, volumes included. ' +
    'A directory that is renamed or a resource that is forgotten is enough.',
  remedy: `set the annotation '${PRUNE}: disabled', and delete a namespace by hand`,
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#prune'],
  types: ['/Namespace'],
  needs: 'cluster',
  bad: example(''),
  good: example(`    ${PRUNE}: disabled\n`),
  *examine({ manifest, sync }, cluster) {
    const tenant = cluster.once(isolatedTenants).ownerOf(manifest.metadata.name);
    const isPruned = !sync || valueAt(sync.manifest, 'spec', 'prune') === true;
    const isKept = ['annotations', 'labels'].some(
      (field) => mapAt(manifest, 'metadata', field)[PRUNE] !== undefined,
    );
    if (tenant !== undefined && isPruned && !isKept) {
      yield {
        message: `must have the annotation '${PRUNE}: disabled', because pruning it deletes all that tenant '${tenant}' has there`,
        pointer: '/metadata',
      };
    }
  },
};
