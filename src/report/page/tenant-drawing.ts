import { TenantIsolation } from '../isolation/isolation';
import { ReachNode } from '../isolation/reach-graph';
import { ClusterPage, Way } from './cluster-page';
import { Box, BOX, DrawnWay, drawnWays } from './drawn-ways';
import { html, Html } from './html';
import { NODE_WORDS } from './words';

const WIDTH = 1060;
const COLUMNS = [0, 221, 442, 663, 884];
const STEP = BOX.height + 14;
const LANE_GAP = 34;
const TOP = 30;
/** What does not fit into a column of a drawing is in the table below it. */
const MOST = 8;
const LETTERS = 23;

type Part = 'account' | 'flux' | 'inward' | 'namespace' | 'outward' | 'source' | 'target';

interface End {
  readonly part: Part;
  readonly node: ReachNode;
}

/** Where a part is: its column, and whether it is in the upper lane, that of Flux, or in the lower one, that of namespaces. */
const PLACES: Readonly<Record<Part, readonly [column: number, lane: 0 | 1]>> = {
  source: [0, 0],
  flux: [1, 0],
  account: [2, 0],
  target: [4, 0],
  inward: [0, 1],
  namespace: [3, 1],
  outward: [4, 1],
};

/** A tenant, what reaches it and what it reaches, as a drawing. The table of the same ways is its equivalent. */
export function tenantDrawing(page: ClusterPage, tenant: TenantIsolation, id: string): Html {
  // What crosses comes first, so that it is drawn in any case.
  const ways = [...page.waysOf(tenant)].sort((a, b) => Number(b.crosses) - Number(a.crosses));
  const ends = ways.map((way) => endsOf(way, tenant.name));
  const { boxes, remarks, heights } = placed(ends.flat());
  const drawn = ways.flatMap((way, i): DrawnWay[] => {
    const [from, to] = ends[i].map((end) => boxes.get(keyOf(end)));
    return from && to ? [{ way, from, to }] : [];
  });
  const height = TOP + heights[0] + LANE_GAP + heights[1] + 12;
  const bounds = { x: COLUMNS[1] - 16, width: COLUMNS[3] + BOX.width - COLUMNS[1] + 32 };
  const crossings = ways.filter(({ crosses }) => crosses).length;
  return html`<svg
    class="drawing"
    viewBox="-4 0 ${WIDTH + 8} ${height}"
    role="img"
    aria-labelledby="${id}-dt ${id}-dd"
  >
    <title id="${id}-dt">What reaches ${tenant.name} and what it reaches</title>
    <desc id="${id}-dd">
      Ways: ${ways.length}. Of these cross bounds: ${crossings}. The table in its details says the
      same in words.
    </desc>
    <rect
      class="bounds"
      x="${bounds.x}"
      y="6"
      width="${bounds.width}"
      height="${height - 10}"
      rx="8"
    />
    <text class="bounds-name" x="${bounds.x + 10}" y="22">
      bounds of ${shortened(tenant.name, 60)}
    </text>
    ${drawnWays(drawn, TOP + heights[0] + LANE_GAP)}
    ${[...boxes.values()].map((box) => drawnBox(box, tenant.name))} ${remarks}
  </svg>`;
}

/** The ends of a way, from left to right: what is fetched comes from the left, though it is the tenant who asks. */
function endsOf({ from, to, kind }: Way, tenant: string): [left: End, right: End] {
  const isOwn = from.tenant === tenant;
  if (isOwn && to.tenant !== tenant && kind === 'fetches-from') {
    return [
      { part: 'source', node: to },
      { part: 'flux', node: from },
    ];
  }
  const outside: Part = kind === 'sends-to' ? 'outward' : 'target';
  return [
    { part: isOwn ? ownPart(from) : 'inward', node: from },
    { part: to.tenant === tenant ? ownPart(to) : outside, node: to },
  ];
}

function ownPart({ kind }: ReachNode): Part {
  return kind === 'tenant' ? 'flux' : kind === 'namespace' ? 'namespace' : 'account';
}

function keyOf({ part, node }: End): string {
  return `${part} ${node.id}`;
}

function placed(ends: readonly End[]): {
  boxes: Map<string, Box>;
  remarks: Html[];
  heights: [number, number];
} {
  const parts = new Map<Part, Map<string, ReachNode>>();
  for (const { part, node } of ends) {
    parts.set(part, parts.get(part) ?? new Map());
    parts.get(part)!.set(node.id, node);
  }
  const rows = (part: Part): number => {
    const count = parts.get(part)?.size ?? 0;
    return Math.min(count, MOST) * STEP + (count > MOST ? 16 : 0);
  };
  const heights: [number, number] = [0, 0];
  for (const part of Object.keys(PLACES) as Part[]) {
    const lane = PLACES[part][1];
    heights[lane] = Math.max(heights[lane], rows(part));
  }
  const boxes = new Map<string, Box>();
  const remarks: Html[] = [];
  for (const [part, nodes] of parts) {
    const [column, lane] = PLACES[part];
    const x = COLUMNS[column];
    const top = lane === 0 ? TOP : TOP + heights[0] + LANE_GAP;
    [...nodes.values()].slice(0, MOST).forEach((node, i) => {
      boxes.set(keyOf({ part, node }), { node, x, y: top + i * STEP, column });
    });
    if (nodes.size > MOST) {
      const y = top + MOST * STEP + 8;
      remarks.push(html`<text class="more" x="${x}" y="${y}">and ${nodes.size - MOST} more</text>`);
    }
  }
  return { boxes, remarks, heights };
}

function drawnBox({ node, x, y }: Box, tenant: string): Html {
  const isOwn = node.tenant === tenant;
  const owner = node.tenant === null || isOwn || node.kind === 'tenant' ? '' : ` of ${node.tenant}`;
  const [first, second] = twoLines(node.kind === 'platform' ? 'controllers and owners' : node.name);
  const kind = shortened(`${NODE_WORDS[node.kind]}${owner}`, 28);
  return html`<g class="node${isOwn ? ' own' : ''}"
    ><rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="5" /><text
      class="of"
      x="${x + 8}"
      y="${y + 14}"
      >${kind}</text
    ><text x="${x + 8}" y="${y + 29}">${first}</text
    ><text x="${x + 8}" y="${y + 43}">${second}</text></g
  > `;
}

/** A name on two lines; what is too long loses its middle, for names differ at their ends. */
function twoLines(name: string): [string, string] {
  if (name.length <= LETTERS) {
    return [name, ''];
  }
  const text = shortened(name, 2 * LETTERS);
  return [text.slice(0, LETTERS), text.slice(LETTERS)];
}

function shortened(text: string, most: number): string {
  const half = Math.floor((most - 1) / 2);
  return text.length <= most ? text : `${text.slice(0, half)}…${text.slice(-half)}`;
}
