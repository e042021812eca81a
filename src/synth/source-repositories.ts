import { Inventory } from '../inventory/manifest-object';
import { SourceRepository } from '../inventory/source-file';
import { placementOf } from '../vocabulary/placement';
import { SetterMarker } from '../vocabulary/setter-marker';
import { gitPlace } from '../vocabulary/url';
import { assumedArtifacts } from './assumed-artifacts';
import { sourceTree } from './program-files';
import { Rendered } from './render-program';

/** The repositories of a program as the checks read them, and where clusters fetch them from, as far as that is known. */
export function sourceRepositories({ inventory, repositories }: Rendered): SourceRepository[] {
  const targets = markedPlaces(inventory);
  const written = [...repositories].map(([repository, { files }]) => {
    const { shelf, ...placement } = placementOf(repository) ?? {};
    return {
      repository,
      name: repository.node.id,
      tree: sourceTree(files),
      place: placement.gitPlace ?? targets.get(repository.node.path),
      artifact: placement.artifact,
      ...(shelf?.kind === 'app' && { directory: shelf.path }),
    };
  });
  const assumed = assumedArtifacts(written, inventory.objects);
  return written.map(({ repository, ...one }) => ({
    ...one,
    artifact: one.artifact ?? assumed.get(repository),
  }));
}

/** The Git repository that the setter markers of each repository are for, which is one. */
function markedPlaces({ objects, kustomizations }: Inventory): Map<string, string> {
  const places = new Map<string, string>();
  const enter = (repository: string, markers: readonly SetterMarker[]) => {
    if (markers.length > 0) {
      places.set(repository, gitPlace(markers[0].repository));
    }
  };
  objects.forEach(({ location, markers }) => enter(location.repository, markers));
  for (const { file, location } of kustomizations) {
    file.images.forEach(({ markers }) => enter(location.repository, markers));
  }
  return places;
}
