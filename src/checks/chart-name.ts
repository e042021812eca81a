import { AppliedObject } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { mapAt, textAt } from './manifest-fields';

/** The chart that a HelmRelease installs, without repository or path; undefined where that cannot be told. */
export function chartName({ manifest }: AppliedObject, cluster: ClusterView): string | undefined {
  const { kind, name, namespace } = mapAt(manifest, 'spec', 'chartRef');
  const source = cluster.find(
    `source.toolkit.fluxcd.io/${kind}`,
    namespace ?? manifest.metadata.namespace,
    name,
  );
  const chart =
    textAt(manifest, 'spec', 'chart', 'spec', 'chart') ?? textAt(source?.manifest, 'spec', 'url');
  return chart?.split('/').pop();
}
