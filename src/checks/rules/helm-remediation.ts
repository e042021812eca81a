import { ObjectCheck } from '../check';
import { mapAt } from '../manifest-fields';
import { RELEASE } from '../release-example';

export const helmRemediation: ObjectCheck = {
  id: 'helm-remediation',
  severity: 'warning',
  profile: 'strict',
  summary: 'a HelmRelease should say what is to happen when Helm fails',
  why: 'helm-controller retries nothing by default: a release that failed once, be it for a pause of the network, stays failed until its chart or values change.',
  remedy: 'set strategy.name to RetryOnFailure, or remediation.retries, in install and upgrade',
  links: ['https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling'],
  types: ['helm.toolkit.fluxcd.io/HelmRelease'],
  needs: 'object',
  bad: RELEASE.replace(/ {2}upgrade:\n.*\n.*\n/, ''),
  good: RELEASE,
  *examine({ manifest }) {
    for (const action of ['install', 'upgrade']) {
      const { remediation, strategy } = mapAt(manifest, 'spec', action);
      // A variable may be any number.
      const retries = remediation?.retries ?? 0;
      if (retries === 0 && strategy?.name !== 'RetryOnFailure') {
        yield {
          message: `should have ${action}.strategy RetryOnFailure or ${action}.remediation.retries, got neither`,
          pointer: `/spec/${action}`,
        };
      }
    }
  },
};
