import { isOpaque } from '../../clusters/applied-object';
import { isObjectName } from '../../vocabulary/names';
import { ObjectCheck } from '../check';
import { textAt } from '../manifest-fields';

/** Longest name of a release of Helm. */
const LONGEST = 53;

export const releaseName: ObjectCheck = {
  id: 'release-name',
  severity: 'error',
  profile: 'recommended',
  summary: 'the releaseName of a HelmRelease must be one of Helm',
  why: 'Helm refuses names of more than 53 characters and any but those of DNS; the API server refuses the first of these.',
  remedy: "use lowercase letters, digits, '-' and '.', and at most 53 characters",
  links: ['https://fluxcd.io/flux/components/helm/helmreleases/#release-name'],
  types: ['helm.toolkit.fluxcd.io/HelmRelease'],
  needs: 'object',
  bad: release('Podinfo'),
  good: release('podinfo'),
  *examine({ manifest }) {
    const name = textAt(manifest, 'spec', 'releaseName');
    if (name !== undefined && !isOpaque(name) && !(isObjectName(name) && name.length <= LONGEST)) {
      yield {
        message: `must have a releaseName of lowercase letters, digits, '-' and '.', at most ${LONGEST} characters, got '${name}'`,
        pointer: '/spec/releaseName',
      };
    }
  },
};

function release(name: string): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 1h
  url: https://charts.example.com
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: apps
spec:
  chart:
    spec:
      chart: podinfo
      sourceRef:
        kind: HelmRepository
        name: podinfo
      version: 6.x
  driftDetection:
    mode: enabled
  install:
    strategy:
      name: RetryOnFailure
  interval: 1h
  releaseName: ${name}
  serviceAccountName: apps
  upgrade:
    strategy:
      name: RetryOnFailure
`;
}
