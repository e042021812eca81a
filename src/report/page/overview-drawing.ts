import { ReachNode } from '../isolation/reach-graph';
import { ClusterPage } from './cluster-page';
import { html, Html } from './html';

/** Up to how many tenants rows and columns can carry their names. */
const MOST_NAMED = 100;
const CELL = 14;
const LETTERS = 22;
const TILE = 18;
const TILES_A_ROW = 50;

const BEYOND = ['the platform', 'everything', 'unlisted sources'];

/** Who crosses whose bounds, all tenants at a glance. The table of crossings is its equivalent. */
export function overviewDrawing(page: ClusterPage): Html {
  return page.cluster.tenants.length <= MOST_NAMED ? matrix(page) : tiles(page);
}

/** A row for each tenant, a column for whom it reaches. */
function matrix(page: ClusterPage): Html {
  const names = page.cluster.tenants.map(({ name }) => name);
  const columns = [...BEYOND, ...names];
  const index = new Map(names.map((name, i) => [name, i] as const));
  const crossed = new Set<string>();
  for (const { from, to } of page.crossings) {
    const rows = from.tenant === null ? (from.kind === 'everyone' ? names : []) : [from.tenant];
    const column = to.tenant === null ? beyond(to) : BEYOND.length + index.get(to.tenant)!;
    for (const row of rows.filter((one) => one !== to.tenant)) {
      crossed.add(`${index.get(row)} ${column}`);
    }
  }
  const longest = Math.max(...columns.map((name) => Math.min(name.length, LETTERS)));
  const head = 14 + longest * 6.5;
  const width = head + columns.length * CELL;
  const height = head + names.length * CELL;
  const at = (i: number): number => head + i * CELL;
  const own = names.map(
    (_, i) => `M${at(BEYOND.length + i) + 2} ${at(i) + 2}h${CELL - 4}v${CELL - 4}h${4 - CELL}z`,
  );
  const crosses = [...crossed].map((key) => {
    const [row, column] = key.split(' ').map(Number);
    return `M${at(column) + 3} ${at(row) + 3}l8 8m0-8l-8 8`;
  });
  const lines = [
    ...columns.map((_, i) => `M${at(i)} ${head}V${height}`),
    ...names.map((_, i) => `M${head} ${at(i)}H${width}`),
  ];
  return html`<svg
    class="matrix${names.length > 40 ? ' many' : ''}"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    role="img"
    aria-labelledby="${page.id}-mt ${page.id}-md"
  >
    <title id="${page.id}-mt">Who crosses whose bounds on cluster ${page.cluster.name}</title>
    <desc id="${page.id}-md">
      A row for each of ${names.length} tenants, a column for the platform, everything, unlisted
      sources and each tenant; ${crossed.size} cells have a cross. The table of ways across bounds
      says the same in words.
    </desc>
    <path class="grid" d="${lines.join('')}" />
    ${names.map((name, i) => html`<text x="${head - 6}" y="${at(i) + 11}" text-anchor="end">${cut(name)}</text>`)}
    ${columns.map((name, i) => html`<text transform="translate(${at(i) + 11} ${head - 6})rotate(-90)">${cut(name)}</text>`)}
    <path class="own" d="${own.join('')}" />
    <path class="crosses" d="${crosses.join('')}" />
  </svg>`;
}

/** The column of what is no tenant's. */
function beyond({ kind }: ReachNode): number {
  return kind === 'source' ? 2 : kind === 'cluster' || kind === 'network' ? 1 : 0;
}

/** A square for each tenant, in the order of the table. */
function tiles(page: ClusterPage): Html {
  const { tenants, name } = page.cluster;
  const at = (i: number): string =>
    `${(i % TILES_A_ROW) * TILE + 2} ${Math.floor(i / TILES_A_ROW) * TILE + 2}`;
  const marked = tenants.map(({ reaches, reachedBy }) => reaches + reachedBy > 0);
  const squares = tenants.map((_, i) => `M${at(i)}h${TILE - 4}v${TILE - 4}h${4 - TILE}z`);
  const crosses = marked.map((is, i) => (is ? `M${at(i)}m2 2l10 10m0-10l-10 10` : ''));
  const height = Math.ceil(tenants.length / TILES_A_ROW) * TILE;
  const count = marked.filter(Boolean).length;
  return html`<svg
    class="matrix tiles"
    viewBox="0 0 ${TILES_A_ROW * TILE} ${height}"
    role="img"
    aria-labelledby="${page.id}-mt ${page.id}-md"
  >
    <title id="${page.id}-mt">Who crosses bounds, or is crossed, on cluster ${name}</title>
    <desc id="${page.id}-md">
      A square for each of ${tenants.length} tenants in the order of the table; ${count} have a
      cross. The table of ways across bounds says which.
    </desc>
    <path class="own" d="${squares.join('')}" />
    <path class="crosses" d="${crosses.join('')}" />
  </svg>`;
}

function cut(name: string): string {
  return name.length <= LETTERS ? name : `${name.slice(0, LETTERS - 1)}…`;
}
