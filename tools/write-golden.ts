import * as path from 'path';
import { acme } from '../examples/acme/main';

acme(path.join(__dirname, '../test/golden/acme')).synth();
