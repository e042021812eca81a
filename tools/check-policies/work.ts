import { join } from 'path';

export const MODULE = join(__dirname, '..', '..', 'conformance');

/** Where everything of this check goes. */
export const WORK = join(MODULE, '.work', 'policies');
