/** A place that a tenant may fetch from, and below. */
export interface Listed {
  readonly fleet: string;
  readonly tenant: string;
  readonly owner: string;
  /** As the tenant has it. */
  readonly source: string;
  /** Places of different spaces have nothing to do with each other. */
  readonly space: string;
  /** What is the same for all spellings of one place, and begins like those above it. */
  readonly place: string;
}

/** An error for each place of a tenant with some of others below it. */
export function nestedPlaces(all: readonly Listed[]): string[] {
  const key = ({ fleet, space }: Listed, place: string) => `${fleet} ${space} ${place}`;
  const owners = new Map<string, Listed[]>();
  all.forEach((one) => add(owners, key(one, one.place), one));
  const below = new Map<string, Below>();
  for (const one of all) {
    for (let end = one.place.indexOf('/'); end > 0; end = one.place.indexOf('/', end + 1)) {
      const above = key(one, one.place.slice(0, end));
      if (owners.has(above)) {
        below.set(above, (below.get(above) ?? new Below()).and(one));
      }
    }
  }
  return [...below].flatMap(([place, ones]) =>
    owners.get(place)!.flatMap(({ owner, tenant, source }) => {
      const { first, more } = ones.beside(tenant);
      return first
        ? [
            `[${owner}] sources of tenant '${tenant}' must not have those of another below them, ` +
              `but '${first.source}' is one of tenant '${first.tenant}'` +
              `${more > 0 ? `, and ${more} more are others'` : ''}; ` +
              `list what is needed of '${source}' one by one, or the same for both`,
          ]
        : [];
    }),
  );
}

/** What is below a place, counted by tenant: as many may own the place as have something below it. */
class Below {
  private readonly firsts = new Map<string, Listed>();
  private readonly counts = new Map<string, number>();
  private total = 0;

  public and(one: Listed): this {
    // One more than the owner's own is enough to find another's.
    if (this.firsts.size < 2 && !this.firsts.has(one.tenant)) {
      this.firsts.set(one.tenant, one);
    }
    this.counts.set(one.tenant, (this.counts.get(one.tenant) ?? 0) + 1);
    this.total += 1;
    return this;
  }

  /** The first that is not of `tenant`, and how many more there are. */
  public beside(tenant: string): { first?: Listed; more: number } {
    const first = [...this.firsts.values()].find((one) => one.tenant !== tenant);
    return { first, more: this.total - (this.counts.get(tenant) ?? 0) - 1 };
  }
}

function add(lists: Map<string, Listed[]>, key: string, one: Listed): void {
  const list = lists.get(key);
  if (list) {
    list.push(one);
  } else {
    lists.set(key, [one]);
  }
}
