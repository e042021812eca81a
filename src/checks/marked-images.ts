import { isOpaque } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { FleetView } from '../clusters/view-clusters';
import { SourceRepository } from '../inventory/source-file';
import { imageUpdatesOf } from './image-updates';
import { policySetter } from './policy-setter';
import { addTo } from '../vocabulary/grouped';

const POLICY = 'image.toolkit.fluxcd.io/ImagePolicy';

/** An ImagePolicy, and the cluster that gets it. */
export interface PlacedPolicy {
  readonly policy: any;
  readonly view: ClusterView;
}

/** All that a fleet has under the name of an image policy, whichever cluster gets it. */
export function policiesNamed(fleet: FleetView, namespace: string, name: string): PlacedPolicy[] {
  return [...fleet.clusters, ...fleet.rest].flatMap((view) => {
    const policy = view.find(POLICY, namespace, name)?.manifest;
    return policy === undefined ? [] : [{ policy, view }];
  });
}

/** Paths of the files that are marked with each image policy, by `namespace:name`, of the repositories that a cluster's automations rewrite. */
export function markedFiles(
  view: ClusterView,
): ReadonlyMap<SourceRepository, ReadonlyMap<string, readonly string[]>> {
  return view.once(allMarkedFiles);
}

function allMarkedFiles(view: ClusterView): Map<SourceRepository, Map<string, string[]>> {
  const found = new Map<SourceRepository, Map<string, string[]>>();
  for (const { repository } of imageUpdatesOf(view)) {
    if (repository && !found.has(repository)) {
      found.set(repository, filesByPolicy(repository));
    }
  }
  return found;
}

function filesByPolicy({ tree }: SourceRepository): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const { path, documents } of tree.files) {
    for (const { setter } of documents.flatMap(({ markers }) => markers)) {
      const { namespace, name } = policySetter(setter) ?? {};
      const key = `${namespace}:${name}`;
      if (!isOpaque(setter)) {
        addTo(files, key, path);
      }
    }
  }
  return files;
}
