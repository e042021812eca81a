import { ObjectCheck } from '../check';
import { namespaceFile } from '../example-bounds';
import { isolatedTenants } from '../isolated-tenants';
import { pointerOf, textAt } from '../manifest-fields';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** The Namespace of tenant `team-a` with a level of Pod Security. */
function example(level: string): string {
  const labels = `    ${ENFORCE}: ${level}\n    ${ENFORCE}-version: v1.34\n`;
  return namespaceFile(labels);
}

export const namespacePrivileged: ObjectCheck = {
  id: 'namespace-privileged',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's namespace must not admit privileged pods",
  why:
    'A privileged pod, or one that mounts the disk of its node, has the rights of the node: it reads the Secrets and the tokens of all pods there, those of other tenants and of the ' +
    'platform included.',
  remedy: `set label '${ENFORCE}' to 'restricted', or at least 'baseline'`,
  links: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  ],
  controls: [{ standard: 'CIS Kubernetes 1.10', id: '5.2.2' }],
  types: ['/Namespace'],
  needs: 'cluster',
  bad: example('privileged'),
  good: example('baseline'),
  *examine({ manifest }, cluster) {
    const tenant = cluster.once(isolatedTenants).ownerOf(manifest.metadata.name);
    const level = textAt(manifest, 'metadata', 'labels', ENFORCE);
    if (tenant !== undefined && level === 'privileged') {
      yield {
        message: `of tenant '${tenant}' must enforce 'restricted' or 'baseline', got 'privileged'`,
        pointer: pointerOf('metadata', 'labels', ENFORCE),
      };
    }
  },
};
