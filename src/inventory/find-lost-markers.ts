import { SetterField, SetterMarker } from '../vocabulary/setter-marker';
import { gitPlace } from '../vocabulary/url';
import { Automations } from './automations';
import { KustomizationRequest, Location, ManifestObject } from './manifest-object';

/**
 * An error for every setter marker that Flux would not find or not fill: because no automation applies its policy in the
 * repository and directory that it lies in, because its policy follows no digests, or because kustomize writes over it.
 */
export function findLostMarkers(
  objects: readonly ManifestObject[],
  kustomizations: readonly KustomizationRequest[],
  automations: Automations,
): string[] {
  const search = new MarkerSearch(objects, automations);
  for (const { manifest, markers, constructPath, location } of objects) {
    if (location.shelf.kind === 'app') {
      search.errors.push(...marksOfKyaml(manifest.metadata.annotations, constructPath));
    }
    markers.forEach((marker) => search.visit(marker, constructPath, location));
  }
  for (const { file, location } of kustomizations) {
    for (const { name, markers } of file.images) {
      search.replace(name, markers, file.node.path, location);
      markers.forEach((marker) => search.visit(marker, file.node.path, location));
    }
  }
  return search.errors;
}

class MarkerSearch {
  public readonly errors: string[] = [];
  private readonly places = new Map<string, string>();
  private readonly repositories = new Map<string, string>();
  /** Policies of marked images, by repository and name of the image. */
  private readonly images = new Map<string, Set<string>>();

  constructor(
    objects: readonly ManifestObject[],
    private readonly automations: Automations,
  ) {
    for (const { markers, location } of objects) {
      for (const { field, imageName, policyName } of markers) {
        if (field === SetterField.IMAGE) {
          const key = `${location.repository} ${imageName}`;
          this.images.set(key, (this.images.get(key) ?? new Set()).add(policyName));
        }
      }
    }
  }

  /** An entry of a kustomization file, which stands against every field that holds its image. */
  public replace(
    image: string,
    markers: readonly SetterMarker[],
    constructPath: string,
    { repository }: Location,
  ): void {
    const policies = this.images.get(`${repository} ${image}`) ?? new Set();
    const own = markers[0]?.policyName;
    const others = [...policies].filter((policy) => policy !== own);
    if (others.length > 0) {
      this.errors.push(
        `[${constructPath}] image '${image}' must not be replaced, because fields that hold it are marked with policy ` +
          `'${others.join("', '")}', whose tags kustomize would write over; use one or the other`,
      );
    }
  }

  public visit(marker: SetterMarker, constructPath: string, location: Location): void {
    const what = `[${constructPath}] setter marker of policy '${marker.policyName}'`;
    if (location.shelf.kind !== 'app') {
      this.errors.push(
        `${what} must be in an AppRepo: to rewrite '${location.repository}', ` +
          'the tenant would need credentials for what decides over all tenants',
      );
      return;
    }
    const problem = this.automations.whyUnapplied(marker) ?? this.misplaced(marker, location);
    if (problem) {
      this.errors.push(`${what} ${problem}`);
    }
  }

  private misplaced(marker: SetterMarker, location: Location): string | undefined {
    const { repository } = location;
    const place = gitPlace(marker.repository);
    const known = location.gitPlace ?? this.places.get(repository) ?? place;
    const owner = this.repositories.get(place) ?? repository;
    this.places.set(repository, known);
    this.repositories.set(place, owner);
    if (known !== place) {
      return (
        `must be in the repository that its Git target commits to, '${marker.repository}', ` +
        `but '${repository}' is '${known}'`
      );
    }
    return owner === repository
      ? undefined
      : `commits to '${marker.repository}', which is the repository of '${owner}', not of '${repository}': ` +
          'one AppRepo writes a repository';
  }
}

/** Annotations by which Flux's own tool would take an object for another file's: then it updates nothing at all, or drops them. */
function marksOfKyaml(annotations: Record<string, string> = {}, constructPath: string): string[] {
  return Object.keys(annotations)
    .filter((key) => /^(?:internal\.)?config\.kubernetes\.io\/(?:index|path)$/.test(key))
    .map(
      (key) =>
        `[${constructPath}] annotation '${key}' must not be set: image automation would fail on it, or drop it`,
    );
}
