import { IConstruct } from 'constructs';
import { Inventory } from '../inventory/manifest-object';
import { RepoFile } from '../repo/repo-file';
import { expectedCluster } from '../report/verify/expected-cluster';
import { verifyScript, verifyScriptPath } from '../report/verify/verify-script';
import { ClusterPort, fleetOf, isFleetRepo } from '../vocabulary/fleet-ports';

/** For each cluster of the fleet that `repository` is of, a script that asks whether it is as the repository says. */
export function verifyScripts(repository: IConstruct, { objects }: Inventory): RepoFile[] {
  if (!isFleetRepo(repository)) {
    return [];
  }
  const fleet = fleetOf(repository);
  return fleet.clusters.map((cluster) => {
    const { clusterName: name, environment, _controllerArguments } = cluster as ClusterPort;
    const expected = expectedCluster(
      fleet.node.path,
      { name, environment },
      objects,
      _controllerArguments,
    );
    return { path: verifyScriptPath(name), text: verifyScript(expected) };
  });
}
