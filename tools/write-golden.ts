import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { acme } from '../examples/acme/main';
import { operator } from '../examples/operator/main';
import { goldenCanaries } from './golden-canaries';

const golden = path.join(__dirname, '../test/golden');
acme(path.join(golden, 'acme')).synth();
operator(path.join(golden, 'operator')).synth();

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-flux-tenants-'));
for (const [file, text] of goldenCanaries(outdir)) {
  fs.mkdirSync(path.join(golden, 'canaries'), { recursive: true });
  fs.writeFileSync(path.join(golden, 'canaries', file), text);
}
fs.rmSync(outdir, { recursive: true });
