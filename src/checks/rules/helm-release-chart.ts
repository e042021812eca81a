import { ObjectCheck } from '../check';
import { mapAt, valueAt } from '../manifest-fields';
import { RELEASE } from '../release-example';
import { isMap } from '../../vocabulary/is-map';

export const helmReleaseChart: ObjectCheck = {
  id: 'helm-release-chart',
  severity: 'error',
  profile: 'recommended',
  summary: 'a HelmRelease must have either chart or chartRef',
  why: 'The API server refuses a HelmRelease with both or with neither.',
  remedy:
    'keep chartRef for a chart in an OCIRepository, and chart for one in a HelmRepository, GitRepository or Bucket',
  links: ['https://fluxcd.io/flux/components/helm/helmreleases/#chart-reference'],
  types: ['helm.toolkit.fluxcd.io/HelmRelease'],
  needs: 'object',
  bad: RELEASE.replace(/ {2}chartRef:\n.*\n.*\n/, ''),
  good: RELEASE,
  *examine({ manifest }) {
    if (!isMap(valueAt(manifest, 'spec'))) {
      return;
    }
    const { chart, chartRef } = mapAt(manifest, 'spec');
    const [hasChart, hasReference] = [isMap(chart), isMap(chartRef)];
    if (hasChart === hasReference) {
      yield {
        message: `must have either chart or chartRef, got ${hasChart ? 'both' : 'neither'}`,
        pointer: hasChart ? '/spec/chart' : '/spec',
      };
    }
  },
};
