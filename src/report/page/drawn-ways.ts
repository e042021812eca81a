import { ReachNode } from '../isolation/reach-graph';
import { Way } from './cluster-page';
import { html, Html } from './html';

export const BOX = { width: 176, height: 50 };

/** A node at a place of the drawing. */
export interface Box {
  readonly node: ReachNode;
  readonly x: number;
  readonly y: number;
  /** 0 to 4, from left to right. */
  readonly column: number;
}

/** A way between two boxes, from left to right. */
export interface DrawnWay {
  readonly way: Way;
  readonly from: Box;
  readonly to: Box;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The ways between boxes, those that cross with a sign on them and above all others.
 *
 * @param lower where the lower lane begins
 */
export function drawnWays(ways: readonly DrawnWay[], lower: number): Html[] {
  const paths: Html[] = [];
  const signs: Html[] = [];
  for (const { way, from, to } of [...ways].reverse()) {
    const { path, middle } = curve(from, to, lower);
    paths.push(html`<path class="way ${way.kind}${way.crosses ? ' crosses' : ''}" d="${path}" />`);
    if (way.crosses) {
      signs.push(
        html`<g class="sign"
          ><circle cx="${middle.x}" cy="${middle.y}" r="9" /><path
            d="M${middle.x - 4} ${middle.y - 4}l8 8m0-8l-8 8"
        /></g>`,
      );
    }
  }
  return [...paths, ...signs];
}

/** Out of the right side and into the left one; ways over several columns run level until the last gap. */
function curve(from: Box, to: Box, lower: number): { path: string; middle: Point } {
  const a = { x: from.x + BOX.width, y: from.y + BOX.height / 2 };
  const b = { x: to.x, y: to.y + BOX.height / 2 };
  const isFar = to.column - from.column > 1;
  // In the upper lane, a way over several columns would run behind boxes: it runs between the lanes.
  const level = isFar && from.y < lower ? lower - 18 : a.y;
  const bend = { x: isFar ? b.x - 45 : a.x, y: level };
  const half = (b.x - bend.x) / 2;
  const rise =
    isFar && level !== a.y ? `C${a.x + 22} ${a.y} ${a.x + 22} ${level} ${a.x + 44} ${level}` : '';
  const run = isFar ? `L${bend.x} ${bend.y}` : '';
  return {
    path: `M${a.x} ${a.y}${rise}${run}C${bend.x + half} ${bend.y} ${b.x - half} ${b.y} ${b.x} ${b.y}`,
    middle: { x: Math.round((bend.x + b.x) / 2), y: Math.round((bend.y + b.y) / 2) },
  };
}
