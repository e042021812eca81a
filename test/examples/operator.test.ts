import { operator } from '../../examples/operator/main';
import { temporaryDirectory } from '../synthesized';
import { goldenTests } from './golden-tests';

describe('the operator example', () => {
  goldenTests('operator', operator(temporaryDirectory()));
});
