import { SizeResults } from './results';
import { totalAt } from './results-page';
import { SUBJECTS } from './subjects';

const WIDTH = 960;
const HEIGHT = 520;
const LEFT = 70;
const RIGHT = 400;
const TOP = 20;
const BOTTOM = 50;
const LINE = 18;
const COLOURS =
  '#0b6e4f #3fa34d #9bc53d #d4b106 #c1292e #f17105 #5c6b73 #9db4c0 #3d348b #7678ed #b79ced'.split(
    ' ',
  );

/** Where a value lies between two others, all of them as powers of ten. */
interface Axis {
  readonly from: number;
  readonly to: number;
}

/** Seconds against tenants, both logarithmic: what is linear has the slope 1. */
export function resultsPlot(sizes: readonly SizeResults[]): string {
  const lines = SUBJECTS.map(({ id, title }) => ({
    title,
    points: sizes.flatMap((size) => {
      const total = totalAt(size, id);
      return total ? [{ tenants: size.tenants, seconds: total / 1000 }] : [];
    }),
  }));
  const all = lines.flatMap(({ points }) => points);
  const across = axisOf(all.map(({ tenants }) => tenants));
  const up = axisOf(all.map(({ seconds }) => seconds));
  const x = (tenants: number) => LEFT + share(tenants, across) * (WIDTH - LEFT - RIGHT);
  const y = (seconds: number) => HEIGHT - BOTTOM - share(seconds, up) * (HEIGHT - TOP - BOTTOM);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...powers(up).flatMap((power) => [
      `<path d="M${LEFT} ${at(y(power))}H${WIDTH - RIGHT}" stroke="#ddd"/>`,
      text(LEFT - 8, y(power) + 4, `${power} s`, 'end'),
    ]),
    ...powers(across).flatMap((power) => [
      `<path d="M${at(x(power))} ${TOP}V${HEIGHT - BOTTOM}" stroke="#ddd"/>`,
      text(x(power), HEIGHT - BOTTOM + 20, String(power), 'middle'),
    ]),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, 'tenants', 'middle'),
    ...lines.flatMap(({ title, points }, index) => [
      `<g stroke="${COLOURS[index]}" fill="${COLOURS[index]}">`,
      pathThrough(points.map(({ tenants, seconds }) => [x(tenants), y(seconds)])),
      ...points.map(
        ({ tenants, seconds }) => `<circle cx="${at(x(tenants))}" cy="${at(y(seconds))}" r="3"/>`,
      ),
      `<path d="M${WIDTH - RIGHT + 14} ${TOP + LINE * (index + 1) - 4}h16" stroke-width="2"/>`,
      '</g>',
      text(WIDTH - RIGHT + 36, TOP + LINE * (index + 1), title, 'start'),
    ]),
    '</svg>\n',
  ].join('\n');
}

function pathThrough(points: readonly (readonly [number, number])[]): string {
  const steps = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`);
  return `<path d="${steps.join('')}" fill="none" stroke-width="2"/>`;
}

function axisOf(values: readonly number[]): Axis {
  const logarithms = values.map(Math.log10);
  const from = Math.floor(Math.min(...logarithms));
  return { from, to: Math.max(from + 1, Math.ceil(Math.max(...logarithms))) };
}

function share(value: number, { from, to }: Axis): number {
  return (Math.log10(value) - from) / (to - from);
}

function powers({ from, to }: Axis): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => Number(`1e${from + index}`));
}

function text(x: number, y: number, content: string, anchor: string): string {
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${content}</text>`;
}

function at(coordinate: number): string {
  return coordinate.toFixed(1);
}
