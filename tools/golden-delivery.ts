import * as fs from 'fs';
import * as path from 'path';
import { delivery } from '../examples/delivery/main';

/** What the example of delivery writes that no other example does: the repositories of squads, and what the fleet has for these. */
const SHOWN = /^(?:payments|ledger|fleet-infra\/tenants)\/(?!\.files-owned-by)/;

/** The files of that, by their paths below `test/golden/delivery`. */
export function goldenDelivery(outdir: string): Map<string, string> {
  delivery(outdir).synth();
  const files = fs
    .readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .map((file) => [path.relative(outdir, file).split(path.sep).join('/'), file] as const)
    .filter(([name]) => SHOWN.test(name));
  return new Map(files.map(([name, file]) => [name, fs.readFileSync(file, 'utf8')]));
}
