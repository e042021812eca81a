import * as path from 'path';
import { acme } from '../examples/acme/main';
import { operator } from '../examples/operator/main';

const golden = path.join(__dirname, '../test/golden');
acme(path.join(golden, 'acme')).synth();
operator(path.join(golden, 'operator')).synth();
