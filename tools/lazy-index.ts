import * as fs from 'fs';
import * as path from 'path';

/**
 * The text of an index that loads the module of a name when somebody first asks for that name, in the place of a compiled one that loads all
 * modules at once.
 *
 * @param index path of the compiled index, which is loaded
 */
export function lazyIndex(index: string): string {
  const file = require.resolve(path.resolve(index));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- which file it is, is only known now
  const exported: Record<string, unknown> = require(file);
  const values = Object.entries(exported); // which loads all modules, should the index be a lazy one already
  const modules = Object.values(require.cache).filter(
    (one) => one!.filename !== file && one!.filename.startsWith(path.dirname(file) + path.sep),
  );
  const lines = values.map(([name, value]) => {
    const whole = modules.find(({ exports }: any) => exports === value);
    const of =
      whole ??
      modules.find(({ exports }: any) => Object.hasOwn(exports, name) && exports[name] === value);
    if (!of) {
      throw new Error(`no module below ${path.dirname(file)} exports '${name}' itself`);
    }
    const id = path.relative(path.dirname(file), of.filename).split(path.sep).join('/');
    const text = `require(${JSON.stringify(`./${id}`)})`;
    return `lazily(${JSON.stringify(name)}, () => ${whole ? text : `${text}.${name}`});`;
  });
  return `'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
function lazily(name, load) {
  let loaded;
  Object.defineProperty(exports, name, { enumerable: true, get: () => (loaded ??= { value: load() }).value });
}
${lines.join('\n')}
// Jest gives each test modules of its own, if it is told to: of what is loaded later, a test would have two of one class.
if (process.env.JEST_WORKER_ID !== undefined) Object.values(exports);
// Never runs: it tells Node which names an \`import { … } from\` may ask for.
0 && (module.exports = { ${values.map(([name]) => name).join(', ')} });
`;
}

if (require.main === module) {
  const [index] = process.argv.slice(2);
  fs.writeFileSync(index, lazyIndex(index));
}
