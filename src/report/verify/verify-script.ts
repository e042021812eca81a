import { directoryOf } from '../../vocabulary/placement';
import { ExpectedCluster, REFUSING_POLICY } from './expected-cluster';
import { shellWord } from './shell-word';
import { END, asksTenants, CONTROLLERS, OBJECTS, PREPARATION } from './verify-questions';

/** Where the script of a cluster lies: Flux applies no file there that is not YAML. */
export function verifyScriptPath(cluster: string): string {
  return `${directoryOf({ kind: 'cluster', cluster })}/verify.sh`;
}

/** A script that asks a cluster whether it is what the repository says. It changes nothing there. */
export function verifyScript(cluster: ExpectedCluster): string {
  const { name, controllerArguments, objects, tenants, enforces } = cluster;
  const lines = {
    arguments: controllerArguments.flatMap(({ controllers, value }) =>
      controllers.map((controller) => `${controller} ${value}`),
    ),
    objects: objects.map(
      ({ resource, namespace, name: object, account = '-' }) =>
        `${resource} ${namespace}/${object} ${account}`,
    ),
    tenants: tenants.map(({ name: tenant, homeNamespace, account }) =>
      [tenant, homeNamespace, account].join(' '),
    ),
  };
  return [
    header(name),
    ...Object.entries(lines).map(([list, all]) => `${list}=${shellWord(all.join('\n'))}\n`),
    PREPARATION,
    CONTROLLERS,
    OBJECTS,
    asksTenants(enforces ? REFUSING_POLICY : undefined),
    END,
  ].join('\n');
}

function header(cluster: string): string {
  return `#!/bin/sh
# Whether cluster '${cluster}' is what this repository says. Written by cdk8s-flux-tenants.
#
#   sh ${verifyScriptPath(cluster)} [<tenant> ...]
#
# It asks the cluster of kubectl's current context, and changes nothing there. Each tenant is asked about five times: name
# some where there are many. It takes flux, kubectl, and rights to read Flux's objects in all namespaces and to impersonate
# service accounts. Exit code: 0 when every answer is the expected one, 1 when one is not, 2 when it cannot ask.
set -u
`;
}
