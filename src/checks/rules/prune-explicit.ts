import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { valueAt } from '../manifest-fields';

export const pruneExplicit: ObjectCheck = {
  id: 'prune-explicit',
  severity: 'error',
  profile: 'recommended',
  summary: 'every Kustomization must say whether it deletes what is no longer in Git',
  why: 'prune has no default: the API server refuses a Kustomization without it.',
  remedy:
    'set prune to true; keep single objects with the annotation kustomize.toolkit.fluxcd.io/prune: disabled',
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#prune'],
  types: ['kustomize.toolkit.fluxcd.io/Kustomization'],
  needs: 'cluster',
  bad: sync('# deletes nothing'),
  good: sync('prune: true'),
  *examine({ manifest }) {
    const prune = valueAt(manifest, 'spec', 'prune');
    if (typeof prune !== 'boolean' && !isOpaque(prune)) {
      const got = prune === undefined || prune === null ? 'nothing' : `'${JSON.stringify(prune)}'`;
      yield { message: `must have prune, true or false, got ${got}`, pointer: '/spec/prune' };
    }
  },
};

function sync(prune: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  ${prune}
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
  wait: true
# file: apps/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: apps
data:
  level: debug
`;
}
