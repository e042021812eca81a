import { fileOf, SourceTree } from '../inventory/source-file';
import { buildDirectory } from '../kustomize/build-directory';

/**
 * The Flux Kustomization that Flux Operator makes for the `sync` of a FluxInstance: its patches are for whatever the
 * operator makes.
 *
 * @param spec of the FluxInstance
 */
export function instanceSync(spec: any, name: string, namespace: string): any {
  const { kind, path } = spec.sync;
  const sync = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace },
    spec: { interval: '10m', path, prune: true, sourceRef: { kind, name } },
  };
  const patches = spec.kustomize?.patches ?? [];
  const files = [
    fileOf('kustomization.yaml', [{ resources: ['sync.yaml'], patches }]),
    fileOf('sync.yaml', [sync]),
  ];
  // Most patches are for controllers, which are not here.
  const { objects } = buildDirectory(new SourceTree(files), '');
  return objects[0]?.manifest ?? sync;
}
