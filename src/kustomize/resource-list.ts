import { Resource } from './resource';
import { addTo } from '../vocabulary/grouped';

/** The objects of a build in their order, found by what they are and were called. */
export class ResourceList {
  private resources: Resource[] = [];
  /** Those that are the same as one before them, which was told. */
  private readonly told = new Set<Resource>();
  private readonly toldPlaces = new Set<string>();
  private ids?: Map<string, Resource>;
  private kinds?: Map<string, Resource[]>;
  private names?: Map<string, Resource[]>;

  public get all(): readonly Resource[] {
    return this.resources;
  }

  /**
   * Adds an object. Throws where there is one of that id, which kustomize refuses; it is added all the same, unless it is
   * the very same of a file.
   */
  public append(resource: Resource): void {
    this.ids ??= new Map(this.resources.map((one) => [one.id, one]));
    const { id } = resource;
    const same = this.ids.get(id);
    if (!same) {
      this.ids.set(id, resource);
      this.add(resource);
      return;
    }
    const place = placeOf(resource);
    if (place !== placeOf(same) && !this.toldPlaces.has(place)) {
      this.toldPlaces.add(place);
      this.told.add(resource);
      this.add(resource);
    }
    const [one, other] = [same, resource].map(({ origin }) => origin.document.path);
    throw new Error(`there are two of ${described(resource)}: in ${one} and ${other}`);
  }

  private add(resource: Resource): void {
    this.resources.push(resource);
    if (this.kinds) {
      addTo(this.kinds, resource.kind, resource);
    }
    if (this.names) {
      namesOf(resource).forEach((name) => addTo(this.names!, name, resource));
    }
  }

  public ofKind(kind: string): readonly Resource[] {
    if (!this.kinds) {
      this.kinds = new Map();
      this.resources.forEach((one) => addTo(this.kinds!, one.kind, one));
    }
    return this.kinds.get(kind) ?? [];
  }

  /** Those that are, or ever were, of that name. */
  public ofName(name: string): readonly Resource[] {
    if (!this.names) {
      this.names = new Map();
      for (const one of this.resources) {
        namesOf(one).forEach((each) => addTo(this.names!, each, one));
      }
    }
    return this.names.get(name) ?? [];
  }

  /** Keeps those of which `isKept` is true. */
  public keep(isKept: (resource: Resource) => boolean): void {
    this.resources = this.resources.filter(isKept);
    this.forget();
  }

  public replace(old: Resource, by: Resource): void {
    this.resources[this.resources.indexOf(old)] = by;
    this.forget();
  }

  /** Forgets what objects are called, because that changed. */
  public forget(): void {
    this.ids = this.kinds = this.names = undefined;
  }

  /** The objects that are now called what one before them is called. */
  public get doubles(): Resource[] {
    const seen = new Set<string>();
    return this.resources.filter(
      (one) => !this.told.has(one) && seen.size === seen.add(one.id).size,
    );
  }
}

export function described({
  kind,
  name,
  namespace,
}: Pick<Resource, 'kind' | 'name' | 'namespace'>): string {
  return `${kind} '${name}'` + (namespace ? ` in namespace '${namespace}'` : '');
}

function placeOf({ origin: { document, within } }: Resource): string {
  return JSON.stringify([document.path, document.index, within]);
}

function namesOf({ name, previous }: Resource): Set<string> {
  return new Set([name, ...previous.map((one) => one.name)]);
}
