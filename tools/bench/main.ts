import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseArgs } from 'util';
import { MOST_REPEATED, results } from './results';
import { resultsPage } from './results-page';
import { resultsPlot } from './results-plot';
import { Measurement } from './subjects';

/** A process of its own for each run: nothing is warm, and the memory is its own. */
function inProcess(subject: string, tenants: number, work: string): Measurement | undefined {
  const { status, stdout } = spawnSync(
    process.execPath,
    [path.join(__dirname, 'measure.js'), subject, String(tenants), work],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) {
    throw new Error(`'${subject}' of ${tenants} tenants failed`);
  }
  return JSON.parse(stdout.trim().split('\n').at(-1)!) ?? undefined;
}

function positiveNumber(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) {
    throw new Error(`--${option} must be a whole number above 0, got '${text}'`);
  }
  return Number(text);
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10,80,800,3000' },
    runs: { type: 'string', default: '3' },
    out: { type: 'string', default: 'docs/bench' },
    work: { type: 'string', default: os.tmpdir() },
  },
});
const sizes = values.sizes.split(',').map((size) => positiveNumber('sizes', size));
const runs = positiveNumber('runs', values.runs);
// A directory of our own below the given one, for it is removed in the end.
const work = fs.mkdtempSync(path.join(values.work, 'cdk8s-flux-tenants-bench-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));
const measured = results({ sizes: sizes.sort((a, b) => a - b), runs, work }, inProcess, (line) =>
  console.error(line),
);
const page = resultsPage(
  measured,
  `${runs === 1 ? 'One run each' : `Median of ${runs} runs, of one above ${MOST_REPEATED} tenants`} (total of a process, without the start of Node itself), Node ${process.version}, ` +
    `${os.cpus().length} cores (${os.cpus()[0].model}), load ${os.loadavg()[0].toFixed(1)} at the end.`,
);
fs.mkdirSync(values.out, { recursive: true });
fs.writeFileSync(path.join(values.out, 'results.md'), `${page}\n`);
fs.writeFileSync(path.join(values.out, 'results.svg'), resultsPlot(measured));
console.log(page);
