import * as fs from 'fs';
import * as path from 'path';
import { ENGINE_CHECKS } from '../src/checks/engine-checks';
import { CHECKS } from '../src/checks/registry';
import { checkIndex } from '../src/report/check-index';
import { checkPage } from '../src/report/check-page';

const PAGES = path.join(__dirname, '../docs/checks');

/** The pages of all checks, by file name. */
export function checkPages(): Map<string, string> {
  const pages = new Map(
    [...CHECKS, ...ENGINE_CHECKS].map((check) => [`${check.id}.md`, checkPage(check)]),
  );
  return pages.set('README.md', checkIndex(CHECKS));
}

if (require.main === module) {
  fs.rmSync(PAGES, { recursive: true, force: true });
  fs.mkdirSync(PAGES, { recursive: true });
  for (const [file, text] of checkPages()) {
    fs.writeFileSync(path.join(PAGES, file), text);
  }
}
