import { ObjectCheck } from '../check';
import { textAt } from '../manifest-fields';
import { RELEASE } from '../release-example';

export const helmDriftDetection: ObjectCheck = {
  id: 'helm-drift-detection',
  severity: 'warning',
  profile: 'strict',
  summary: 'a HelmRelease should have what somebody changed by hand set right',
  why: 'helm-controller corrects nothing by default: what is edited or deleted on the cluster stays so until the next upgrade.',
  remedy: "set driftDetection.mode to 'enabled', and let it ignore the fields that others own",
  links: ['https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection'],
  types: ['helm.toolkit.fluxcd.io/HelmRelease'],
  needs: 'object',
  bad: RELEASE.replace(/ {2}driftDetection:\n.*\n/, ''),
  good: RELEASE,
  *examine({ manifest }) {
    const mode = textAt(manifest, 'spec', 'driftDetection', 'mode');
    if (mode === undefined || mode === 'disabled') {
      yield {
        message: `should have driftDetection.mode 'enabled' or 'warn', got ${mode === undefined ? 'none' : `'${mode}'`}`,
        pointer: '/spec/driftDetection',
      };
    }
  },
};
