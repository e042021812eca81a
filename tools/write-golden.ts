import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { acme } from '../examples/acme/main';
import { operator } from '../examples/operator/main';
import { goldenCanaries } from './golden-canaries';
import { goldenDelivery } from './golden-delivery';

const golden = path.join(__dirname, '../test/golden');
acme(path.join(golden, 'acme')).synth();
operator(path.join(golden, 'operator')).synth();

const parts = { canaries: goldenCanaries, delivery: goldenDelivery };
for (const [example, filesOf] of Object.entries(parts)) {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-flux-tenants-'));
  const directory = path.join(golden, example);
  fs.rmSync(directory, { recursive: true, force: true });
  for (const [name, text] of filesOf(outdir)) {
    const file = path.join(directory, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  fs.rmSync(outdir, { recursive: true });
}
