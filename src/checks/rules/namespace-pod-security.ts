import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { namespaceFile } from '../example-bounds';
import { isolatedTenants } from '../isolated-tenants';
import { pointerOf, textAt } from '../manifest-fields';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const VERSION = `${ENFORCE}-version`;

export const namespacePodSecurity: ObjectCheck = {
  id: 'namespace-pod-security',
  severity: 'warning',
  profile: 'strict',
  summary: "a tenant's namespace must enforce a Pod Security Standard, of a pinned version",
  why:
    'A namespace without the label admits privileged pods, unless the API server is configured otherwise. Without a version the standard is that of the cluster, ' +
    'so that an upgrade may refuse pods that ran before.',
  remedy: `set labels '${ENFORCE}' and '${VERSION}'`,
  links: ['https://kubernetes.io/docs/concepts/security/pod-security-admission/'],
  types: ['/Namespace'],
  needs: 'cluster',
  bad: namespaceFile(''),
  good: namespaceFile(`    ${ENFORCE}: restricted\n    ${VERSION}: v1.34\n`),
  *examine({ manifest, held }, cluster) {
    const tenant = cluster.once(isolatedTenants).ownerOf(manifest.metadata.name);
    const [level, version] = [ENFORCE, VERSION].map((label) =>
      held ? undefined : textAt(manifest, 'metadata', 'labels', label),
    );
    if (tenant === undefined || level === 'privileged' || isOpaque(level)) {
      return;
    }
    if (level === undefined) {
      yield {
        message: `of tenant '${tenant}' must have label '${ENFORCE}', 'restricted' or 'baseline'`,
        pointer: '/metadata',
      };
    } else if (version === undefined || version === 'latest') {
      yield {
        message: `of tenant '${tenant}' must pin label '${VERSION}', such as to 'v1.34', got ${version === undefined ? 'none' : "'latest'"}`,
        pointer: pointerOf('metadata', 'labels', version === undefined ? ENFORCE : VERSION),
      };
    }
  },
};
