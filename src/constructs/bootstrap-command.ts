import { ApiObject } from 'cdk8s';
import { IFleetRepo } from '../vocabulary/fleet-ports';
import { FLUX_NAMESPACE } from '../vocabulary/labels';
import { directoryOf } from '../vocabulary/placement';
import { ICluster } from '../vocabulary/ports';
import { extraComponents } from './flux-components';

/** The `flux bootstrap` line for `cluster`, which applies `objects`. Throws when the host is not known. */
export function bootstrapCommand(
  fleet: IFleetRepo,
  cluster: ICluster,
  objects: ApiObject[],
): string {
  const host = fleet.gitHost;
  if (!host) {
    throw new Error(
      `'${fleet.node.path}' has no gitHost; say where the repository is hosted to get its bootstrap command`,
    );
  }
  const extra = extraComponents(objects);
  const flags = [
    ...host._flags(fleet.repositoryName),
    `--path=${directoryOf({ kind: 'cluster', cluster: cluster.clusterName })}`,
    ...(extra.length > 0 ? [`--components-extra=${extra.join(',')}`] : []),
    ...(pushesToFleet(objects) ? ['--read-write-key=true'] : []),
  ];
  return [`flux bootstrap ${host._command}`, ...flags].join(' \\\n  ');
}

/** Whether image automation commits with the credentials that bootstrap makes. */
function pushesToFleet(objects: ApiObject[]): boolean {
  return objects.some(
    (object) =>
      object.kind === 'ImageUpdateAutomation' && object.metadata.namespace === FLUX_NAMESPACE,
  );
}
