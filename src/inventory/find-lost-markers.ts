import { SetterMarker } from '../vocabulary/setter-marker';
import { gitPlace } from '../vocabulary/url';
import { isList } from './malformed';
import { KustomizationRequest, Location, ManifestObject } from './manifest-object';

/** An error for every setter marker that Flux would not find, because it looks in another repository, or reads no lists. */
export function findLostMarkers(
  objects: readonly ManifestObject[],
  kustomizations: readonly KustomizationRequest[],
): string[] {
  const search = new MarkerSearch();
  for (const { manifest, markers, constructPath, location } of objects) {
    if (markers.length > 0 && isList(manifest)) {
      search.errors.push(
        `[${constructPath}] ${manifest.kind} '${manifest.metadata.name}' can have no setter marker: ` +
          'Flux does not write to the items of a list; create an object for each',
      );
    }
    markers.forEach((marker) => search.visit(marker, constructPath, location));
  }
  for (const { file, location } of kustomizations) {
    file.images
      .flatMap(({ markers }) => markers)
      .forEach((marker) => search.visit(marker, file.node.path, location));
  }
  return search.errors;
}

class MarkerSearch {
  public readonly errors: string[] = [];
  private readonly urls = new Map<string, string>();
  private readonly repositories = new Map<string, string>();

  public visit(marker: SetterMarker, constructPath: string, location: Location): void {
    const { repository } = location;
    const what = `[${constructPath}] setter marker of policy '${marker.policyName}'`;
    if (location.shelf.kind !== 'app') {
      this.errors.push(
        `${what} must be in an AppRepo: to rewrite '${repository}', ` +
          'the tenant would need credentials for what decides over all tenants',
      );
      return;
    }
    const place = gitPlace(marker.repository);
    const place0 = this.urls.get(repository) ?? place;
    const repository0 = this.repositories.get(place) ?? repository;
    this.urls.set(repository, place0);
    this.repositories.set(place, repository0);
    if (place0 !== place) {
      this.errors.push(
        `${what} must be in the repository that its Git target commits to, '${marker.repository}', ` +
          `but other markers in '${repository}' are for '${place0}'`,
      );
    } else if (repository0 !== repository) {
      this.errors.push(
        `${what} commits to '${marker.repository}', which is the repository of '${repository0}', not of '${repository}'`,
      );
    }
  }
}
