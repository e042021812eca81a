import { typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { FLUX_NAMESPACE } from '../../vocabulary/labels';
import { ObjectCheck } from '../check';
import { COMPONENT_OF } from '../flux-controller';
import { fluxInstallation } from '../flux-installation';
import { textAt } from '../manifest-fields';

const IMAGES = `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: podinfo
  namespace: flux-system
spec:
  image: ghcr.io/acme-platform/podinfo
  interval: 10m
`;

/** A FluxInstance that names components. */
function instanceOf(...components: readonly string[]): string {
  return `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
  namespace: flux-system
spec:
  components:
${components.map((one) => `    - ${one}\n`).join('')}  distribution:
    registry: ghcr.io/fluxcd
    version: 2.9.x
---
`;
}

export const componentMissing: ObjectCheck = {
  id: 'component-missing',
  severity: 'error',
  profile: 'recommended',
  summary: 'a cluster must have the controllers of the objects of Flux that it gets',
  why:
    'A controller brings its custom resource definitions along. Without them the API server knows no such kind, and kustomize-controller applies ' +
    'nothing of a Kustomization that holds an object of it. The image controllers and source-watcher are not installed unless somebody asks for them.',
  remedy:
    'add the controller to spec.components of the FluxInstance, or run flux bootstrap with --components-extra',
  links: [
    'https://fluxcd.io/flux/installation/configuration/optional-components/',
    'https://fluxcd.io/flux/cmd/flux_bootstrap/',
  ],
  types: [...COMPONENT_OF.keys()],
  needs: 'cluster',
  bad: instanceOf('source-controller', 'kustomize-controller') + IMAGES,
  good:
    instanceOf('source-controller', 'kustomize-controller', 'image-reflector-controller') + IMAGES,
  *examine({ manifest }, cluster) {
    const type = typeOf(manifest);
    const component = COMPONENT_OF.get(type);
    const installation = fluxInstallation(cluster);
    const isThere = installation?.controllers.some((one) => one.component === component);
    if (installation?.isComplete && !isThere && !cluster.mayHoldMore(FLUX_NAMESPACE)) {
      if (!cluster.once(definedTypes).has(type)) {
        yield {
          message: `needs ${component}, which the cluster does not have`,
          pointer: '/kind',
        };
      }
    }
  },
};

/** Types of which the cluster gets a definition, by whomever. */
function definedTypes(view: ClusterView): Set<string> {
  return new Set(
    view
      .ofType('apiextensions.k8s.io/CustomResourceDefinition')
      .map(
        ({ manifest }) =>
          `${textAt(manifest, 'spec', 'group')}/${textAt(manifest, 'spec', 'names', 'kind')}`,
      ),
  );
}
